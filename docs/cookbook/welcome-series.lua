--- Welcome series
---
--- @description Three letters in the first week, for everybody who registers. They stop at the first order.
---   Change the waits and the templates; `every` decides at which time of day newcomers are looked for.
--- @tags beginnings, welcome, journey

segment "newcomers" {
  description = "Registered in the last two days, nothing bought yet",
  where = function(c) return c.registered_at >= days_ago(2) and c.order_count == 0 end,
}

campaign "welcome-series" {
  description = "Three letters in the first week, until the first order",
  audience    = segment.newcomers,
  every       = "day at 10:00",
  goal        = function(c) return c.order_count > 0 end,
  content     = function(c) return { interest = c:interests()[1] } end,

  journey = function(c)
    send { template = "welcome-hello" }
    wait(days(2))
    send { template = "welcome-guide" }
    wait(days(4))
    send { template = "welcome-offer" }
  end,
}

test("a newcomer gets three letters in a week", function()
  local c = customer_like { registered_at = days_ago(1) }
  local story = simulate { campaign = "welcome-series", customer = c, days = 10 }
  expect(#story:messages()).is(3)
  expect(story:sent "welcome-offer").is(true)
end)

test("who buys after the first letter gets no other", function()
  local c = customer_like { registered_at = days_ago(1) }
  local story = simulate {
    campaign = "welcome-series", customer = c, respond = { ["welcome-hello"] = "buy" },
  }
  expect(story:sent "welcome-guide").is(false)
  expect(story.ended).is("goal")
end)

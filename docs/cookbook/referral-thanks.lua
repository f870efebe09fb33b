--- Thanks for a recommendation
---
--- @description Customers whom a friend sent (`source` is `referral`) get 200 points and a letter with their
---   first order, and their owner is asked to thank the friend, whom the data does not name. Change the
---   source and the points.
--- @tags beginnings, referral, points

segment "referred buyers" {
  description = "Came by a recommendation and bought for the first time in the last two weeks",
  where = function(c)
    return c.source == "referral" and c.order_count == 1 and c.first_order_at > days_ago(14)
  end,
}

campaign "referral-thanks" {
  description = "Points, a letter, and a task to thank the friend",
  audience    = segment["referred buyers"],
  every       = "day at 14:00",

  journey = function(c)
    award(200, "recommended by a friend")
    send { template = "referral" }
    local name = c.name or "customer " .. c.id
    task { title = "Who recommended us to " .. name .. "?", owner = c.owner, due = days(3) }
  end,
}

test("the first order brings points, a letter and a task, once", function()
  local c = customer_like { source = "referral", orders = { { at = days_ago(2), amount = 90 } } }
  local story = simulate { campaign = "referral-thanks", customer = c }
  expect(#story:messages()).is(1)
  expect(#story:tasks()).is(1)
  expect(story:events()[2].word).is("award")
end)

test("customers from elsewhere are not meant", function()
  local c = customer_like { source = "fair", orders = { { at = days_ago(2), amount = 90 } } }
  expect(simulate { campaign = "referral-thanks", customer = c }.entered).is(false)
end)

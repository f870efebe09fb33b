--- Early access for the best customers
---
--- @description The best customers hear of a sale a day earlier, by WeCom where they have it; the others when
---   it opens. The second audience is the first one taken away from all buyers, so nobody is told twice.
---   Change the two dates together.
--- @tags keeping, vip, sale

segment "best customers" {
  description = "Tagged VIP, or spent 8,000 and more",
  where = function(c) return c:has_tag "VIP" or c.total_spent >= 8000 end,
}

segment "buyers" {
  description = "Bought at least once",
  where = function(c) return c.order_count > 0 end,
}

campaign "vip-early-access" {
  description = "The sale opens a day earlier",
  at          = "2026-12-11 10:00",
  audience    = segment["best customers"],
  channels    = { "wecom", "email", "sms" },
  journey     = function(c) send { template = "early-access" } end,
}

campaign "sale-opens" {
  description = "The sale is open",
  at          = "2026-12-12 10:00",
  audience    = segment.buyers - segment["best customers"],
  journey     = function(c) send { template = "sale" } end,
}

test("the best hear of it by WeCom, a day earlier", function()
  local c = customer_like { tags = { "VIP" }, order_count = 9 }
  local story = simulate { customer = c, from = date "2026-12-10 10:00", days = 5 }
  expect(story:sent("early-access", "wecom")).is(true)
  expect(story:sent "sale").is(false)
end)

test("a buyer hears of it when it opens", function()
  local c = customer_like { order_count = 1 }
  local story = simulate { campaign = "sale-opens", customer = c }
  expect(story:at(days(20)).at).is(date "2026-12-12 10:00")
end)

--- A gift in the days before a birthday, once a year.
---
--- @author Moonletter
--- @description Asks for no purchase: a gift with the next order, the better one for those
---   who buy a lot. Nobody is greeted twice within 300 days.
--- @tags birthday, gift, yearly
--- @license GPL-3.0-or-later

segment "birthday soon" {
  description = "Birthday today or in the next three days",
  where = function(c) return c:birthday_within(days(3)) end,
}

campaign "birthday" {
  description = "Birthday wishes with a gift",
  audience    = segment["birthday soon"],
  reentry     = days(300),
  content     = function(c) return { gift = c.order_count > 5 and "a surprise" or "free delivery" } end,
  journey     = function(c) send { template = "birthday" } end,
}

test("the greeting goes out in the three days before a birthday", function()
  local c = customer_like { birthday = "1990-12-03" }
  expect(segment["birthday soon"]:includes(c)).is(true)
  at("2026-12-04 10:00", function() expect(segment["birthday soon"]:includes(c)).is(false) end)
end)

test("who buys a lot gets a surprise, once a year", function()
  local c = customer_like { birthday = "1990-12-03", order_count = 6 }
  local story = simulate { campaign = "birthday", customer = c, days = 300 }
  expect(#story:messages()).is(1)
  expect(story:sent "birthday").is(true)
end)

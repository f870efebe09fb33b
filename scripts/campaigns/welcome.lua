--- Greet customers who registered in the last two days.
---
--- @author Moonletter
--- @description A first greeting with what is new in the field that the customer likes; held
---   until the morning where the registration was at night.
--- @tags welcome, newcomers
--- @license GPL-3.0-or-later

campaign "welcome" {
  description = "A greeting after registration",
  audience    = segment.newcomers,
  content     = function(c) return { interest = c:interests()[1] } end,
  journey     = function(c) send { template = "welcome" } end,
}

segment "newcomers" {
  description = "Registered in the last two days",
  where = function(c) return c.registered_at >= days_ago(2) end,
}

test("a newcomer is greeted, in the morning if need be", function()
  local c = customer_like { registered_at = days_ago(1), interests = { "yoga" } }
  expect(simulate { campaign = "welcome", customer = c }:sent "welcome").is(true)
  local night = simulate { campaign = "welcome", customer = c, from = date "2026-12-01 23:30", days = 1 }
  expect(night:held_back("quiet_hours")).is(true)
  expect(night:at(hours(9)).at).is(date "2026-12-02 08:00")
end)

test("whoever registered last week is no newcomer", function()
  expect(segment.newcomers:includes(customer_like { registered_at = days_ago(7) })).is(false)
end)

--- Festival greetings, and quiet on the days off
---
--- @description Greetings before a festival to everybody who bought this year, and no marketing until the
---   office is back: `pause` holds for every campaign. Change the two dates. `holidays` in workspace.lua
---   keeps the messages of campaigns with `send_window = { …, weekdays = true }` off the same days.
--- @tags keeping, festival, pause

campaign "festival-greetings" {
  description = "New Year greetings, then quiet until 4 January",
  at          = "2026-12-30 10:00",
  audience    = function(c) return c.orders:purchased():since(date "2026-01-01"):any() end,
  priority    = 10,

  journey = function(c)
    send { template = "new-year" }
    pause(date "2027-01-04" - now())
  end,
}

test("a customer of this year is greeted, one of last year is not", function()
  local this = customer_like { orders = { { at = days_ago(60), amount = 80 } } }
  local last = customer_like { orders = { { at = days_ago(400), amount = 80 } } }
  expect(simulate { campaign = "festival-greetings", customer = this }:sent "new-year").is(true)
  expect(simulate { campaign = "festival-greetings", customer = last }.entered).is(false)
end)

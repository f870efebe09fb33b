--- Weekdays only, for companies
---
--- @description The catalogue is ready on a Saturday; companies read it on Monday morning. `weekdays = true`
---   leaves out weekends and the `holidays` of workspace.lua, and includes its `workdays`. A message waits
---   two days at most unless `max_age` says more.
--- @tags sending, window, companies

campaign "weekday-window" {
  description = "The catalogue, on a weekday morning",
  at          = "2026-12-05 10:00",
  audience    = function(c) return c.company ~= nil end,
  channels    = { "email" },
  send_window = { from = "9:30", to = "11:30", weekdays = true },
  max_age     = days(5),
  journey     = function(c) send { template = "catalogue" } end,
}

test("asked for on a Saturday, sent on Monday", function()
  local c = customer_like { company = "Larch Ltd" }
  local story = simulate { campaign = "weekday-window", customer = c }
  expect(story:held_back "send_window").is(true)
  expect(story:at(days(30)).at).is(date "2026-12-07 09:30")
end)

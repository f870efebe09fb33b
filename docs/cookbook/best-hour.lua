--- The hour in which they read
---
--- @description The letter is asked for at 8:00 and waits for the hour of the day in which its customer opens
---   most, for half a day at most. Who has opened too little for that gets it at once. A send window beside
---   it says which hours are possible.
--- @tags sending, timing

campaign "best-hour" {
  description = "The weekly letter, in everybody's own hour",
  audience    = function(c) return c:consents_to "email" and c.order_count > 0 end,
  every       = "wednesday at 8:00",
  channels    = { "email" },
  best_hour   = true,
  max_age     = hours(13),
  reentry     = days(6),
  journey     = function(c) send { template = "weekly-letter" } end,
}

test("who opens in the evening gets it in the evening", function()
  local mails = {}
  for i = 1, 6 do
    local sent = date "2026-11-01 10:00" + days(4 * i)
    mails[i] = { at = sent, campaign = "weekly-letter", opened = sent + hours(9) }
  end
  local c = customer_like { order_count = 1, messages = mails }
  local story = simulate { campaign = "best-hour", customer = c, days = 3 }
  expect(story:at(days(3)).at).is(date "2026-12-02 19:00")
end)

test("who has opened nothing yet gets it at once", function()
  local c = customer_like { order_count = 1 }
  local story = simulate { campaign = "best-hour", customer = c, days = 3 }
  expect(story:at(days(3)).at).is(date "2026-12-02 08:00")
end)

--- Frequency and quiet hours
---
--- @description The limits stand in workspace.lua: `frequency_cap = 2` a day, `quiet_hours` at night. What a
---   campaign says is what becomes of its message over the cap: news are dropped, a price drop waits for up
---   to three days. Where both want the last place of a day, the higher priority has it.
--- @tags sending, frequency, priority

segment "looked at outdoor" {
  description = "Looked at outdoor things in the last three weeks and bought none since",
  where = function(c)
    return c.events:where { type = "page_view", category = "outdoor" }:since(days_ago(21)):any()
       and not c.orders:where { category = "outdoor" }:since(days_ago(21)):any()
  end,
}

campaign "stock-news" {
  description = "What came in, for who has room for it",
  audience    = function(c) return c.order_count > 0 end,
  every       = "tuesday at 10:00",
  priority    = 1,
  over_cap    = "skip",
  reentry     = days(6),
  journey     = function(c) send { template = "stock-news" } end,
}

campaign "price-drop" {
  description = "A lower price for what was looked at; waits for room",
  audience    = segment["looked at outdoor"],
  every       = "tuesday at 10:00",
  priority    = 5,
  over_cap    = "defer",
  max_age     = days(3),
  reentry     = days(30),
  journey     = function(c) send { template = "price-drop" } end,
}

-- Two messages were sent this morning.
local function busy()
  return customer_like {
    order_count = 1,
    events   = { { at = days_ago(2), type = "page_view", category = "outdoor" } },
    messages = { { at = now() - hours(1), campaign = "x" }, { at = now() - hours(1), campaign = "y" } },
  }
end

test("over the cap news are dropped and the price drop comes the next day", function()
  local story = simulate { customer = busy(), days = 3 }
  expect(story:reason "stock-news").is("frequency_cap")
  expect(story:held_back "frequency_cap").is(true)
  expect(story:sent "price-drop").is(true)
  expect(story:at(days(3)).at).above(date "2026-12-02 07:59")
end)

test("at ten in Shanghai it is night in London, and the news wait for the morning there", function()
  local c = customer_like { time_zone = "Europe/London", order_count = 1 }
  local story = simulate { campaign = "stock-news", customer = c, days = 1 }
  expect(story:held_back "quiet_hours").is(true)
  expect(story:at(days(1)).at).is(date "2026-12-01 16:00")
end)

--- Reminder to confirm an address
---
--- @description One reminder to who registered this week and has not confirmed the address. It is
---   transactional, for the consent is what it asks for: keep advertising out of the template. No field tells
---   who took a consent back from who never gave one; `message_count == 0` leaves out everybody who has ever
---   been written to.
--- @tags beginnings, consent, transactional

segment "unconfirmed" {
  description = "Registered one to seven days ago, no consent to e-mail, never written to",
  where = function(c)
    return c.registered_at >= days_ago(7)
       and c.registered_at < days_ago(1)
       and not c:consents_to "email"
       and c.message_count == 0
  end,
}

campaign "double-opt-in-reminder" {
  description = "One reminder to confirm the address",
  audience    = segment.unconfirmed,
  every       = "day at 10:00",
  kind        = "transactional",
  channels    = { "email" },
  journey     = function(c) send { template = "confirm" } end,
}

test("who has not confirmed is reminded once", function()
  local c = customer_like { registered_at = days_ago(2), consents = { email = false } }
  local story = simulate { campaign = "double-opt-in-reminder", customer = c }
  expect(#story:messages()).is(1)
  expect(story:sent "confirm").is(true)
end)

test("who agreed, or was written to before, is not", function()
  local agreed = customer_like { registered_at = days_ago(2) }
  expect(segment.unconfirmed:includes(agreed)).is(false)
  local left = customer_like {
    registered_at = days_ago(2), consents = { email = "withdrawn" },
    messages = { { at = days_ago(1), campaign = "welcome" } },
  }
  expect(segment.unconfirmed:includes(left)).is(false)
end)

--- Asking sleepers for permission again
---
--- @description Who got mail for half a year and opened none is asked whether it should go on. A click says
---   yes and gives a tag; who does not click within 14 days gets the tag that the other campaigns leave out:
---   `audience = segment.buyers - segment["mail unwanted"]`. Change the half year and the number of mails.
--- @tags waking, consent, tags

segment "mail unread" {
  description = "Got six e-mails in half a year and opened none",
  where = function(c)
    return c:consents_to "email"
       and c.messages:where { channel = "email" }:since(days_ago(180)):count() >= 6
       and not c.messages:opened():since(days_ago(180)):any()
       and not c:has_tag "mail unwanted"
  end,
}

segment "mail unwanted" {
  description = "Did not answer when asked whether the mail should go on",
  where = function(c) return c:has_tag "mail unwanted" end,
}

campaign "re-permission" {
  description = "One question: shall the mail go on?",
  audience    = segment["mail unread"],
  channels    = { "email" },

  journey = function(c)
    if not send { template = "still-there" } then return end
    if wait_for("click", days(14)) then
      tag "mail wanted"
    else
      tag "mail unwanted"
    end
  end,
}

local function sleeper()
  local mails = {}
  for i = 1, 6 do mails[i] = { at = days_ago(20 * i), campaign = "news" } end
  return customer_like { messages = mails }
end

test("silence means no", function()
  local story = simulate { campaign = "re-permission", customer = sleeper() }
  expect(story:tagged "mail unwanted").is(true)
end)

test("a click means yes", function()
  local story = simulate {
    campaign = "re-permission", customer = sleeper(), respond = { ["still-there"] = "click" },
  }
  expect(story:tagged "mail wanted").is(true)
  expect(story:tagged "mail unwanted").is(false)
end)

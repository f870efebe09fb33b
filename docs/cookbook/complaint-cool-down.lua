--- Quiet after a complaint
---
--- @description Who gives a score of 2 of 5 or less hears no advertising for 30 days, and the service gets a
---   ticket. It comes before the messages of the same day: at 8:00, with a high priority. It sends nothing by
---   itself.
--- @tags service, complaint, pause

segment "upset" {
  description = "Gave 2 or less in the last seven days",
  where = function(c)
    for _, answer in ipairs(c.feedback:where { survey = "csat" }:since(days_ago(7)):list()) do
      if answer.score <= 2 then return true end
    end
    return false
  end,
}

campaign "complaint-cool-down" {
  description = "A ticket, and no advertising for 30 days",
  audience    = segment.upset,
  every       = "day at 8:00",
  reentry     = days(30),
  priority    = 100,

  journey = function(c)
    ticket { title = "Make it good: " .. (c.name or "customer " .. c.id), owner = c.owner, due = hours(8) }
    pause(days(30))
  end,
}

test("who is upset gets a ticket and no advertising", function()
  local c = customer_like { feedback = { { at = days_ago(1), survey = "csat", score = 1 } } }
  local story = simulate { campaign = "complaint-cool-down", customer = c }
  expect(#story:tickets()).is(1)
  expect(#story:messages()).is(0)
end)

test("a mark of 3 is no complaint", function()
  local c = customer_like { feedback = { { at = days_ago(1), survey = "csat", score = 3 } } }
  expect(segment.upset:includes(c)).is(false)
end)

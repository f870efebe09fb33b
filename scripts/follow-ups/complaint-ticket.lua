--- A ticket when somebody marks a message as junk.
---
--- @author Moonletter
--- @description The mail provider tells of the complaint, no later message reaches that address, and
---   the service finds out within two days what went wrong. Marketing pauses for 90 days.
--- @tags complaint, service, ticket
--- @license GPL-3.0-or-later

follow_up "complaint ticket" {
  description = "A ticket for the service, and three months without marketing",
  on     = "complaint",
  action = function(c, event)
    ticket { title = "Complaint about " .. event.campaign, owner = c.owner, due = days(2) }
    tag "complained"
    pause(days(90))
  end,
}

test("a complaint opens one ticket that names the campaign", function()
  local newcomer = customer_like { registered_at = days_ago(1) }
  local story = simulate { customer = newcomer, respond = { welcome = "complaint" } }
  expect(#story:tickets()).is(1)
  expect(story:tickets()[1].title).is("Complaint about welcome")
  expect(story:tagged "complained").is(true)
end)

test("without a complaint nothing is opened", function()
  local newcomer = customer_like { registered_at = days_ago(1) }
  local story = simulate { customer = newcomer, respond = { welcome = "click" } }
  expect(#story:tickets()).is(0)
  expect(story:tagged "complained").is(false)
end)

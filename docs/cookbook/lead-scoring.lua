--- Lead scoring
---
--- @description Points for what a contact of a company did in the last two weeks; whoever has 10 gets a call
---   within a day. Change the points in one place, the trait; segment and task follow.
--- @tags sales, trait, tasks

trait "lead_score" {
  doc = "Points for what the customer did in the last 14 days",
  of  = function(c)
    local lately = c.events:since(days_ago(14))
    return lately:where { type = "page_view" }:count()
         + lately:where { type = "login" }:count() * 2
         + lately:where { type = "download" }:count() * 5
         + c.messages:clicked():since(days_ago(14)):count() * 3
  end,
}

segment "hot leads" {
  description = "A company with 10 points and more, without an open task",
  where = function(c)
    return c.company ~= nil and c.lead_score >= 10 and c.open_task_count == 0
  end,
}

campaign "lead-scoring" {
  description = "A call for each hot lead",
  audience    = segment["hot leads"],
  every       = "weekday at 9:00",
  reentry     = days(30),
  journey     = function(c)
    task { title = "Hot lead (" .. c.lead_score .. "): " .. c.company, owner = c.owner, due = hours(24) }
  end,
}

test("two downloads make a hot lead, and one call", function()
  local download = { at = days_ago(2), type = "download" }
  local c = customer_like { company = "Larch Ltd", owner = "陈静", events = { download, download } }
  expect(c.lead_score).is(10)
  local story = simulate { campaign = "lead-scoring", customer = c }
  expect(#story:tasks()).is(1)
  expect(story:tasks()[1].title).is("Hot lead (10): Larch Ltd")
end)

test("what was done a month ago does not count", function()
  local download = { at = days_ago(30), type = "download" }
  expect(customer_like { events = { download, download } }.lead_score).is(0)
end)

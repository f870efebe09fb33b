--- A call within a day of a click
---
--- @description A letter to companies, and for each click a task that is due within 24 hours; not where the
---   customer orders within the first hour. `event.campaign` says in whose message was clicked. Leave the
---   `where` out, and every click counts.
--- @tags sales, follow-up, tasks

campaign "click-to-call" {
  description = "An offer for companies",
  audience    = function(c) return c.company ~= nil end,
  at          = "2026-12-02 10:00",
  journey     = function(c) send { template = "offer" } end,
}

follow_up "call after a click" {
  description = "A task for each click on the offer",
  on     = "click",
  where  = function(c, event) return event.campaign == "click-to-call" end,
  delay  = hours(1),
  unless = function(c, event) return c.orders:since(event.at):any() end,
  action = function(c)
    task { title = "Call " .. (c.name or c.company), owner = c.owner, due = hours(24) }
  end,
}

test("a click brings a task an hour later", function()
  local c = customer_like { company = "Larch Ltd", owner = "陈静" }
  local story = simulate { customer = c, respond = { offer = { click = hours(2) } }, days = 5 }
  expect(#story:tasks()).is(1)
  expect(story:tasks()[1].at).is(date "2026-12-02 13:00")
end)

test("who orders at once needs no call", function()
  local c = customer_like { company = "Larch Ltd" }
  local answer = { click = hours(2), buy = hours(2) + minutes(30) }
  expect(#simulate { customer = c, respond = { offer = answer }, days = 5 }:tasks()).is(0)
end)

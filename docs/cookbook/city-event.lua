--- An invitation to an event in the customer's city
---
--- @description One table says what takes place where; who lives elsewhere is not asked. Who clicks is on the
---   list, gets a reminder a day before, and a task goes to the colleague at the door. Change the table and
---   the two dates.
--- @tags sales, event, city

local events = {
  ["上海"] = { place = "静安寺店", owner = "李娜" },
  ["北京"] = { place = "三里屯店", owner = "王磊" },
  ["London"] = { place = "Covent Garden", owner = "Emma Clark" },
}

campaign "city-event" {
  description = "A tasting on 19 December, in three cities",
  at          = "2026-12-04 10:00",
  audience    = function(c) return events[c.city] ~= nil end,
  content     = function(c) return { place = events[c.city].place } end,

  journey = function(c)
    send { template = "invitation" }
    if not wait_for("click", days(10)) then return end
    tag "tasting 2026-12-19"
    task {
      title = "Guest: " .. (c.name or "customer " .. c.id), owner = events[c.city].owner, due = days(10),
    }
    wait_until(date "2026-12-18 10:00")
    send { template = "tomorrow" }
  end,
}

test("a guest is on the list and is reminded a day before", function()
  local c = customer_like { city = "上海" }
  local story = simulate { campaign = "city-event", customer = c, respond = { invitation = "click" } }
  expect(story:tagged "tasting 2026-12-19").is(true)
  expect(story:tasks()[1].owner).is("李娜")
  expect(story:at(days(20)).at).is(date "2026-12-18 10:00")
end)

test("who lives elsewhere, or nobody knows where, is not asked", function()
  expect(simulate { campaign = "city-event", customer = customer_like { city = "Cork" } }.entered).is(false)
  expect(simulate { campaign = "city-event", customer = customer_like {} }.entered).is(false)
end)

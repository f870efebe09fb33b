--- Survey after a purchase, and a ticket for bad scores
---
--- @description One question a week after a purchase; who answers with 3 of 5 or less gets a ticket the next
---   morning, to be solved within a day. Change the name of the survey and the score. The answers come from
---   an import (`moonletter import feedback`), so a dry run of the future opens tickets for answers that are
---   already there.
--- @tags service, survey, tickets

segment "bought a week ago" {
  description = "Latest purchase 7 to 10 days ago, nothing answered since",
  where = function(c)
    return c.last_order_at <= days_ago(7)
       and c.last_order_at > days_ago(10)
       and not c.feedback:since(c.last_order_at):any()
  end,
}

segment "gave a bad score" {
  description = "Answered csat with 3 or less in the last two days",
  where = function(c)
    for _, answer in ipairs(c.feedback:where { survey = "csat" }:since(days_ago(2)):list()) do
      if answer.score <= 3 then return true end
    end
    return false
  end,
}

campaign "post-purchase-survey" {
  description = "One question a week after a purchase",
  audience    = segment["bought a week ago"],
  every       = "day at 11:00",
  reentry     = days(60),
  content     = function(c) return { order = c.orders:purchased():last() } end,
  journey     = function(c) send { template = "survey" } end,
}

campaign "bad-score" {
  description = "A ticket for each bad score",
  audience    = segment["gave a bad score"],
  every       = "day at 9:00",
  reentry     = days(3),
  journey     = function(c)
    local answer = c.feedback:where { survey = "csat" }:last()
    ticket { title = "Score " .. answer.score .. ": " .. (c.name or "customer " .. c.id), due = hours(24) }
  end,
}

test("the question comes a week after the purchase, once", function()
  local c = customer_like { orders = { { at = days_ago(5), amount = 120 } } }
  local story = simulate { campaign = "post-purchase-survey", customer = c }
  expect(#story:messages()).is(1)
  expect(story:at(days(5)).at).is(date "2026-12-03 11:00")
end)

test("a bad score opens a ticket the next morning, a good one does not", function()
  local function tickets(score)
    local c = customer_like { feedback = { { at = now() - hours(5), survey = "csat", score = score } } }
    return #simulate { campaign = "bad-score", customer = c }:tickets()
  end
  expect(tickets(2)).is(1)
  expect(tickets(5)).is(0)
end)

--- Valuable customers who go quiet
---
--- @description Who spent much and has not ordered for two months gets a call first; a letter in the owner's
---   name follows only where a week brought no order. Change the amount and the days. After half a year it is
---   a matter for winning back.
--- @tags keeping, risk, tasks

segment "valuable and quiet" {
  description = "Spent 5,000 and more, latest purchase 60 to 180 days ago",
  where = function(c)
    return c.total_spent >= 5000
       and c.last_order_at < days_ago(60)
       and c.last_order_at >= days_ago(180)
  end,
}

campaign "high-value-at-risk" {
  description = "A call, then a letter from the owner",
  audience    = segment["valuable and quiet"],
  every       = "weekday at 9:00",
  reentry     = days(120),
  goal        = function(c, entered_at) return c.orders:purchased():since(entered_at):any() end,

  journey = function(c)
    task { title = "How is " .. (c.name or "customer " .. c.id) .. "?", owner = c.owner, due = days(2) }
    wait(days(7))
    send { template = "personal", channel = "email" }
  end,
}

test("the call comes first, the letter a week later", function()
  local c = customer_like { total_spent = 9000, last_order_at = days_ago(80), owner = "王磊" }
  local story = simulate { campaign = "high-value-at-risk", customer = c }
  expect(story:tasks()[1].owner).is("王磊")
  expect(story:tasks()[1].at).is(date "2026-12-02 09:00")
  expect(story:at(days(30)).at).is(date "2026-12-09 09:00")
end)

test("who spent much and bought last week is not quiet", function()
  local c = customer_like { total_spent = 9000, last_order_at = days_ago(7) }
  expect(segment["valuable and quiet"]:includes(c)).is(false)
end)

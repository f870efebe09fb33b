--- Renewal of a membership
---
--- @description For memberships that run for a year from the day of registration: a letter 30 days before the
---   end, and a task for the customer's owner where nothing was ordered 20 days later. Change the levels that
---   count.
--- @tags keeping, anniversary, tasks

segment "members" {
  description = "Gold and diamond members, for ten months at least",
  where = function(c)
    return (c.level == "金卡" or c.level == "钻石") and c.registered_at < days_ago(300)
  end,
}

campaign "membership-renewal" {
  description = "A letter 30 days before the year ends, then a call",
  before      = { "registered_at", days(30), at = "10:00" },
  audience    = segment.members,
  reentry     = days(300),

  journey = function(c)
    send { template = "renewal" }
    if not wait_for("order", days(20)) then
      task { title = "Renewal: call " .. (c.name or "customer " .. c.id), owner = c.owner, due = days(2) }
    end
  end,
}

test("the letter comes 30 days before the year ends, the task 20 days later", function()
  local c = customer_like { level = "金卡", owner = "李娜", registered_at = date "2026-01-10 12:00" }
  local story = simulate { campaign = "membership-renewal", customer = c, days = 60 }
  expect(story:at(days(20)).at).is(date "2026-12-11 10:00")
  expect(story:tasks()[1].at).is(date "2026-12-31 10:00")
  expect(story:tasks()[1].owner).is("李娜")
end)

test("who orders is not called", function()
  local c = customer_like { level = "钻石", registered_at = date "2026-01-10 12:00" }
  local story = simulate {
    campaign = "membership-renewal", customer = c, days = 60, respond = { renewal = "buy" },
  }
  expect(#story:tasks()).is(0)
end)

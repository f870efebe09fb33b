--- Call big spenders who looked at their win-back voucher and bought nothing.
---
--- @author Moonletter
--- @description A click says that the voucher is worth a talk. Two days later, where still
---   nothing was ordered, whoever looks after the customer gets a task with the number.
--- @tags win-back, call, sales
--- @license GPL-3.0-or-later

follow_up "call after click" {
  description = "A call for those who clicked the voucher and bought nothing for two days",
  on     = "click",
  where  = function(c, event) return event.campaign == "win-back" and c.total_spent >= 1000 end,
  delay  = days(2),
  unless = function(c) return c.orders:since(days_ago(2)):any() end,
  action = function(c)
    task { title = "Call " .. (c.name or "customer " .. c.id) .. " about the voucher", owner = c.owner, due = hours(24) }
  end,
}

-- Somebody the win-back campaign writes to, and what was done for them after a click.
local function story(spent, answer)
  local c = customer_like { orders = { { at = days_ago(180), amount = spent } } }
  return simulate { customer = c, respond = { ["win-back"] = answer } }
end

test("a big spender who clicked and bought nothing is called", function()
  expect(#story(3000, "click"):tasks()).is(1)
end)

test("whoever bought after the click, or spends little, is not called", function()
  expect(#story(3000, { click = hours(1), buy = hours(5) }):tasks()).is(0)
  expect(#story(300, "click"):tasks()).is(0)
end)

--- Winning back, in steps
---
--- @description A greeting, after a week a voucher, after two more a text message; any order ends it, and who
---   answers nothing is left in peace for a quarter. The voucher rises with what was spent. Change the waits
---   and the amounts.
--- @tags waking, voucher, journey

segment "sleeping" {
  description = "Bought before, nothing for 120 days, opened nothing for 30",
  where = function(c)
    return c.last_order_at < days_ago(120)
       and not c.messages:opened():since(days_ago(30)):any()
  end,
}

campaign "win-back-in-steps" {
  description = "A greeting, a voucher, a text message",
  audience    = segment.sleeping,
  every       = "monday at 10:00",
  reentry     = days(180),
  goal        = function(c, entered_at) return c.orders:purchased():since(entered_at):any() end,

  content = function(c)
    return { voucher = c.total_spent >= 5000 and 100 or 50, last = c.orders:purchased():last() }
  end,

  journey = function(c)
    send { template = "miss-you", channel = "email" }
    wait(days(7))
    send { template = "voucher", channel = "email" }
    if wait_for("click", days(14)) then
      tag "warm"
      return
    end
    send { template = "voucher", channel = "sms" }
    pause(days(90))
  end,
}

local function sleeper() return customer_like { orders = { { at = days_ago(200), amount = 300 } } } end

test("who answers nothing gets all three, then peace", function()
  local story = simulate { campaign = "win-back-in-steps", customer = sleeper() }
  expect(#story:messages()).is(3)
  expect(story:sent("voucher", "sms")).is(true)
end)

test("who clicks on the voucher is warm and gets no text message", function()
  local story = simulate {
    campaign = "win-back-in-steps", customer = sleeper(), respond = { voucher = "click" },
  }
  expect(story:tagged "warm").is(true)
  expect(story:sent("voucher", "sms")).is(false)
end)

test("an order after the greeting ends it", function()
  local story = simulate {
    campaign = "win-back-in-steps", customer = sleeper(), respond = { ["miss-you"] = "buy" },
  }
  expect(#story:messages()).is(1)
  expect(story.ended).is("goal")
end)

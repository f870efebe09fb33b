--- The second order
---
--- @description Who buys a second time mostly stays. Three weeks after a first order, a voucher; ten days
---   later a reminder by text message; the second order ends it. Change the days to where your second orders
---   usually come.
--- @tags buying, voucher, journey

segment "bought once" {
  description = "One purchase, 21 to 45 days ago",
  where = function(c)
    return c.order_count == 1
       and c.first_order_at <= days_ago(21)
       and c.first_order_at > days_ago(45)
  end,
}

campaign "second-order" {
  description = "A voucher for the second order, then a reminder",
  audience    = segment["bought once"],
  every       = "day at 10:00",
  goal        = function(c) return c.order_count > 1 end,
  content     = function(c) return { voucher = 30, first = c.orders:purchased():first() } end,

  journey = function(c)
    send { template = "second-order", channel = "email" }
    wait(days(10))
    send { template = "second-order", channel = "sms" }
  end,
}

test("the reminder comes ten days after the voucher", function()
  local c = customer_like { orders = { { at = days_ago(25), amount = 200 } } }
  local story = simulate { campaign = "second-order", customer = c }
  expect(#story:messages()).is(2)
  expect(story:at(days(12)).channel).is("sms")
end)

test("the second order ends it", function()
  local c = customer_like { orders = { { at = days_ago(25), amount = 200 } } }
  local story = simulate { campaign = "second-order", customer = c, respond = { ["second-order"] = "buy" } }
  expect(story.ended).is("goal")
  expect(story:sent("second-order", "sms")).is(false)
end)

--- Customers who bought before and have gone quiet.
---
--- @author Moonletter
--- @description No order for 90 days and no mail opened for 30: they know you, and
---   no longer hear you. Change the two spans to the rhythm of your shop.
--- @tags win-back, dormant
--- @license GPL-3.0-or-later

segment "dormant" {
  description = "Bought before, nothing for 90 days, opened nothing for 30",
  where = function(c)
    return c.order_count > 0
       and c.last_order_at < days_ago(90)
       and not c.messages:opened():since(days_ago(30)):any()
  end,
}

test("a buyer of last week is not dormant", function()
  local c = customer_like { order_count = 3, last_order_at = days_ago(7) }
  expect(segment.dormant:includes(c)).is(false)
end)

test("a buyer of last spring is dormant, unless a mail was opened lately", function()
  local order = { at = days_ago(200), amount = 300 }
  expect(segment.dormant:includes(customer_like { orders = { order } })).is(true)
  local reader = customer_like {
    orders   = { order },
    messages = { { at = days_ago(9), campaign = "news", opened = days_ago(8) } },
  }
  expect(segment.dormant:includes(reader)).is(false)
end)

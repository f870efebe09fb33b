--- Customers who bought at least once.
---
--- @author Moonletter
--- @description Cancelled and refunded orders are no purchases, so that a customer
---   who sent everything back is not among them.
--- @tags buyers, orders
--- @license GPL-3.0-or-later

segment "buyers" {
  description = "Bought at least once",
  where = function(c) return c.order_count > 0 end,
}

test("whoever bought is a buyer, and a cancelled order is no purchase", function()
  expect(segment.buyers:includes(customer_like { orders = { { at = days_ago(3), amount = 50 } } })).is(true)
  local cancelled = { at = days_ago(3), amount = 50, status = "cancelled" }
  expect(segment.buyers:includes(customer_like { orders = { cancelled } })).is(false)
end)

--- The customers who matter most.
---
--- @author Moonletter
--- @description Whoever carries the tag VIP, and whoever spent 5,000 or more in all.
--- @tags vip, value
--- @license GPL-3.0-or-later

segment "vip" {
  description = "Tagged VIP, or among those who spent most",
  where = function(c) return c:has_tag "VIP" or c.total_spent >= 5000 end,
}

test("a tag makes a VIP, and so does money", function()
  expect(segment.vip:includes(customer_like { tags = { "VIP" } })).is(true)
  expect(segment.vip:includes(customer_like { total_spent = 5000 })).is(true)
  expect(segment.vip:includes(customer_like { total_spent = 4999.99 })).is(false)
end)

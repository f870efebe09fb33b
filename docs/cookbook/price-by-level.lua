--- A price by level of membership
---
--- @description Everybody sees one product that fits, at the price of their level. The discounts stand in one
---   table; who has no level pays the list price. Where nothing can be recommended, `product` is missing, and
---   with it the price: the template requires both, so no letter goes out with a hole in it.
--- @tags keeping, level, recommendation

local discounts = { ["钻石"] = 0.20, ["金卡"] = 0.15, ["银卡"] = 0.10 }

campaign "price-by-level" {
  description = "One product at the price of the level",
  audience    = function(c) return c.order_count > 1 and c.last_order_at > days_ago(180) end,
  at          = "2026-12-08 10:00",
  channels    = { "email" },

  content = function(c)
    local product  = recommend(c, 1)[1]
    local discount = discounts[c.level] or 0
    return { product = product, price = product.price * (1 - discount), percent = discount * 100 }
  end,

  journey = function(c) send { template = "price-by-level" } end,
}

test("who is lately a customer is asked, who was one long ago is not", function()
  local recent = customer_like { order_count = 2, last_order_at = days_ago(20) }
  local past   = customer_like { order_count = 2, last_order_at = days_ago(200) }
  expect(simulate { campaign = "price-by-level", customer = recent }.entered).is(true)
  expect(simulate { campaign = "price-by-level", customer = past }.entered).is(false)
end)

test("without a product to recommend there is no letter", function()
  local c = customer_like { order_count = 2, last_order_at = days_ago(20), level = "金卡" }
  expect(simulate { campaign = "price-by-level", customer = c }:reason "price-by-level").is("missing_value")
end)

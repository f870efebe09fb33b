--- Cross-selling to another category
---
--- @description Who bought outdoor things lately and never shoes is shown three pairs: first what others
---   bought together with the same things, then what sells best. Change the two categories; `recommend`
---   leaves out what was bought in the last 30 days.
--- @tags buying, recommendation

segment "outdoor without shoes" {
  description = "Bought outdoor things in the last 60 days, and never shoes",
  where = function(c)
    local bought = c.orders:purchased()
    return bought:where { category = "outdoor" }:since(days_ago(60)):any()
       and not bought:where { category = "shoes" }:any()
  end,
}

campaign "cross-sell" {
  description = "Shoes for who bought outdoor things",
  audience    = segment["outdoor without shoes"],
  every       = "tuesday at 10:00",
  reentry     = days(60),

  content = function(c)
    local shoes = {}
    for _, product in ipairs(recommend(c, 20)) do
      if product.category == "shoes" and #shoes < 3 then shoes[#shoes + 1] = product end
    end
    return { picks = shoes }
  end,

  journey = function(c) send { template = "cross-sell" } end,
}

test("shoes are for who has outdoor things and no shoes", function()
  local tent  = { at = days_ago(20), items = { { name = "Tent", category = "outdoor", amount = 900 } } }
  local boots = { at = days_ago(400), items = { { name = "Boots", category = "shoes", amount = 500 } } }
  expect(segment["outdoor without shoes"]:includes(customer_like { orders = { tent } })).is(true)
  expect(segment["outdoor without shoes"]:includes(customer_like { orders = { boots, tent } })).is(false)
end)

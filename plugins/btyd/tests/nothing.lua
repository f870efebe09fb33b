test("who never bought is expected to buy nothing, and has no risk of churn", function()
  local c = customer_like { name = "Ann" }
  expect(c.expected_orders_30d).is(0)
  expect(c:expected_orders(365)).is(0)
  expect(c.customer_value).is(0)
  expect(c.churn_risk).is(nil)
  expect(c.expected_spend).is(nil)
end)

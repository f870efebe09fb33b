test("the days since the last order are whole ones, and missing without orders", function()
  at("2026-12-01 10:00", function()
    expect(customer_like { last_order_at = date "2026-11-21 11:00" }.rfm_recency_days).is(9)
    expect(customer_like { last_order_at = date "2026-11-21 10:00" }.rfm_recency_days).is(10)
    expect(customer_like {}.rfm_recency_days).is(nil)
  end)
end)

test("who has no scores is in no segment", function()
  local c = customer_like {}
  expect(c.rfm_score).is(nil)
  expect(c.rfm_segment).is(nil)
  expect(segment.rfm_lost:includes(c)).is(false)
end)

test("the first segment whose scores fit counts", function()
  local function scored(recency, frequency, monetary)
    return customer_like { rfm_recency = recency, rfm_frequency = frequency, rfm_monetary = monetary }
  end
  expect(scored(5, 5, 5).rfm_score).is("555")
  expect(scored(5, 5, 5).rfm_segment).is("champions")
  expect(segment.rfm_champions:includes(scored(5, 5, 5))).is(true)
  expect(scored(4, 3, 2).rfm_segment).is("potential_loyalists")
  expect(scored(1, 2, 4).rfm_segment).is("at_risk")
  expect(scored(1, 1, 1).rfm_segment).is("lost")
  expect(scored(2, 5, 1).rfm_segment).is("other")
end)

local function buyer(orders, more)
  local description = { level = false, points = 0, orders = orders }
  for name, value in pairs(more or {}) do description[name] = value end
  return customer_like(description)
end

test("orders that were paid earn points, a whole one for each unit", function()
  local c = buyer {
    { at = days_ago(10), amount = 99.9, status = "paid" },
    { at = days_ago(5), amount = 50, status = "cancelled" },
    { at = days_ago(1), amount = 1, status = "completed" },
  }
  expect(c.loyalty_points).is(100)
  expect(c.orders:points()).is(100)
  expect(c.orders:since(days_ago(2)):points()).is(1)
  expect(points_for(99.9)).is(99)
end)

test("points expire twelve months after their order, and say so a month before", function()
  local c = buyer {
    { at = date "2026-01-31", amount = 300, status = "paid" },
    { at = date "2026-06-01", amount = 20, status = "paid" },
  }
  at("2026-12-01 10:00", function()
    expect(c.loyalty_points).is(320)
    expect(c.expiring_points).is(0)
  end)
  at("2027-01-10 10:00", function()
    expect(c.loyalty_points).is(320)
    expect(c.expiring_points).is(300)
    expect(c:points_at(now() + days(60))).is(20)
  end)
  at("2027-02-02 10:00", function() expect(c.loyalty_points).is(20) end)
end)

test("what was taken goes from the oldest points", function()
  local c = buyer({
    { at = days_ago(340), amount = 100, status = "paid" },
    { at = days_ago(10), amount = 100, status = "paid" },
  }, { points = -70 })
  expect(c.loyalty_points).is(130)
  expect(c.expiring_points).is(30)
end)

test("what was awarded is added and does not expire", function()
  local c = buyer({ { at = days_ago(800), amount = 100, status = "paid" } }, { points = 40 })
  expect(c.loyalty_points).is(40)
end)

test("the last 365 days make the tier", function()
  local c = buyer {
    { at = days_ago(400), amount = 9000, status = "paid" },
    { at = days_ago(300), amount = 1200, status = "paid" },
  }
  expect(c.tier).is("silver")
  expect(c.next_tier).is("gold")
  expect(c.to_next_tier).is(3800)
  local best = buyer { { at = days_ago(3), amount = 5000, status = "paid" } }
  expect(best.tier).is("gold")
  expect(best.next_tier).is(nil)
  expect(buyer({}).tier).is("bronze")
end)

test("a birthday brings points, once a year", function()
  local c = customer_like { birthday = "1990-12-03" }
  local story = simulate { campaign = "birthday points", customer = c, days = 300 }
  local awards = {}
  for _, event in ipairs(story:events()) do
    if event.word == "award" then awards[#awards + 1] = event.subject end
  end
  expect(table.concat(awards, "; ")).is("100 birthday")
end)

test("those whose points expire soon are tagged where no template is set", function()
  local c = buyer { { at = days_ago(350), amount = 80, status = "paid" } }
  local story = simulate { campaign = "points expire", customer = c, days = 3 }
  expect(story:tagged "points expire").is(true)
end)

-- A customer whose orders were so many days ago.
local function buyer(...)
  local orders = {}
  for i, days in ipairs { ... } do orders[i] = { amount = 10, at = days_ago(days) } end
  return customer_like { orders = orders }
end

test("who never bought is a prospect", function()
  local c = customer_like { name = "Ann" }
  expect(c.lifecycle).is("prospect")
  expect(segment.prospects:includes(c)).is(true)
end)

test("who bought for the first time within 30 days is new, however often", function()
  expect(buyer(30).lifecycle).is("new")
  expect(buyer(29, 3, 1).lifecycle).is("new")
  expect(segment["new-customers"]:includes(buyer(5))).is(true)
end)

test("who is not new is active for 90 days, dormant up to 365 days, and then lost", function()
  expect(buyer(31).lifecycle).is("active")
  expect(buyer(400, 90).lifecycle).is("active")
  expect(buyer(91).lifecycle).is("dormant")
  expect(buyer(365).lifecycle).is("dormant")
  expect(buyer(366).lifecycle).is("lost")
  expect(segment["active-customers"]:includes(buyer(400, 90))).is(true)
  expect(segment["dormant-customers"]:includes(buyer(91))).is(true)
  expect(segment["lost-customers"]:includes(buyer(366))).is(true)
end)

--- Segments that several campaigns share.

segment "buyers" {
  description = "Bought at least once",
  where = function(c) return c.order_count > 0 end,
}

segment "dormant" {
  description = "Bought before, nothing for 90 days, opened nothing for 30",
  where = function(c)
    return c.order_count > 0
       and c.last_order_at < days_ago(90)
       and not c.messages:opened():since(days_ago(30)):any()
  end,
}

segment "complained" {
  description = "Gave a score of 3 or less in the last half year",
  where = function(c)
    for _, answer in ipairs(c.feedback:since(days_ago(180)):list()) do
      if answer.score <= 3 then return true end
    end
    return false
  end,
}

segment "vip" {
  description = "Tagged VIP, or among those who spent most",
  where = function(c) return c:has_tag "VIP" or c.total_spent >= 5000 end,
}

test("whoever bought is a buyer, and a cancelled order is no purchase", function()
  expect(segment.buyers:includes(customer_like { orders = { { at = days_ago(3), amount = 50 } } })).is(true)
  local cancelled = { at = days_ago(3), amount = 50, status = "cancelled" }
  expect(segment.buyers:includes(customer_like { orders = { cancelled } })).is(false)
end)

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

test("a bad score counts for half a year", function()
  local c = customer_like { feedback = { { at = days_ago(170), score = 3 } } }
  expect(segment.complained:includes(c)).is(true)
  at("2027-01-01 10:00", function() expect(segment.complained:includes(c)).is(false) end)
end)

test("a tag makes a VIP, and so does money", function()
  expect(segment.vip:includes(customer_like { tags = { "VIP" } })).is(true)
  expect(segment.vip:includes(customer_like { total_spent = 5000 })).is(true)
  expect(segment.vip:includes(customer_like { total_spent = 4999.99 })).is(false)
end)

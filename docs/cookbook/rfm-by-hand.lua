--- RFM with plain rules
---
--- @description Recency, frequency and monetary value, each scored 1 to 5 by bounds that you choose, not by
---   the quantiles of all customers: whoever reads the rule knows what a 5 is, and nobody moves because
---   others do. Change the bounds; each trait asks from the best score down.
--- @tags knowing, rfm, trait

trait "recency" {
  doc = "5 where the latest purchase is at most 30 days ago, down to 1; missing without one",
  of  = function(c)
    if c.order_count == 0 then return nil end
    if c.last_order_at >= days_ago(30) then return 5 end
    if c.last_order_at >= days_ago(60) then return 4 end
    if c.last_order_at >= days_ago(120) then return 3 end
    if c.last_order_at >= days_ago(240) then return 2 end
    return 1
  end,
}

trait "frequency" {
  doc = "5 for ten purchases and more, down to 1; missing without one",
  of  = function(c)
    if c.order_count == 0 then return nil end
    if c.order_count >= 10 then return 5 end
    if c.order_count >= 6 then return 4 end
    if c.order_count >= 4 then return 3 end
    if c.order_count >= 2 then return 2 end
    return 1
  end,
}

trait "monetary" {
  doc = "5 for 10,000 and more spent, down to 1; missing without a purchase",
  of  = function(c)
    if c.order_count == 0 then return nil end
    if c.total_spent >= 10000 then return 5 end
    if c.total_spent >= 5000 then return 4 end
    if c.total_spent >= 2000 then return 3 end
    if c.total_spent >= 500 then return 2 end
    return 1
  end,
}

segment "champions" {
  description = "Bought lately, often and much",
  where = function(c) return c.recency >= 4 and c.frequency >= 4 and c.monetary >= 4 end,
}

segment "must not lose" {
  description = "Bought often and much, but not lately",
  where = function(c) return c.recency <= 2 and c.frequency >= 4 and c.monetary >= 4 end,
}

test("the scores follow the bounds", function()
  local c = customer_like { order_count = 6, total_spent = 4999, last_order_at = days_ago(60) }
  expect({ c.recency, c.frequency, c.monetary }).is { 4, 4, 3 }
end)

test("who never bought has no score and is in no segment", function()
  local c = customer_like {}
  expect(c.recency).is_missing()
  expect((segment.champions | segment["must not lose"]):includes(c)).is(false)
end)

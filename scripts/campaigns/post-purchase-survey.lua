--- Ask how it was, a week after a purchase.
---
--- @author Moonletter
--- @description One question about the latest order, 7 to 10 days after it. Whoever answered
---   since, or complained lately, is left in peace.
--- @tags survey, feedback, after purchase
--- @license GPL-3.0-or-later

segment "bought a week ago" {
  description = "Latest purchase 7 to 10 days ago, not asked since",
  where = function(c)
    return c.last_order_at <= days_ago(7)
       and c.last_order_at > days_ago(10)
       and not c.feedback:since(c.last_order_at):any()
  end,
}

campaign "post-purchase-survey" {
  description = "One question about the latest order",
  audience    = segment["bought a week ago"] - segment.complained,
  reentry     = days(60),
  content     = function(c) return { order = c.orders:purchased():last() } end,
  journey     = function(c) send { template = "post-purchase-survey" } end,
}

test("the question comes a week after the purchase", function()
  local week_old = customer_like { orders = { { at = days_ago(8), amount = 120 } } }
  local fresh    = customer_like { orders = { { at = days_ago(3), amount = 120 } } }
  expect(segment["bought a week ago"]:includes(week_old)).is(true)
  expect(segment["bought a week ago"]:includes(fresh)).is(false)
end)

test("who has answered since, or complained, is not asked", function()
  local order = { at = days_ago(8), amount = 120 }
  local answered = customer_like { orders = { order }, feedback = { { at = days_ago(2), score = 9 } } }
  expect(simulate { campaign = "post-purchase-survey", customer = answered }.entered).is(false)
  local unhappy = customer_like { orders = { order }, feedback = { { at = days_ago(60), score = 2 } } }
  expect(simulate { campaign = "post-purchase-survey", customer = unhappy }.entered).is(false)
end)

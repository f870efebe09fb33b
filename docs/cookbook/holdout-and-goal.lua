--- A holdout, and a goal to measure it by
---
--- @description One in ten gets nothing, so that you see what the campaign adds: both groups are asked
---   whether they met the goal. Who is held out follows from the person and the seed, and stays the same from
---   run to run. Without a goal there is nothing to compare; a goal should stay met, as an order does.
--- @tags measuring, holdout, goal

campaign "holdout-and-goal" {
  description = "A winter voucher, measured by orders within 14 days",
  audience    = function(c) return c.last_order_at < days_ago(30) end,
  holdout     = 0.10,
  goal        = function(c, entered_at)
    return c.orders:purchased():since(entered_at):before(entered_at + days(14)):any()
  end,
  content     = function(c) return { voucher = 40 } end,
  journey     = function(c)
    send { template = "winter-voucher" }
    wait(days(14)) -- An order ends the journey for as long as it counts.
  end,
}

test("who is held out gets nothing", function()
  local c = customer_like { last_order_at = days_ago(60) }
  local story = simulate { campaign = "holdout-and-goal", customer = c, holdout = true }
  expect(story:sent "winter-voucher").is(false)
  expect(story.ended).is("holdout")
end)

test("an order meets the goal", function()
  local c = customer_like { orders = { { at = days_ago(60), amount = 80 } } }
  local story = simulate {
    campaign = "holdout-and-goal", customer = c, respond = { ["winter-voucher"] = "buy" },
  }
  expect(story.ended).is("goal")
end)

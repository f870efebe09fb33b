--- Wake customers who bought before and have gone quiet.
---
--- @author Moonletter
--- @description A voucher by e-mail, the big one for those who spent much, and three products
---   that fit the last order. One in ten is held out, to see what the mail does.
--- @tags win-back, voucher, holdout
--- @license GPL-3.0-or-later

campaign "win-back" {
  description = "A voucher for dormant customers",
  audience    = segment.dormant - segment.complained,
  reentry     = days(180),
  holdout     = 0.10,

  content = function(c)
    return {
      last    = c.orders:purchased():last(),
      picks   = recommend(c, 3),
      voucher = c.total_spent > 5000 and 100 or 50,
    }
  end,

  journey = function(c)
    send { template = "win-back" }
  end,
}

-- Bought half a year ago, for that much.
local function sleeper(amount)
  return customer_like { orders = { { at = days_ago(180), amount = amount, items = { { name = "Trail shoes" } } } } }
end

test("a dormant customer gets one voucher, the big one for big spenders", function()
  local story = simulate { campaign = "win-back", customer = sleeper(300) }
  expect(#story:messages()).is(1)
  expect(story:at(0).subject).contains("50")
  expect(simulate { campaign = "win-back", customer = sleeper(8000) }:at(0).subject).contains("100")
  expect(story.ended).is("end")
end)

test("who took back the consent gets nothing, and those held out get nothing either", function()
  local c = customer_like { order_count = 1, last_order_at = days_ago(180), consents = { email = "withdrawn", sms = false } }
  local story = simulate { campaign = "win-back", customer = c }
  expect(story:sent "win-back").is(false)
  expect(story:reason "win-back").is("consent_withdrawn")
  expect(simulate { campaign = "win-back", customer = sleeper(300), holdout = true }.ended).is("holdout")
end)

test("who bounced once is not written to again", function()
  local c = customer_like {
    order_count = 1, last_order_at = days_ago(180),
    messages = { { at = days_ago(300), campaign = "news", bounced = days_ago(300) } },
  }
  expect(simulate { campaign = "win-back", customer = c }:held_back("hard_bounce")).is(true)
end)

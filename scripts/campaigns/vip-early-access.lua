--- The sale opens a day earlier for the best customers.
---
--- @author Moonletter
--- @description The best customers hear of the sale by WeCom, or else by e-mail, with what
---   they like most.
--- @tags vip, sale, wecom
--- @license GPL-3.0-or-later

campaign "vip-early-access" {
  description = "Early access to the year-end sale",
  audience    = segment.vip & segment.buyers,
  channels    = { "wecom", "email" },
  content     = function(c) return { favourite = c:interests()[1] } end,
  journey     = function(c) send { template = "vip-early-access" } end,
}

test("the best customers are told by WeCom, or else by e-mail", function()
  local c = customer_like { tags = { "VIP" }, order_count = 2, interests = { "outdoor" } }
  expect(simulate { campaign = "vip-early-access", customer = c }:at(0).channel).is("wecom")
  local mailed = customer_like { tags = { "VIP" }, order_count = 2, wecom_id = false }
  expect(simulate { campaign = "vip-early-access", customer = mailed }:at(0).channel).is("email")
end)

test("a VIP who has never bought is not told", function()
  local story = simulate { campaign = "vip-early-access", customer = customer_like { tags = { "VIP" } } }
  expect(story.entered).is(false)
end)

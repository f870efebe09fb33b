--- The preferred channel, with a fallback
---
--- @description `send` without a channel takes the one that the customer prefers, else the one on which they
---   answer most. It says whether the message went out; where it did not, the next channel is tried, and each
---   is asked for its own consent. For what matters only: who gave no consent anywhere still gets nothing.
--- @tags sending, channel, fallback

campaign "preferred-channel" {
  description = "The new opening hours, by a channel that works",
  audience    = function(c) return c.last_order_at > days_ago(90) end,

  journey = function(c)
    if send { template = "opening-hours" } then return end
    for _, channel in ipairs { "wecom", "email", "sms" } do
      if send { template = "opening-hours", channel = channel } then return end
    end
  end,
}

test("without consent to the preferred channel, the next one is taken", function()
  local c = customer_like {
    last_order_at = days_ago(9), preferred_channel = "sms", consents = { sms = false }, wecom_id = false,
  }
  local story = simulate { campaign = "preferred-channel", customer = c }
  expect(story:sent("opening-hours", "email")).is(true)
  expect(story:sent("opening-hours", "sms")).is(false)
end)

test("one message is enough", function()
  local c = customer_like { last_order_at = days_ago(9), preferred_channel = "wecom" }
  expect(#simulate { campaign = "preferred-channel", customer = c }:messages()).is(1)
end)

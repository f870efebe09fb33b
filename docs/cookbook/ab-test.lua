--- Two versions of a letter
---
--- @description `variants` draws one by the person: whoever runs it again gets the same one, also on another
---   machine. The numbers are weights; `{ price = 1, story = 3 }` tries the price on a quarter. The dry run
---   shows the two side by side.
--- @tags measuring, variants

campaign "ab-test" {
  description = "Does the price work better, or the story?",
  audience    = function(c) return c.last_order_at > days_ago(365) end,
  at          = "2026-12-03 10:00",
  variants    = { price = 1, story = 1 },
  goal        = function(c, entered_at) return c.orders:since(entered_at):any() end,

  journey = function(c, entry)
    if entry.variant == "price" then
      send { template = "tea-price" }
    else
      send { template = "tea-story" }
    end
  end,
}

test("everybody gets one of the two", function()
  local seen = {}
  for _ = 1, 20 do
    local story = simulate { campaign = "ab-test", customer = customer_like { last_order_at = days_ago(9) } }
    expect(#story:messages()).is(1)
    seen[story:sent "tea-price" and "price" or "story"] = true
  end
  expect(seen).is { price = true, story = true }
end)

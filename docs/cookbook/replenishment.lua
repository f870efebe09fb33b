--- Replenishment by the customer's own rhythm
---
--- @description The middle span between purchases says when the next one is due; the letter comes three days
---   earlier. It works for what is used up: tea, coffee, pet food. With fewer than three purchases there is
---   no rhythm, `due` is missing, and a comparison with it is false. Restrict the orders to a category with
---   `:where { category = "tea" }`.
--- @tags buying, rhythm

-- The middle span between purchases, in seconds; nothing with fewer than three of them.
local function rhythm(c)
  local orders, spans = c.orders:purchased():list(), {}
  for i = 2, #orders do spans[#spans + 1] = orders[i].placed_at - orders[i - 1].placed_at end
  if #spans < 2 then return nil end
  table.sort(spans)
  return spans[(#spans + 1) // 2]
end

segment "due again" {
  description = "By their own rhythm, the next purchase is due in three days, or was due in the last week",
  where = function(c)
    if c.order_count < 3 then return false end
    local due = c.last_order_at + rhythm(c)
    return due <= now() + days(3) and due > days_ago(7)
  end,
}

campaign "replenishment" {
  description = "A reminder three days before the next purchase is due",
  audience    = segment["due again"],
  every       = "day at 10:00",
  reentry     = days(21),
  goal        = function(c, entered_at) return c.orders:since(entered_at):any() end,
  content     = function(c) return { last = c.orders:purchased():last() } end,
  journey     = function(c) send { template = "replenish" } end,
}

test("who buys every 30 days is due after 27", function()
  local function after(last)
    return customer_like { orders = {
      { at = days_ago(last + 90), amount = 80 }, { at = days_ago(last + 60), amount = 80 },
      { at = days_ago(last + 30), amount = 80 }, { at = days_ago(last), amount = 80 },
    } }
  end
  expect(segment["due again"]:includes(after(26))).is(false)
  expect(segment["due again"]:includes(after(27))).is(true)
  expect(segment["due again"]:includes(after(37))).is(false)
end)

test("two purchases make no rhythm", function()
  local c = customer_like {
    orders = { { at = days_ago(57), amount = 80 }, { at = days_ago(27), amount = 80 } },
  }
  expect(segment["due again"]:includes(c)).is(false)
end)

--- The stage of a customer's life as a trait
---
--- @description A trait is a field of your own: rules read `c.stage`, templates `{{ customer.stage }}`, and
---   the prompt groups by it (`customers:group_by "stage"`). Change the days to the rhythm of your trade:
---   groceries live faster than furniture.
--- @tags knowing, trait, lifecycle

trait "stage" {
  doc = "Where the customer stands: prospect, new, active, dormant or lost",
  of  = function(c)
    if c.order_count == 0 then return "prospect" end
    if c.last_order_at < days_ago(365) then return "lost" end
    if c.last_order_at < days_ago(120) then return "dormant" end
    if c.first_order_at >= days_ago(60) then return "new" end
    return "active"
  end,
}

segment "active customers" {
  description = "New or active",
  where = function(c) return c.stage == "new" or c.stage == "active" end,
}

test("orders decide the stage", function()
  local function stage(orders) return customer_like { orders = orders }.stage end
  local first, recent, old = days_ago(500), days_ago(30), days_ago(200)
  expect(stage {}).is("prospect")
  expect(stage { { at = recent, amount = 10 } }).is("new")
  expect(stage { { at = first, amount = 10 }, { at = recent, amount = 10 } }).is("active")
  expect(stage { { at = old, amount = 10 } }).is("dormant")
  expect(stage { { at = first, amount = 10 } }).is("lost")
end)

test("a prospect becomes no active customer by looking around", function()
  local c = customer_like { events = { { at = days_ago(1), type = "page_view" } } }
  expect(segment["active customers"]:includes(c)).is(false)
end)

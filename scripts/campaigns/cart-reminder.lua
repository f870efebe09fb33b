--- Remind customers of a cart that they left behind.
---
--- @author Moonletter
--- @description One message to those who put something into the cart 4 to 72 hours ago and
---   ordered nothing since; by text message to those who want no e-mail.
--- @tags cart, reminder
--- @license GPL-3.0-or-later

segment "left a cart" {
  description = "Put something in the cart 4 to 72 hours ago and ordered nothing since",
  where = function(c)
    return c.last_cart_at > now() - hours(72)
       and c.last_cart_at < now() - hours(4)
       and not c.orders:since(c.last_cart_at):any()
  end,
}

campaign "cart-reminder" {
  description = "The cart is still there",
  audience    = segment["left a cart"],
  reentry     = days(7),
  goal        = function(c) return c.orders:since(c.last_cart_at):any() end,
  content     = function(c) return { cart = c.events:where { type = "cart" }:last() } end,
  journey     = function(c) send { template = "cart-reminder" } end,
}

test("a cart is left behind after four hours without an order", function()
  local cart = { at = now() - hours(5), type = "cart", product = "Trail shoes" }
  expect(segment["left a cart"]:includes(customer_like { events = { cart } })).is(true)
  local order = { at = now() - hours(4), amount = 499 }
  expect(segment["left a cart"]:includes(customer_like { events = { cart }, orders = { order } })).is(false)
  cart.at = now() - hours(3)
  expect(segment["left a cart"]:includes(customer_like { events = { cart } })).is(false)
end)

test("the reminder goes by text message to those who want no e-mail", function()
  local c = customer_like {
    events    = { { at = now() - hours(5), type = "cart", product = "Trail shoes" } },
    preferred_channel = "sms",
    consents  = { email = false },
  }
  local story = simulate { campaign = "cart-reminder", customer = c, days = 1 }
  expect(story:sent("cart-reminder", "sms")).is(true)
end)

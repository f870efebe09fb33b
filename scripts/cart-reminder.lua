--- Remind customers of a cart that they left behind.

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

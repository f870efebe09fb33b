--- Abandoned cart, with a text message as fallback
---
--- @description An e-mail four hours after the last thing was put into the cart. Who cannot get it, or does
---   not click within 20 hours, gets a text message instead. An order ends it. Change the hours, and
---   `reentry`, which keeps who fills carts every day from being reminded every day.
--- @tags buying, cart, sms

segment "full cart" {
  description = "Put something into the cart 4 to 48 hours ago and ordered nothing since",
  where = function(c)
    return c.last_cart_at > now() - hours(48)
       and c.last_cart_at <= now() - hours(4)
       and not c.orders:since(c.last_cart_at):any()
  end,
}

campaign "abandoned-cart" {
  description = "An e-mail, then a text message",
  audience    = segment["full cart"],
  every       = "30 minutes",
  reentry     = days(7),
  goal        = function(c, entered_at) return c.orders:since(entered_at):any() end,
  content     = function(c) return { cart = c.events:where { type = "cart" }:last() } end,

  journey = function(c)
    if send { template = "cart", channel = "email" } and wait_for("click", hours(20)) then return end
    send { template = "cart", channel = "sms" }
  end,
}

test("who does not click gets a text message, who clicks does not", function()
  local c = customer_like { events = { { at = now() - hours(5), type = "cart", product = "Trail shoes" } } }
  local quiet = simulate { campaign = "abandoned-cart", customer = c, days = 3 }
  expect(quiet:sent("cart", "sms")).is(true)
  local clicked = simulate {
    campaign = "abandoned-cart", customer = c, days = 3, respond = { cart = "click" },
  }
  expect(clicked:sent("cart", "sms")).is(false)
end)

test("who did not agree to e-mail gets the text message at once", function()
  local c = customer_like {
    events   = { { at = now() - hours(5), type = "cart", product = "Trail shoes" } },
    consents = { email = false },
  }
  expect(simulate { campaign = "abandoned-cart", customer = c }:at(hours(1)).channel).is("sms")
end)

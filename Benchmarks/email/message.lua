-- The same e-mail as message.liquid, as somebody would write it by hand in Lua: pieces in a table, joined at the end.
-- Given what it needs of the host, returns a function from the values to the text.
local money = ...

local concat, gsub = table.concat, string.gsub
local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&#34;", ["'"] = "&#39;" }

local function esc(value)
  return (gsub(tostring(value), "[&<>\"']", entities))
end

return function(v)
  local customer, shop = v.customer, v.shop
  local o = {}
  local function add(text) o[#o + 1] = text end
  add [[<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>]] add(esc(shop.name)) add [[</title></head>
<body style="margin:0;background:#f4f1ea;font-family:Helvetica,Arial,sans-serif;color:#222">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff">
<tr><td style="padding:24px 32px;border-bottom:1px solid #e4dfd3">
<a href="]] add(esc(shop.url)) add [[" style="color:#222;text-decoration:none;font-size:20px">]] add(esc(shop.name)) add [[</a>
</td></tr>
<tr><td style="padding:24px 32px">
<p style="font-size:16px">Dear ]] add(customer.name and esc(customer.name) or "friend") add [[,</p>
]]
  if customer.tier == "platinum" then
    add "<p>thank you for " add(esc(customer.order_count)) add [[ orders with us. As a platinum member you shop a day before everyone else, and
delivery is free all year.</p>
]]
  elseif customer.tier == "gold" then
    add "<p>as a gold member you have " add(esc(customer.points)) add " points. Another "
    add(esc(customer.points_left)) add " and platinum is yours.</p>\n"
  elseif customer.tier == "silver" then
    add "<p>you have " add(esc(customer.points))
    add " points. Spend them on your next order, or keep them for gold.</p>\n"
  else
    add "<p>join the club with your next order, and every order brings you points.</p>\n"
  end
  add [[<h2 style="font-size:18px;margin:24px 0 8px">Your last orders</h2>
<table width="100%" cellpadding="4" cellspacing="0" style="border-collapse:collapse">
]]
  for i = 1, math.min(3, #customer.orders) do
    local order = customer.orders[i]
    add [[<tr style="border-top:1px solid #e4dfd3"><td>]] add(esc(i)) add ". " add(esc(order.number)) add "</td><td>"
    add(esc(order.placed_on)) add [[</td>
<td align="right"><b>]] add(esc(money(order.amount))) add "</b></td></tr>\n"
    for _, item in ipairs(order.items) do
      add [[<tr><td colspan="2" style="padding-left:24px">]] add(esc(item.quantity)) add " × " add(esc(item.name))
      add [[</td>
<td align="right">]] add(esc(money(item.amount))) add "</td></tr>\n"
    end
  end
  add "</table>\n"
  for _, interest in ipairs(v.recommendations) do
    add [[<h2 style="font-size:18px;margin:24px 0 8px">Because you like ]] add(esc(interest.name)) add [[</h2>
<ul style="padding-left:20px">
]]
    for _, product in ipairs(interest.products) do
      add [[<li style="margin:4px 0"><a href="]] add(esc(product.url)) add [[" style="color:#7a4b12">]]
      add(esc(product.name)) add "</a>,\n" add(esc(money(product.price)))
      if product.was then add " <s>" add(esc(money(product.was))) add "</s>" end
      add "</li>\n"
    end
    add "</ul>\n"
  end
  add [[</td></tr>
<tr><td style="padding:16px 32px;background:#faf8f3;font-size:12px;color:#777">
You get this e-mail because you asked for news of ]] add(esc(shop.name)) add [[.
<a href="]] add(esc(v.unsubscribe_url)) add [[" style="color:#777">Unsubscribe</a> at any time.
<br>]] add(esc(shop.name)) add ", " add(esc(shop.street)) add ", " add(esc(shop.city)) add [[. Write to <a href="mailto:]]
  add(esc(shop.email)) add [[">]] add(esc(shop.email)) add [[</a>.
</td></tr>
</table>
</td></tr></table>
</body>
</html>
]]
  return concat(o)
end

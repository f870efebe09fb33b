--- Points from orders, tiers, and points that expire.

local points = require "points"
local tiers = require "tiers"

local options = plugin.options
local reminder = options.reminder
local birthday_points = options.birthday_points

local function soon() return now() + days(options.soon) end

plugin.trait "loyalty_points" {
  type = "integer",
  doc = "Points that can be spent now",
  of = function(c) return (points.left(c, now(), soon())) end,
}

plugin.trait "expiring_points" {
  type = "integer",
  doc = "Points that expire soon unless they are spent",
  of = function(c)
    local _, expiring = points.left(c, now(), soon())
    return expiring
  end,
}

plugin.trait "tier" {
  type = "text",
  values = tiers.names,
  doc = "The tier that the last 365 days make",
  of = function(c)
    local tier = tiers.of(tiers.score(c))
    return tier and tier.name
  end,
}

plugin.trait "next_tier" {
  type = "text",
  values = tiers.names,
  doc = "The tier above; nothing in the highest",
  of = function(c)
    local _, above = tiers.of(tiers.score(c))
    return above and above.name
  end,
}

plugin.trait "to_next_tier" {
  type = "number",
  doc = "Points or money that the tier above takes beyond those of the last 365 days; nothing in the highest",
  of = function(c)
    local score = tiers.score(c)
    local _, above = tiers.of(score)
    return above and above.from - score
  end,
}

plugin.field "loyalty_card" {
  type    = "text",
  doc     = "The number of the customer's loyalty card.",
  headers = { "积分卡号", "loyalty card" },
}

plugin.follow_up "points for feedback" {
  description = "Points for who answers a survey",
  on          = "feedback",
  where       = function(c, event) return options.feedback_points > 0 end,
  action      = function(c, event) award(options.feedback_points, "feedback") end,
}

plugin.campaign "birthday points" {
  description = "Points for a birthday, once a year",
  audience    = function(c) return c:birthday_within(days(1)) end,
  every       = "day at 09:00",
  reentry     = days(300),
  journey     = function(c) award(birthday_points, "birthday") end,
}

plugin.campaign "points expire" {
  description = "Tells those whose points expire soon, or tags them where no template is set",
  audience    = function(c) return c.expiring_points > 0 end,
  every       = "day at 10:00",
  reentry     = days(options.soon),
  journey     = function(c)
    if reminder == "" then
      tag "points expire"
    else
      send { template = reminder }
    end
  end,
}

plugin.word "points_for" {
  signature = "points_for(amount, level)",
  doc       = "The points of an order of an amount, of a customer of a level or of none.",
  example   = "points_for(99.5, \"gold\")",
  call      = function(amount, level) return amount and points.of(amount, level) end,
}

plugin.method "points_at" {
  signature = "c:points_at(time)",
  doc       = "The points that can be spent at a time, if nothing else happens until then.",
  example   = "c:points_at(now() + days(90))",
  call      = function(c, time) return (points.left(c, time, time)) end,
}

plugin.relation_method "points" {
  signature = ":points()",
  doc       = "The points that these orders earn at no level.",
  example   = "c.orders:since(days_ago(30)):points()",
  call      = function(orders)
    local sum = 0
    for _, order in ipairs(orders:list()) do sum = sum + points.of_order(order) end
    return sum
  end,
}

plugin.filter "points" {
  doc     = "A number of points with what they are called.",
  example = "{{ customer.loyalty_points | points }}",
  render  = function(number) return number and points.text(number) .. " " .. options.unit end,
}

plugin.tag "balance" {
  doc     = "Points, and how many of them expire soon.",
  example = "{% balance customer.loyalty_points, customer.expiring_points %}",
  render  = function(number, expiring)
    if not number then return nil end
    local text = points.text(number) .. " " .. options.unit
    if (expiring or 0) == 0 then return text end
    return text .. ", " .. points.text(expiring) .. " of which expire soon"
  end,
}

--- "Buy till you die": how many purchases to expect of whom, from when they bought so far.

local bgnbd = require "bgnbd"
local gammagamma = require "gammagamma"
local history = require "history"

local unit = history.unit

plugin.model "buying" {
  doc = "How often customers buy and when they stop, by BG/NBD: r, alpha, a, b.",
  of = function(c)
    local x, t_x, T = history.times(c)
    return x and { x = x, t_x = t_x, T = T }
  end,
  fit = bgnbd.fit,
}

plugin.model "spending" {
  doc = "What customers spend at a time, by Gamma-Gamma: p, q, v.",
  of = function(c)
    local x, z = history.spending(c)
    return x and x > 0 and { x = x, z = z } or nil
  end,
  fit = gammagamma.fit,
}

--- The purchases expected within so many days; 0 of who never bought, of whom the model says nothing. All is missing where
--- nobody bought and the model has no numbers.
local function expected_orders(c, count)
  local x, t_x, T = history.times(c)
  if not x then return 0 end
  local m = model.buying
  return m and bgnbd.expected(m, count * days(1) / unit, x, t_x, T)
end

--- The amount expected of a purchase; missing for who never bought.
local function expected_spend(c)
  local x, z = history.spending(c)
  local m = x and model.spending
  return m and gammagamma.expected(m, x, z)
end

plugin.trait "churn_risk" {
  type = "number",
  doc = "The chance, 0 to 1, that a customer has bought for the last time; missing for who never bought.",
  of = function(c)
    local x, t_x, T = history.times(c)
    local m = x and model.buying
    return m and 1 - bgnbd.alive(m, x, t_x, T)
  end,
}

plugin.trait "expected_orders_30d" {
  type = "number",
  doc = "The purchases expected in the coming 30 days.",
  of = function(c) return expected_orders(c, 30) end,
}

plugin.trait "expected_spend" {
  type = "number",
  doc = "The amount expected of the next purchase; missing for who never bought.",
  of = expected_spend,
}

local value_days = plugin.options.value_days

plugin.trait "customer_value" {
  type = "number",
  doc = "What a customer is expected to spend in the days ahead that the option value_days says.",
  of = function(c) return (expected_spend(c) or 0) * expected_orders(c, value_days) end,
}

plugin.method "expected_orders" {
  doc = "The purchases expected in so many days from now on.",
  signature = "c:expected_orders(days)",
  example = "c:expected_orders(90) > 1",
  call = function(c, count)
    if type(count) ~= "number" or count < 0 then
      error("c:expected_orders takes a number of days, such as c:expected_orders(90)", 0)
    end
    return expected_orders(c, count)
  end,
}

local response_days = plugin.options.response_days
local usual_open, usual_click = plugin.options.usual_open, plugin.options.usual_click

-- So many usual messages are added to the customer's own, so that who got few opens as others do.
local usual_messages = 20

plugin.response "btyd" {
  description = "Buy as BG/NBD expects, open and click as before",
  rates = function(c)
    local all = c.message_count + usual_messages
    return {
      -- Of purchases that come at random, the chance of at least one.
      buy = 1 - math.exp(-(expected_orders(c, response_days) or 0)),
      open = math.min(1, (c.open_count + usual_messages * usual_open) / all),
      click = math.min(1, (c.click_count + usual_messages * usual_click) / all),
    }
  end,
}

--- The transactions of CDNOW as Fader and Hardie publish them: `CDNOW_master.txt` (customer, day, CDs, dollars), and the
--- sample of it, `CDNOW_sample.txt`, whose customers have numbers of their own in second place, by which papers name them.
plugin.importer "cdnow" {
  doc = "Transactions of CDNOW (www.brucehardie.com/datasets): customer, day, CDs and dollars in columns.",
  kind = "orders",
  columns = { "order_id", "customer_id", "placed_at", "item_count", "amount", "status" },
  read = function(line, number)
    local customer, day, count, amount = line:match "^%s*(%d+)%s+(%d%d%d%d%d%d%d%d)%s+(%d+)%s+([%d.]+)%s*$"
    if not customer then
      customer, day, count, amount = line:match "^%s*%d+%s+(%d+)%s+(%d%d%d%d%d%d%d%d)%s+(%d+)%s+([%d.]+)%s*$"
    end
    if not customer then return nil end
    return {
      "cdnow-" .. number, customer, day:sub(1, 4) .. "-" .. day:sub(5, 6) .. "-" .. day:sub(7, 8), count, amount, "paid",
    }
  end,
}

-- Points of orders, and what is left of them.

local after_months = require "months"

local options = plugin.options
local earns = {}
for _, status in ipairs(options.statuses) do earns[status] = true end

local points = {}

-- The points of an amount; parts of a point are lost, as they are in shops.
function points.of(amount, level)
  local multiplier = level and options.multipliers[level] or 1
  return math.floor(amount * options.per_unit * multiplier)
end

-- The points of an order; none for one that was cancelled, or that paid nothing.
function points.of_order(order, level)
  if order.status and not earns[order.status] then return 0 end
  if not order.amount or order.amount <= 0 then return 0 end
  return points.of(order.amount, level)
end

-- What is left at a time, and what of it expires before another time. The first that were earned are the first that go.
--
-- The ledger of the workspace (c.points) tells only the sum of what was awarded and taken. What was taken goes from the
-- oldest points; what was awarded does not expire.
function points.left(c, time, soon)
  local ledger = c.points or 0
  local taken = math.max(-ledger, 0)
  local left, expiring = math.max(ledger, 0), 0
  for _, order in ipairs(c.orders:before(time + 1):list()) do
    local lot = points.of_order(order, c.level)
    local used = math.min(lot, taken)
    lot, taken = lot - used, taken - used
    local expires = options.months > 0 and after_months(order.placed_at, options.months) or math.huge
    if expires > time then
      left = left + lot
      if expires <= soon then expiring = expiring + lot end
    end
  end
  return left, expiring
end

-- Points earned since a time, spent or not.
function points.earned(c, since)
  local sum = 0
  for _, order in ipairs(c.orders:since(since):list()) do
    sum = sum + points.of_order(order, c.level)
  end
  return sum
end

-- Money of orders that earn points.
function points.spent(c, since)
  local sum = 0
  for _, order in ipairs(c.orders:since(since):list()) do
    if points.of_order(order, c.level) > 0 then sum = sum + order.amount end
  end
  return sum
end

-- 12345 as 12,345.
function points.text(number)
  local digits = string.format("%d", math.floor(number))
  local grouped = digits:reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (grouped:gsub("^(%-?),", "%1"))
end

return points

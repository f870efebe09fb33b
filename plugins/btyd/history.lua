--- What the models know of a customer: purchases on one day count as one, as in the papers.

local unit = days(plugin.options.unit == "weeks" and 7 or 1)

--- How many days before today, a whole number. The last hour of a day counts to the next, so that summer time moves no
--- order of which the date alone is known.
local function days_before(time) return math.max(0, (today() - time - hours(1) + days(1) - 1) // days(1)) end

--- The purchases after the first (x), the time from the first to the last of them (t_x) and to now (T), in the unit of
--- the options, and the mean amount of those after the first (z), which is 0 where there are none; nothing for who never
--- bought.
local function history(c)
  if c.order_count == 0 then return nil end
  if c.order_count == 1 then return 0, 0, days_before(c.first_order_at) * days(1) / unit, 0 end
  local x, first, last, amount = -1, nil, nil, 0
  for _, order in ipairs(c.orders:purchased():list()) do
    local day = days_before(order.placed_at)
    first = first or day
    if day ~= last then x, last = x + 1, day end
    if x > 0 then amount = amount + order.amount end
  end
  return x, (first - last) * days(1) / unit, first * days(1) / unit, x > 0 and amount / x or 0
end

return { of = history, unit = unit }

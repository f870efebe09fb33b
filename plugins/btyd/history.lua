--- What the models know of a customer: purchases on one day count as one, as in the papers.

local unit = days(plugin.options.unit == "weeks" and 7 or 1)

--- How many days before today, a whole number. The last hour of a day counts to the next, so that summer time moves no
--- order of which the date alone is known.
local function days_before(time) return math.max(0, (today() - time - hours(1) + days(1) - 1) // days(1)) end

--- The purchases after the first (x), the time from the first to the last of them (t_x) and to now (T), in the unit of
--- the options; nothing for who never bought.
local function times(c)
  local count = c.order_count
  if count == 0 then return nil end
  local first, last = days_before(c.first_order_at), days_before(c.last_order_at)
  local x = first == last and 0 or 1
  -- With more than two, those between may share a day.
  if count > 2 and x > 0 then
    x = -1
    local before
    for _, order in ipairs(c.orders:purchased():list()) do
      local day = days_before(order.placed_at)
      if day ~= before then x, before = x + 1, day end
    end
  end
  return x, (first - last) * days(1) / unit, first * days(1) / unit
end

--- The purchases after the first (x) and their mean amount (z), which is 0 where there are none.
local function spending(c)
  if c.order_count == 0 then return nil end
  local x, before, amount = -1, nil, 0
  for _, order in ipairs(c.orders:purchased():list()) do
    local day = days_before(order.placed_at)
    if day ~= before then x, before = x + 1, day end
    if x > 0 then amount = amount + order.amount end
  end
  return x, x > 0 and amount / x or 0
end

return { times = times, spending = spending, unit = unit }

--- Where customers stand between their first order and the last.

local new_days = plugin.options.new_days
local active_days = plugin.options.active_days
local lost_days = plugin.options.lost_days

if new_days < 0 or active_days < new_days or lost_days < active_days then
  error("the options of lifecycle say that 0 <= new_days <= active_days <= lost_days, and here they are "
    .. new_days .. ", " .. active_days .. " and " .. lost_days, 0)
end

local stages = { "prospect", "new", "active", "dormant", "lost" }

plugin.trait "lifecycle" {
  type = "text",
  values = stages,
  doc = "Where a customer stands: prospect, new, active, dormant or lost.",
  of = function(c)
    if c.order_count == 0 then return "prospect" end
    if c.first_order_at >= days_ago(new_days) then return "new" end
    if c.last_order_at >= days_ago(active_days) then return "active" end
    if c.last_order_at >= days_ago(lost_days) then return "dormant" end
    return "lost"
  end,
}

plugin.segment "prospects" {
  description = "Known, and never bought",
  where = function(c) return c.lifecycle == "prospect" end,
}
plugin.segment "new-customers" {
  description = "Bought for the first time lately",
  where = function(c) return c.lifecycle == "new" end,
}
plugin.segment "active-customers" {
  description = "Not new, and bought lately",
  where = function(c) return c.lifecycle == "active" end,
}
plugin.segment "dormant-customers" {
  description = "Bought, but not lately",
  where = function(c) return c.lifecycle == "dormant" end,
}
plugin.segment "lost-customers" {
  description = "Bought, and not for very long",
  where = function(c) return c.lifecycle == "lost" end,
}

--- How many went from stage to stage between two times, as a table with its sums. Who was no customer at the first time
--- stands in a row of their own.
local function transitions(from, to)
  local counts, no_customer = {}, "not there yet"
  for _, row in ipairs(cross("lifecycle", from, to)) do
    counts[row.from or no_customer] = counts[row.from or no_customer] or {}
    counts[row.from or no_customer][row.to] = row.count
  end
  local columns, rows, sums = { "from" }, {}, {}
  for i, stage in ipairs(stages) do columns[i + 1], sums[i] = stage, 0 end
  columns[#columns + 1] = "total"
  local total = 0
  local function add(name)
    local row, sum = { name }, 0
    for i, stage in ipairs(stages) do
      local count = counts[name] and counts[name][stage] or 0
      row[i + 1], sum, sums[i] = count, sum + count, sums[i] + count
    end
    row[#row + 1], total = sum, total + sum
    rows[#rows + 1] = row
  end
  for _, stage in ipairs(stages) do add(stage) end
  if counts[no_customer] then add(no_customer) end
  rows[#rows + 1] = { "total", sums[1], sums[2], sums[3], sums[4], sums[5], total }
  return { columns = columns, rows = rows }
end

plugin.command "transitions" {
  doc = "How many customers went from which stage to which between two days.",
  signature = "transitions(from, to)",
  example = "transitions(\"2026-10-01\", \"2026-11-01\")",
  run = function(from, to)
    if type(from) ~= "string" then
      error("transitions takes a day such as \"2026-10-01\", and another unless it is up to now", 0)
    end
    local first, last = date(from), to and date(to) or now()
    if last < first then error("transitions takes the earlier day first", 0) end
    return transitions(first, last)
  end,
}

plugin.section "lifecycle" {
  doc = "How many customers went from which stage to which in the 30 days before the run.",
  title = "From stage to stage in the 30 days before",
  report = function(run) return transitions(run.from - days(30), run.from) end,
}

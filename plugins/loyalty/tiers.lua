-- Tiers by what a customer earned or spent in the last 365 days.

local points = require "points"

local options = plugin.options
local tiers = { names = {} }

for place, tier in ipairs(options.tiers) do
  if type(tier) ~= "table" or type(tier.name) ~= "string" or type(tier.from) ~= "number" then
    error("tier " .. place .. " is { name = \"silver\", from = 1000 }")
  end
  if place > 1 and tier.from <= options.tiers[place - 1].from then
    error("tier '" .. tier.name .. "' takes more than the tier before it")
  end
  tiers.names[place] = tier.name
end

-- What decides the tier.
function tiers.score(c)
  local since = days_ago(365)
  if options.tier_by == "spending" then return points.spent(c, since) end
  return points.earned(c, since)
end

-- The tier of a score and the one above it; nothing below the lowest, and above the highest.
function tiers.of(score)
  local own
  for _, tier in ipairs(options.tiers) do
    if tier.from > score then return own, tier end
    own = tier
  end
  return own, nil
end

return tiers

-- The named segments of the rules, in their order: the first whose scores fit counts.

local function named(name, recency, frequency, monetary)
  return { name = name, recency = recency, frequency = frequency, monetary = monetary }
end

local published = {
  -- README of the R package rfm 0.3.0 (Hebbali 2022).
  quantiles = {
    named("champions", { 5, 5 }, { 5, 5 }, { 5, 5 }),
    named("potential_loyalists", { 3, 5 }, { 3, 5 }, { 2, 5 }),
    named("loyal", { 2, 4 }, { 2, 4 }, { 2, 4 }),
    named("promising", { 3, 4 }, { 1, 3 }, { 3, 5 }),
    named("new", { 4, 5 }, { 1, 3 }, { 1, 5 }),
    named("cant_lose", { 1, 2 }, { 3, 4 }, { 4, 5 }),
    named("at_risk", { 1, 2 }, { 2, 5 }, { 4, 5 }),
    named("need_attention", { 1, 3 }, { 3, 5 }, { 3, 5 }),
    named("about_to_sleep", { 2, 3 }, { 1, 3 }, { 1, 4 }),
    named("lost", { 1, 1 }, { 1, 5 }, { 1, 5 }),
  },
  -- The map of recency and frequency that Python tutorials share; the amount plays no part.
  quintiles = {
    named("hibernating", { 1, 2 }, { 1, 2 }),
    named("at_risk", { 1, 2 }, { 3, 4 }),
    named("cant_lose", { 1, 2 }, { 5, 5 }),
    named("about_to_sleep", { 3, 3 }, { 1, 2 }),
    named("need_attention", { 3, 3 }, { 3, 3 }),
    named("loyal", { 3, 4 }, { 4, 5 }),
    named("promising", { 4, 4 }, { 1, 1 }),
    named("new", { 5, 5 }, { 1, 1 }),
    named("potential_loyalists", { 4, 5 }, { 2, 3 }),
    named("champions", { 5, 5 }, { 4, 5 }),
  },
  -- Its author speaks of classes such as 111 only; rfm_score has them.
  quartiles = {},
}

-- The bounds { from, to } of a score; every score where there are none.
local function bounds(given, key, place, parts)
  if given[key] == nil then return { 1, parts } end
  local from, to = given[key][1], given[key][2]
  if math.type(from) ~= "integer" or math.type(to) ~= "integer" or from < 1 or from > to or to > parts then
    error(string.format("'%s' of segment %d in the option segments is { from, to } of 1 to %d", key, place, parts), 0)
  end
  return { from, to }
end

-- The segments in force: those of the option, or those of the rule.
local function in_force(option, rule, parts)
  if #option == 0 then return published[rule] end
  local segments = {}
  for place, given in ipairs(option) do
    if type(given) ~= "table" or type(given.name) ~= "string" then
      error(string.format("segment %d in the option segments has no name", place), 0)
    end
    segments[place] = named(
      given.name, bounds(given, "recency", place, parts), bounds(given, "frequency", place, parts),
      bounds(given, "monetary", place, parts))
  end
  return segments
end

local function fits(score, range) return range == nil or score >= range[1] and score <= range[2] end

-- The names in force, each once, with "other" for those who fit nowhere; and the function that finds the name.
return function(option, rule, parts)
  local segments = in_force(option, rule, parts)
  local names, seen = {}, {}
  for _, segment in ipairs(segments) do
    if not seen[segment.name] then names[#names + 1] = segment.name end
    seen[segment.name] = true
  end
  names[#names + 1] = "other"
  return names, function(recency, frequency, monetary)
    for _, segment in ipairs(segments) do
      if fits(recency, segment.recency) and fits(frequency, segment.frequency) and fits(monetary, segment.monetary) then
        return segment.name
      end
    end
    return "other"
  end
end

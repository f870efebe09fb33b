-- Members of a higher level in some cities.
local cities = { ["北京"] = true, ["上海"] = true, ["广州"] = true }

segment "cities-and-level" {
  where = function(c) return cities[c.city] and (c.level == "gold" or c.level == "platinum") end,
}

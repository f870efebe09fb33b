--- Recency, frequency and monetary scores (Hughes 1994, "Strategic Database Marketing"), and segments named by them.

local rules = require "rules"
local named = require "segments"

local options = plugin.options
local rule = rules[options.rule]
local parts = options.parts == 0 and rule.parts or options.parts
if parts < 2 or parts > 9 then error("the option parts is 2 to 9, or 0 for that of the rule", 0) end
if parts ~= 5 and #options.segments == 0 and options.rule ~= "quartiles" then
  error("the published names are for 5 parts; name segments of your own in the option segments, or leave parts out", 0)
end
local names, named_by = named(options.segments, options.rule, parts)

-- How one of the three is cut under the rule.
local function quantiles(cut)
  return { parts = parts, by = cut.by, closed = cut.closed, offset = cut.offset, order = cut.order, ties = cut.ties }
end

local function buyers(c) return c.order_count > 0 end

plugin.trait "rfm_recency_days" {
  type = "integer",
  doc = "Whole days since the last order; missing without orders.",
  of = function(c)
    if c.last_order_at == nil then return nil end
    return (now() - c.last_order_at) // 86400
  end,
}

plugin.trait "rfm_recency" {
  doc = "The recency score among all who have ordered.",
  among = buyers,
  of = function(c) return c.rfm_recency_days end,
  quantiles = quantiles(rule.recency),
}

plugin.trait "rfm_frequency" {
  doc = "The score of the number of orders among all who have ordered.",
  among = buyers,
  of = function(c) return c.order_count end,
  quantiles = quantiles(rule.frequency),
}

plugin.trait "rfm_monetary" {
  doc = "The score of what was spent among all who have ordered.",
  among = buyers,
  of = function(c) return c.total_spent end,
  quantiles = quantiles(rule.monetary),
}

plugin.trait "rfm_score" {
  type = "text",
  doc = "The three scores behind each other, such as 543: recency, frequency, monetary.",
  of = function(c)
    if c.rfm_recency == nil then return nil end
    return c.rfm_recency .. c.rfm_frequency .. c.rfm_monetary
  end,
}

plugin.trait "rfm_segment" {
  type = "text",
  values = names,
  doc = "The named segment that the scores fall into.",
  of = function(c)
    if c.rfm_recency == nil then return nil end
    return named_by(c.rfm_recency, c.rfm_frequency, c.rfm_monetary)
  end,
}

plugin.segment "rfm_champions" {
  description = "Bought lately, often, and much.",
  where = function(c) return c.rfm_segment == "champions" end,
}
plugin.segment "rfm_loyal" {
  description = "Buy often.",
  where = function(c) return c.rfm_segment == "loyal" end,
}
plugin.segment "rfm_potential_loyalists" {
  description = "Bought lately, and more than once.",
  where = function(c) return c.rfm_segment == "potential_loyalists" end,
}
plugin.segment "rfm_new" {
  description = "Bought very lately, for the first time or nearly so.",
  where = function(c) return c.rfm_segment == "new" end,
}
plugin.segment "rfm_promising" {
  description = "Bought lately, and seldom so far.",
  where = function(c) return c.rfm_segment == "promising" end,
}
plugin.segment "rfm_need_attention" {
  description = "Are in the middle of all scores, and may go either way.",
  where = function(c) return c.rfm_segment == "need_attention" end,
}
plugin.segment "rfm_about_to_sleep" {
  description = "Bought seldom, and not of late.",
  where = function(c) return c.rfm_segment == "about_to_sleep" end,
}
plugin.segment "rfm_at_risk" {
  description = "Bought often, and long ago.",
  where = function(c) return c.rfm_segment == "at_risk" end,
}
plugin.segment "rfm_cant_lose" {
  description = "Were among the best, and have not bought for long.",
  where = function(c) return c.rfm_segment == "cant_lose" end,
}
plugin.segment "rfm_hibernating" {
  description = "Bought seldom, and very long ago.",
  where = function(c) return c.rfm_segment == "hibernating" end,
}
plugin.segment "rfm_lost" {
  description = "Bought so long ago that they have hardly a chance to come back.",
  where = function(c) return c.rfm_segment == "lost" end,
}

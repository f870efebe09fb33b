--- A newsletter by industry
---
--- @description A headline for each industry, once a month, on a weekday. Two spellings of an industry share
---   one row; who has none that is in the table is not in the audience, so no letter goes out without a
---   headline. Change the table each month.
--- @tags sales, newsletter, companies

local headlines = {}
local function headline(text, ...)
  for _, industry in ipairs { ... } do headlines[industry] = text end
end

headline("Coats that survive 500 washings", "餐饮", "catering")
headline("Shoes for twelve hours on your feet", "医疗", "health care")
headline("What a class of thirty takes outside", "教育", "education")

campaign "industry-newsletter" {
  description = "The headline of the month for three industries",
  every       = "first tuesday of the month at 10:00",
  audience    = function(c) return headlines[c.industry] ~= nil end,
  channels    = { "email" },
  send_window = { from = "9:00", to = "17:00", weekdays = true },
  reentry     = days(20),
  content     = function(c) return { headline = headlines[c.industry] } end,
  journey     = function(c) send { template = "industry-news" } end,
}

test("both spellings get the same headline", function()
  local function subject(industry)
    local c = customer_like { industry = industry }
    return simulate { campaign = "industry-newsletter", customer = c, days = 60 }:at(days(60)).subject
  end
  expect(subject "医疗").contains("twelve hours")
  expect(subject "health care").contains("twelve hours")
end)

test("it comes each month", function()
  local c = customer_like { industry = "教育" }
  expect(#simulate { campaign = "industry-newsletter", customer = c, days = 60 }:messages()).is(2)
end)

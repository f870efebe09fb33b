--- Customers who said that they are unhappy.
---
--- @author Moonletter
--- @description A score of 3 or less in the last half year. Take them out of an audience
---   that is asked to buy: dormant - complained.
--- @tags feedback, exclusion
--- @license GPL-3.0-or-later

segment "complained" {
  description = "Gave a score of 3 or less in the last half year",
  where = function(c)
    for _, answer in ipairs(c.feedback:since(days_ago(180)):list()) do
      if answer.score <= 3 then return true end
    end
    return false
  end,
}

test("a bad score counts for half a year", function()
  local c = customer_like { feedback = { { at = days_ago(170), score = 3 } } }
  expect(segment.complained:includes(c)).is(true)
  at("2027-01-01 10:00", function() expect(segment.complained:includes(c)).is(false) end)
end)

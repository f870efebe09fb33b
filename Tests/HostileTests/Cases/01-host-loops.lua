-- entry: 1
-- what: a loop without end
-- as: predicate, journey, template
-- expect: steps or time
-- case: that reads a field => while c.name do end
-- case: that reads a field that needs a query => while c.company == nil do end
-- case: that asks the clock => while now() > 0 do end
-- case: that asks for spans => while days(1) do end
-- case: that reads dates => while date "2026-01-01" do end
-- case: that counts orders => while c.orders:count() > 0 do end
-- case: that lists orders => while c.orders:list() do end
-- case: that lists many events => while c.events:list() do end
-- case: that goes over the lines of orders => while true do for _, order in ipairs(c.orders:list()) do for _, item in ipairs(order.items) do end end end
-- case: that asks for tags => while c:has_tag "VIP" do end
-- case: that asks another segment => while segment.good:includes(c) do end
-- where: anywhere
-- case: that combines segments => while segment.good & segment.good do end
-- case: that swallows errors of host words => while true do pcall(date, {}) end
-- case: that narrows a relation => while c.orders:since(1):before(2):purchased() do end
-- case: that requires => while true do require "hostile" end
return function(c)
    do @@ end --!
    return true
end

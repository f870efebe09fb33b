-- entry: 19
-- what: a rule that writes to
-- as: predicate, journey, template
-- expect: refused
-- case: a customer => c.name = "x"
-- case: a field that no customer has => c.owned = 1
-- case: a customer by rawset => rawset(c, "name", "x")
-- case: the metatable of a customer => getmetatable(c).__index = nil
-- case: a customer by setmetatable => setmetatable(c, {})
-- case: a customer by insert => table.insert(c, 1)
-- case: a fact => c.total_spent = 1
-- case: a relation => c.orders = {}
-- case: a field of a relation => c.orders.count = 1
-- case: an order => c.orders:first().amount = 1
-- case: an order in the list => c.orders:list()[1].amount = 1
-- case: an item of an order => c.orders:first().items[1].amount = 1
-- case: an event => c.events:first().type = "x"
-- case: a message => c.messages:first().subject = "x"
-- case: feedback => c.feedback:first().score = 10
-- case: a task => c.tasks:first().title = "x"
-- case: a segment => segment.good.where = error
-- case: the segments => segment.owned = error
-- case: the clock => now = error
-- case: a segment that it defines => segment "late" { where = error }
-- case: a campaign that it defines => campaign "late" {}
return function(c)
    do @@ end --!
    return true
end

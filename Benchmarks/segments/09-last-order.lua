segment "last-order" { where = function(c) return c.orders:last().amount > 800 end }

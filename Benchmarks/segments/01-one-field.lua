segment "one-field" { where = function(c) return c.order_count >= 3 end }

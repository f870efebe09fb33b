segment "birthday" { where = function(c) return c:birthday_within(days(7)) and c.order_count > 0 end }

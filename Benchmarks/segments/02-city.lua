segment "city" { where = function(c) return c.city == "上海" end }

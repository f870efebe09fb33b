segment "tag" { where = function(c) return c:has_tag "VIP" end }

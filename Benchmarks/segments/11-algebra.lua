segment "parents" { where = function(c) return c.children >= 2 end }
segment "readers" { where = function(c) return c:consents_to "email" and c.message_count > 0 end }
segment "silver" { where = function(c) return c.level == "silver" end }
segment "algebra" { where = segment.parents & segment.readers - segment.silver }

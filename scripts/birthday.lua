--- A gift in the days before a birthday, once a year.

segment "birthday soon" {
  description = "Birthday today or in the next three days",
  where = function(c) return c:birthday_within(days(3)) end,
}

campaign "birthday" {
  description = "Birthday wishes with a gift",
  audience    = segment["birthday soon"],
  reentry     = days(300),
  content     = function(c) return { gift = c.order_count > 5 and "a surprise" or "free delivery" } end,
  journey     = function(c) send { template = "birthday" } end,
}

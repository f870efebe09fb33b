--- Greet customers who registered in the last two days.

campaign "welcome" {
  description = "A greeting after registration",
  audience    = segment.newcomers,
  content     = function(c) return { interest = c:interests()[1] } end,
  journey     = function(c) send { template = "welcome" } end,
}

segment "newcomers" {
  description = "Registered in the last two days",
  where = function(c) return c.registered_at >= days_ago(2) end,
}

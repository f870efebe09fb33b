segment "recent-big-spenders" {
  where = function(c) return c.total_spent > 2000 and c.last_order_at >= days_ago(60) end,
}

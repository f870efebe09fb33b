--- Ask how it was, a week after a purchase.

segment "bought a week ago" {
  description = "Latest purchase 7 to 10 days ago, not asked since",
  where = function(c)
    return c.last_order_at <= days_ago(7)
       and c.last_order_at > days_ago(10)
       and not c.feedback:since(c.last_order_at):any()
  end,
}

campaign "post-purchase-survey" {
  description = "One question about the latest order",
  audience    = segment["bought a week ago"] - segment.complained,
  reentry     = days(60),
  content     = function(c) return { order = c.orders:purchased():last() } end,
  journey     = function(c) send { template = "post-purchase-survey" } end,
}

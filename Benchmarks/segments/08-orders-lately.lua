segment "orders-lately" {
  where = function(c) return c.orders:since(days_ago(180)):sum "amount" > 1000 end,
}

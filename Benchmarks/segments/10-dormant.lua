segment "dormant" {
  where = function(c)
    return c.order_count > 0
       and c.last_order_at < days_ago(90)
       and not c.messages:opened():since(days_ago(30)):any()
  end,
}

trait "stage" {
  of = function(c)
    if c.order_count == 0 then return "lead" end
    if c.last_order_at < days_ago(365) then return "lost" end
    if c.order_count < 3 then return "new" end
    return "regular"
  end,
}

segment "relations-and-trait" {
  where = function(c)
    return c.stage == "regular"
       and c.orders:since(days_ago(180)):count() >= 2
       and c.messages:since(days_ago(90)):any()
       and not c.feedback:since(days_ago(90)):any()
  end,
}

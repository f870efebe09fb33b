--- Segments that several campaigns share.

segment "buyers" {
  description = "Bought at least once",
  where = function(c) return c.order_count > 0 end,
}

segment "dormant" {
  description = "Bought before, nothing for 90 days, opened nothing for 30",
  where = function(c)
    return c.order_count > 0
       and c.last_order_at < days_ago(90)
       and not c.messages:opened():since(days_ago(30)):any()
  end,
}

segment "complained" {
  description = "Gave a score of 3 or less in the last half year",
  where = function(c)
    for _, answer in ipairs(c.feedback:since(days_ago(180)):list()) do
      if answer.score <= 3 then return true end
    end
    return false
  end,
}

segment "vip" {
  description = "Tagged VIP, or among those who spent most",
  where = function(c) return c:has_tag "VIP" or c.total_spent >= 5000 end,
}

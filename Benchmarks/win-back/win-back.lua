--- The three steps of a win-back: a message, a reminder, and rest.

campaign "win-back" {
  description = "A voucher for dormant customers, then one reminder",
  audience    = segment.dormant - segment.complained,
  every       = "day at 10:00",
  send_window = { from = "10:00", to = "11:30", weekdays = true },
  reentry     = days(180),
  holdout     = 0.10,
  goal        = function(c, entered_at) return c.orders:since(entered_at):any() end,

  content = function(c)
    return {
      last    = c.orders:purchased():last(),
      picks   = recommend(c, 3),
      voucher = c.total_spent > 5000 and 100 or 50,
    }
  end,

  journey = function(c)
    send { template = "win-back" }  -- by the channel that the customer prefers

    if wait_for("click", days(3)) then
      tag "interested"
      task { title = "Call " .. (c.name or "customer " .. c.id), owner = c.owner, due = hours(24) }
      return
    end

    send { channel = "sms", template = "win-back-reminder" }

    if not wait_for("click", days(4)) then
      tag "deep dormant"
      pause(days(90))
    end
  end,
}

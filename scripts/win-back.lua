--- Wake customers who bought before and have gone quiet.

campaign "win-back" {
  description = "A voucher for dormant customers",
  audience    = segment.dormant - segment.complained,
  reentry     = days(180),
  holdout     = 0.10,

  content = function(c)
    return {
      last    = c.orders:purchased():last(),
      picks   = recommend(c, 3),
      voucher = c.total_spent > 5000 and 100 or 50,
    }
  end,

  journey = function(c)
    send { template = "win-back" }
  end,
}

limit = 5000

segment "big_sleepers" {
  where = function(c) return c.total_spent > limit and segment.dormant:includes(c) end,
}

customers:where(segment.big_sleepers):count()

limit = 10000

customers:where(segment.big_sleepers):count()

customers:where(segment.big_sleepers):group_by "level"

explain(segment.big_sleepers, customers:where(segment.big_sleepers):first())

save("big_sleepers", "big-sleepers", { description = "Spent much and went quiet" })

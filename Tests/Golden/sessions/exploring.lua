customers:count()

customers:group_by("level"):avg "total_spent"

rich = function(c) return c.total_spent > 20000 end

asleep = customers:where(segment.dormant):where(rich)

asleep:count()

asleep:hist "last_order_at"

top = asleep:order_by("-total_spent")

top:limit(3):show { "name", "city", "total_spent", "last_order_at" }

top:first()

_.orders:purchased():since(date "2026-01-01")

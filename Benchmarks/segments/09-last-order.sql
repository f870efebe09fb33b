SELECT c.id FROM customers AS c
WHERE (SELECT o.amount FROM orders AS o WHERE o.customer_id = c.id AND o.placed_at <= :now
       ORDER BY o.placed_at DESC, o.id DESC LIMIT 1) > 80000 ORDER BY c.id

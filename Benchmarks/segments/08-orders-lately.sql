SELECT c.id FROM customers AS c
WHERE (SELECT SUM(o.amount) FROM orders AS o WHERE o.customer_id = c.id
       AND o.placed_at >= :now - 180 * 86400 AND o.placed_at <= :now) > 100000 ORDER BY c.id

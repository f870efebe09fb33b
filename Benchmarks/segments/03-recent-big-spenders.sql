SELECT f.customer_id FROM customer_facts AS f
WHERE f.total_spent > 200000 AND f.last_order_at >= :now - 60 * 86400 ORDER BY f.customer_id

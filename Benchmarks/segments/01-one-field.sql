SELECT f.customer_id FROM customer_facts AS f WHERE f.order_count >= 3 ORDER BY f.customer_id

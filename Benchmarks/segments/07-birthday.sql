SELECT c.id FROM customers AS c JOIN customer_facts AS f ON f.customer_id = c.id
WHERE substr(c.birthday, 6) BETWEEN '12-01' AND '12-08' AND f.order_count > 0 ORDER BY c.id

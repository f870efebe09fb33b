SELECT c.id FROM customers AS c JOIN customer_facts AS f ON f.customer_id = c.id
WHERE f.order_count >= 3 AND f.last_order_at >= :now - 365 * 86400
AND (SELECT COUNT(*) FROM orders AS o WHERE o.customer_id = c.id
     AND o.placed_at >= :now - 180 * 86400 AND o.placed_at <= :now) >= 2
AND EXISTS (SELECT 1 FROM messages AS m WHERE m.customer_id = c.id
            AND m.sent_at >= :now - 90 * 86400 AND m.sent_at <= :now)
AND NOT EXISTS (SELECT 1 FROM feedback AS b WHERE b.customer_id = c.id
                AND b.given_at >= :now - 90 * 86400 AND b.given_at <= :now) ORDER BY c.id

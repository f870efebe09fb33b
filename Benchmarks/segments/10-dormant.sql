SELECT c.id FROM customers AS c JOIN customer_facts AS f ON f.customer_id = c.id
WHERE f.order_count > 0 AND f.last_order_at < :now - 90 * 86400
AND NOT EXISTS (SELECT 1 FROM messages AS m WHERE m.customer_id = c.id AND m.sent_at <= :now
    AND EXISTS (SELECT 1 FROM message_events AS e WHERE e.message_id = m.id AND e.type = 'open'
                AND e.occurred_at >= :now - 30 * 86400 AND e.occurred_at <= :now)) ORDER BY c.id

SELECT c.id FROM customers AS c JOIN customer_facts AS f ON f.customer_id = c.id
WHERE (SELECT v.value FROM attribute_values AS v WHERE v.customer_id = c.id AND v.attribute_id =
       (SELECT id FROM attribute_definitions WHERE name = 'children')) >= 2
AND f.message_count > 0 AND c.level IS NOT 'silver'
AND EXISTS (SELECT 1 FROM (SELECT k.status, k.recorded_at FROM consents AS k
        WHERE k.customer_id = c.id AND k.channel = 'email' AND k.recorded_at <= :now
        ORDER BY k.recorded_at DESC, k.status DESC LIMIT 1) AS g
    WHERE g.status = 'granted'
    AND NOT EXISTS (SELECT 1 FROM consents AS w
        WHERE w.customer_id IN (SELECT c.id UNION SELECT o.id FROM customers AS o WHERE lower(o.email) = lower(c.email)
            AND o.email IS NOT NULL)
        AND w.channel = 'email' AND w.status = 'withdrawn' AND w.recorded_at BETWEEN g.recorded_at AND :now)
    AND NOT EXISTS (SELECT 1 FROM message_events AS e JOIN messages AS m ON m.id = e.message_id
        WHERE e.customer_id IN (SELECT c.id UNION SELECT o.id FROM customers AS o WHERE lower(o.email) = lower(c.email)
            AND o.email IS NOT NULL)
        AND e.type = 'unsubscribe' AND m.channel = 'email' AND e.occurred_at BETWEEN g.recorded_at AND :now))
ORDER BY c.id

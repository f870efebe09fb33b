SELECT c.id FROM customers AS c
WHERE EXISTS (SELECT 1 FROM tags AS t WHERE t.customer_id = c.id AND t.tag = 'VIP'
              AND (t.tagged_at IS NULL OR t.tagged_at <= :now)) ORDER BY c.id

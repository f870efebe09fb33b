SELECT c.id FROM customers AS c WHERE c.city IN ('北京', '上海', '广州') AND c.level IN ('gold', 'platinum') ORDER BY c.id

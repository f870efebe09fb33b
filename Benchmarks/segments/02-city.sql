SELECT c.id FROM customers AS c WHERE c.city = '上海' ORDER BY c.id

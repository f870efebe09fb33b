SELECT c.id FROM customers AS c WHERE c.language = 'zh' AND instr(c.email, '@example.cn') > 0 ORDER BY c.id

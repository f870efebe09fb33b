extension FoundCaseTests {
    /// What values are, and what SQL takes them for.
    static let byValue = [
        FoundCase(
            "a sum that no integer holds is a float",
            rows: hugeOrders,
            predicate("return c.orders:sum 'amount' > 9.2e16 and c.orders:sum 'amount' == 2^63 / 100"),
            gives: "[2]"),
        FoundCase(
            "a sum is the same whether what stands beside it decides or not",
            rows: hugeOrders, predicate("local sum = c.orders:sum 'amount' return c.id == 2"), gives: "[2]"),
        FoundCase(
            "a number is no text that looks like it, also where both may be missing",
            rows: numberCities, predicate("return c.city == c.size or c.registered_at == c.city"),
            gives: "[4]"),
        FoundCase(
            "a fact is no text that looks like it", rows: numberCities,
            predicate("return (c.city or 5) == c.order_count"), gives: "[]"),
        FoundCase(
            "false is no text", rows: "\(people) UPDATE customers SET city = '0' WHERE id = 2",
            predicate("return c.city and (c.member and '0') == c.city"), gives: "[]"),
        FoundCase(
            "texts that look the same but are composed differently differ",
            rows: """
                \(people) UPDATE customers SET city = char(233) WHERE id = 2;
                UPDATE customers SET city = 'e' || char(769) WHERE id = 1;
                """,
            predicate(
                "if c.id > 1 then return c.city == '\\u{E9}' else return c.city == 'e\\u{301}' end"),
            gives: "[1, 2]"),
        FoundCase(
            "an attribute is found under its name composed differently",
            rows: """
                \(people) INSERT INTO attribute_definitions (id, name, type, doc) VALUES (9, char(233), 'integer', '');
                INSERT INTO attribute_values VALUES (1, 9, 5);
                """,
            predicate("return c['e\\u{301}'] == 5"), gives: "[1]"),
        FoundCase(
            "a table holds nought and minus nought",
            "local t = { Wuhan = 0.0, ['0x10'] = -0.0 } \(predicate("return 1 / (t[c.city] or 5) > 0"))",
            gives: "[1, 3, 4]"),
        FoundCase(
            "a text goes on behind its NUL",
            rows: "\(people) INSERT INTO tags (customer_id, tag) VALUES (1, 'VIP')",
            predicate("return (c.city or '') .. '\\0' == 'Wuhan\\0x' or c.city == 'Wuhan\\0'"), gives: "[]"),
        FoundCase(
            "false is there, also where what it is instead of is a number",
            predicate("return ((c.city ~= nil and 0) and nil) == nil"), gives: "[1, 2, 3]"),
        FoundCase(
            "a comparison is no key that Lua 5.4.4 finds in a table of the script",
            "local t = { 0 } \(predicate("return t[c.id > 0] ~= nil or c.id > 1"))", gives: nil),
        FoundCase(
            "the numbers of math are numbers",
            predicate("return c.ratio == math.huge or c.size == math.mininteger or c.ratio == 0.1"),
            gives: "[1, 2]"),
        FoundCase(
            "a name that a library does not have is nil", predicate("return not math.foo and c.id == 1"),
            gives: "[1]"),
        FoundCase(
            "tables may say themselves what is equal",
            """
            local a = setmetatable({}, { __eq = function() error("asked") end })
            local b = setmetatable({}, getmetatable(a))
            \(predicate("return (a == b or c.id > 0) and c.id == 99"))
            """, gives: "error: asked"),
        FoundCase(
            "what a table has as false stays false behind 'and'",
            "local t = { Wuhan = false, ['100%'] = 5 } "
                + predicate(
                    "local v = t[c.city] and 'yes' return v == false or v == nil and c.id == 4"),
            gives: "[1, 4]"),
        FoundCase(
            "an amount is compared with a whole number that no float is", rows: hugeAmounts, currency: "JPY",
            predicate(
                """
                local sum = c.orders:sum 'amount'
                return sum < 9007199254740993 and not (sum >= 9007199254740993) and sum ~= 9007199254740993
                """), gives: "[1, 2]"),
        FoundCase(
            "a whole number that no float is lies below the next amount", rows: hugeAmounts, currency: "JPY",
            predicate(
                """
                local sum = c.orders:sum 'amount'
                return 9007199254740993 < sum and not (sum <= 9007199254740993) and sum ~= 9007199254740993
                """), gives: "[3]"),
        FoundCase(
            "what a condition says of a value holds only behind it",
            predicate(
                """
                if c.city == nil then return c.id == 4 end
                local long = (c.level or #c.city > 4) and #c.city > 4
                if not long then return c.birthday ~= nil and #c.birthday == 10 end
                return not (c.name and #c.name > 3)
                """), gives: "[1, 2, 4]"),
        FoundCase(
            "what a condition says of a value does not hold where it was not asked",
            predicate("return (c.level and #c.level > 0 or #c.city > 0) and #c.city > 0"),
            gives: "error: attempt to get length of a nil value (field 'c.city')"),
        FoundCase(
            "a method is found before an attribute of its name", rows: favourites,
            predicate("return c.favourite ~= nil"), gives: "[1, 2]"),
        FoundCase(
            "behind what never holds, nothing raises",
            predicate("return c.name < nil and #c.city > 0 and c.id > 0"), gives: "[]"),
    ]

    private static let people = FoundCase.people
    private static let favourites = """
        INSERT INTO customers (id) VALUES (1), (2);
        INSERT INTO attribute_definitions (id, name, type, doc) VALUES (9, 'favourite', 'text', '');
        INSERT INTO attribute_values (customer_id, attribute_id, value) VALUES (1, 9, 'red');
        """
    private static let hugeAmounts = """
        INSERT INTO customers (id) VALUES (1), (2), (3);
        INSERT INTO orders (customer_id, placed_at, status, amount, currency) VALUES
            (1, 1, 'pending', 9007199254740992, 'JPY'), (2, 1, 'pending', 9007199254740991, 'JPY'),
            (3, 1, 'pending', 9007199254740994, 'JPY');
        """
    private static let numberCities = """
        \(FoundCase.people) UPDATE customers SET city = '1' WHERE id = 1;
        UPDATE customers SET city = '9223372036854775807', registered_at = 5 WHERE id = 2;
        UPDATE customers SET city = '1790000000', registered_at = 1790000000 WHERE id = 3;
        """
    private static let hugeOrders = """
        INSERT INTO customers (id) VALUES (1), (2);
        INSERT INTO orders (customer_id, placed_at, status, amount, currency) VALUES
            (2, 1, 'pending', 9223372036854775807, 'CNY'), (2, 2, 'pending', 1, 'CNY');
        """
}

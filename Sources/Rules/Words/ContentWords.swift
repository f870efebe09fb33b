internal import LuaRuntime

/// What fills a message.
let contentWords: [HostWord] = [
    HostWord(
        function: "recommend", .customer("c"), .number("n", "how many products, such as 3"),
        doc: """
            A list of at most n products, with sku, name, category, brand, price, url and reason: bought together with \
            what the customer bought, then best sellers of the customer's interests, then best sellers; never what was \
            bought in the last 30 days or with the last order.
            """, example: "content = function(c) return { products = recommend(c, 3) } end"
    ) { host, customer, count in
        for table in ["products", "orders", "interests"] { try host.guest?.check(.table, table) }
        guard let count = Int(exactly: count), (1...100).contains(count) else {
            throw LuaError("recommend gives 1 to 100 products, got \(LuaValue.number(count).described)")
        }
        return .table(LuaTable(array: try host.recommendations(for: customer, count: count)))
    }.giving("Product[]")
]

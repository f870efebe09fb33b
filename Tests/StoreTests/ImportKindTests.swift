import Store
import Testing

/// A file and what the store holds after it.
struct ImportCase: Sendable, CustomTestStringConvertible {
    let kind: ImportKind
    let title: String
    /// What is imported before, each as kind and text.
    var before: [(ImportKind, String)] = []
    let text: String
    let query: String
    let stored: [String]
    var created: [String] = []

    var testDescription: String { "\(kind.rawValue): \(title)" }
}

@Suite("Each kind of import")
struct ImportKindTests {
    @Test("stores what its file says, changes nothing the second time, and keeps the facts", arguments: cases)
    func stores(_ example: ImportCase) throws {
        let bench = try ImportBench()
        for (kind, text) in example.before { try bench.load(kind, text) }
        let report = try bench.load(example.kind, example.text)
        #expect(try bench.rows(example.query) == example.stored)
        #expect(report.created.map { "\($0.count) \($0.what)" } == example.created)
        #expect(report.rejected == 0)
        #expect(report.rejectsFile == nil)
        #expect(try bench.store.verifyFacts() == [])

        let before = try bench.dump()
        let second = try bench.load(example.kind, example.text)
        #expect(second.unchanged == second.rows)
        #expect(second.created == [])
        #expect(try bench.dump() == before)
    }

    static let cases: [ImportCase] = [
        ImportCase(
            kind: .customers, title: "English headers, one attribute",
            text: """
                Customer ID,First Name,Last Name,E-mail,Mobile,Gender,Date of Birth,City,Created At,Shoe Size
                17,Ada,Lovelace,Ada@example.org,+44 20 7946 0000,F,1990-12-10,London,2024-03-05 10:00:00,38.5
                """,
            query: """
                SELECT external_id, first_name, last_name, email, phone, gender, birthday, city, registered_at,
                    (SELECT name || '=' || value || ' ' || type FROM attribute_values
                     JOIN attribute_definitions ON id = attribute_id)
                FROM customers
                """,
            stored: [
                "17|Ada|Lovelace|Ada@example.org|+442079460000|female|1990-12-10|London|1709604000|"
                    + "shoe_size=38.5 number"
            ],
            created: ["1 custom attribute"]),
        ImportCase(
            kind: .customers, title: "Chinese headers",
            text: """
                客户编号,姓名,手机号,电子邮箱,性别,出生日期,省份,城市,会员等级,负责人,首选渠道
                K1,张伟,+86 138-0013-8000,zw@example.cn,男,1988年2月3日,浙江,杭州,金卡,李经理,短信
                K2,王芳,００８６１３９００１３９０００,,女,,,,,,企业微信
                """,
            query: """
                SELECT external_id, name, phone, email, gender, birthday, region, city, level, owner,
                    preferred_channel FROM customers ORDER BY id
                """,
            stored: [
                "K1|张伟|13800138000|zw@example.cn|male|1988-02-03|浙江|杭州|金卡|李经理|sms",
                "K2|王芳|13900139000|–|female|–|–|–|–|–|wecom",
            ]),
        ImportCase(
            kind: .products, title: "prices in minor units",
            text:
                "SKU,Product Name,Category,Price,Active\nA-1,Boot,shoes,\"1,299.50\",yes\nB-2,Sock,,¥9.9,no\n",
            query: "SELECT sku, name, category, price, active FROM products ORDER BY id",
            stored: ["A-1|Boot|shoes|129950|1", "B-2|Sock|–|990|0"]),
        ImportCase(
            kind: .orders, title: "Chinese headers make the customer",
            text: """
                订单编号,下单时间,手机号,姓名,实付金额,数量,状态
                D1,2024-03-05 08:00:00,13800138000,张伟,88.80,2,已付款
                D2,2024-03-06 08:00:00,13800138000,张伟,10,1,退款
                """,
            query: """
                SELECT order_number, placed_at, status, amount, currency, item_count, phone, name
                FROM orders JOIN customers AS c ON c.id = customer_id ORDER BY orders.id
                """,
            stored: [
                "D1|1709596800|paid|8880|CNY|2.0|13800138000|张伟",
                "D2|1709683200|refunded|1000|CNY|1.0|13800138000|张伟",
            ],
            created: ["1 customer"]),
        ImportCase(
            kind: .orders, title: "two equal purchases without a number stay two",
            text:
                "customer_id,order_date,revenue\n7,2024-03-05,20\n7,2024-03-05,20\n7,2024-03-05,21\n7,2024-03-05,20\n",
            query: "SELECT order_number, content_key, amount FROM orders ORDER BY id",
            stored: ["–|16 bytes|2000", "–|16 bytes|2000", "–|16 bytes|2100", "–|16 bytes|2000"],
            created: ["1 customer"]),
        ImportCase(
            kind: .orderLines, title: "lines that stand apart make one order",
            text: """
                InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
                1,S1,,3,2024-03-05 12:00:00,0.335,9,China
                2,S2,Lamp,1,2024-03-06 12:00:00,5,9,China
                1,S1,Candle,1,2024-03-05 11:00:00,2.50,9,China
                """,
            query: """
                SELECT order_number, placed_at, o.amount, item_count, line, sku, p.name, quantity, i.amount, country
                FROM orders AS o JOIN order_items AS i ON i.order_id = o.id JOIN products AS p ON p.id = product_id
                JOIN customers AS c ON c.id = customer_id ORDER BY o.id, line
                """,
            stored: [
                "1|1709607600|351|4.0|1|S1|Candle|3.0|101|China",
                "1|1709607600|351|4.0|2|S1|Candle|1.0|250|China",
                "2|1709697600|500|1.0|1|S2|Lamp|1.0|500|China",
            ],
            created: ["1 customer", "2 order", "2 product"]),
        ImportCase(
            kind: .events, title: "with the product concerned",
            text:
                "email,event,time,sku\na@b.c,cart,2024-03-05T04:00:00Z,S1\na@b.c,login,2024-03-05T04:00:00+08:00,\n",
            query: """
                SELECT type, occurred_at, (SELECT sku FROM products WHERE id = product_id), email
                FROM events JOIN customers AS c ON c.id = customer_id ORDER BY events.id
                """,
            stored: ["cart|1709611200|S1|a@b.c", "login|1709582400|–|a@b.c"],
            created: ["1 customer", "1 product"]),
        ImportCase(
            kind: .consents, title: "granted and taken back",
            text: "邮箱,渠道,状态,时间,来源\na@b.c,邮件,同意,2024-03-05,官网\na@b.c,email,退订,2024-03-06,\n",
            query: "SELECT channel, status, recorded_at, source FROM consents ORDER BY id",
            stored: ["email|granted|1709568000|官网", "email|withdrawn|1709654400|–"],
            created: ["1 customer"]),
        ImportCase(
            kind: .suppressions, title: "addresses in the form that is compared",
            text: "channel,address,reason\nemail,Ada@Example.org,bounce\n短信,138 0013 8000,\n",
            query: "SELECT channel, address, reason, suppressed_at FROM suppressions ORDER BY channel",
            stored: ["email|ada@example.org|hard_bounce|–", "sms|13800138000|manual|–"]),
        ImportCase(
            kind: .messages, title: "by message id",
            text:
                "message_id,customer_id,campaign,channel,address,sent_at\nM1,5,spring,email,A@B.c,2024-03-05\n",
            query: "SELECT external_id, campaign, channel, address, kind, sent_at FROM messages",
            stored: ["M1|spring|email|a@b.c|marketing|1709568000"],
            created: ["1 customer"]),
        ImportCase(
            kind: .messageEvents, title: "of a message that is there",
            before: [(.messages, "message_id,customer_id,channel,sent_at\nM1,5,email,2024-03-05\n")],
            text: "message_id,event,timestamp\nM1,opened,2024-03-05 10:00\nM1,bounce,2024-03-05 11:00\n",
            query: "SELECT message_id, customer_id, type, occurred_at FROM message_events ORDER BY id",
            stored: ["1|1|open|1709604000", "1|1|hard_bounce|1709607600"]),
        ImportCase(
            kind: .interactions, title: "with notes over two lines",
            text: "phone,type,date,notes\n13800138000,电话,2024-03-05,\"asked\nfor a quote\"\n",
            query: "SELECT type, occurred_at, notes FROM interactions",
            stored: ["call|1709568000|asked\nfor a quote"], created: ["1 customer"]),
        ImportCase(
            kind: .feedback, title: "scores and comments",
            text: "客户编号,评分,评价,时间\nK1,4.5,很好,2024/3/5\n",
            query: "SELECT score, comment, given_at FROM feedback",
            stored: ["4.5|很好|1709568000"], created: ["1 customer"]),
        ImportCase(
            kind: .tags, title: "without a time",
            text: "会员编号,标签\nK1,VIP\nK1,复购\n",
            query: "SELECT tag, tagged_at FROM tags ORDER BY tag", stored: ["VIP|–", "复购|–"],
            created: ["1 customer"]),
        ImportCase(
            kind: .interests, title: "with and without a weight",
            text: "email,兴趣,weight\na@b.c,户外,0.5\na@b.c,tea,\n",
            query: "SELECT interest, weight FROM interests ORDER BY weight",
            stored: ["户外|0.5", "tea|1.0"], created: ["1 customer"]),
    ]

    @Test("no header means two fields of one kind", arguments: ImportKind.allCases)
    func headersAreUnique(kind: ImportKind) {
        var owners: [String: String] = [:]
        for field in kind.fields {
            for header in [field.name] + field.headers {
                let key = header.lowercased().filter { !"_-. ".contains($0) }
                let owner = owners.updateValue(field.name, forKey: key)
                #expect(owner == nil || owner == field.name, "\(header)")
            }
        }
    }
}

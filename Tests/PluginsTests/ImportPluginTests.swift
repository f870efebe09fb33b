import Foundation
import TestSupport
import Testing

/// Fields, headers and importers of plugins, through the whole program.
@Suite("Imports with plugins")
struct ImportPluginTests {
    private func shop(_ code: String, provides: String) throws -> Shop {
        let shop = try Shop()
        try shop.writePlugin("till", provides: "{ \(provides) }", code)
        let enabled = try shop.enable("till")
        #expect(enabled.status == 0, "\(enabled.errors)")
        return shop
    }

    private static let till = """
        plugin.importer "till" {
          doc = "Lines of the tills: number, card, day and amount, by place.",
          kind = "orders",
          columns = { "order number", "customer", "placed at", "amount" },
          read = function(line, number)
            if line:sub(1, 1) == "#" then return nil end
            if line == "cut off" then return { line } end
            return { line:sub(1, 3), line:sub(4, 7), line:sub(8, 17), tonumber(line:sub(18)) or line:sub(18) }
          end,
        }
        """

    @Test("an importer reads lines by place; what it cannot make is rejected with the line of the file")
    func importer() throws {
        let shop = try shop(Self.till, provides: "\"importers\": [\"till\"]")
        try shop.write(
            "# till 4\r\n\r\nO1 c1  2026-01-02  12.345\r\ncut off\r\nO2 c2  2026-01-03  x\r\n", to: "t.txt")
        let preview = try shop.run("import", "orders", "t.txt", "--importer", "till", "--preview")
        #expect(
            preview.output == """
                orders from t.txt: utf-8, read line by line

                  column        field         type     missing
                  order number  order_number  text
                  customer      customer_id   text      1 of 3
                  placed at     placed_at     instant   1 of 3
                  amount        amount        money     1 of 3

                  line  order_number  customer_id  placed_at            amount
                     3  O1            c1           2026-01-02 00:00:00  1235
                     4                                                          rejected: 1 fields where importer 'till' has 4
                     5                                                          rejected: amount: not a number

                nothing was written

                """, "\(preview.errors)")
        let made = try shop.run("import", "orders", "t.txt", "--importer", "till")
        #expect(made.status == 0, "\(made.errors)")
        #expect(made.output.contains("  1  new\n"), "\(made.output)")
        #expect(
            try shop.folder.read("shop/rejected/orders-t.csv") == """
                file,line,reason,record
                t.txt,4,1 fields where importer 'till' has 4,cut off
                t.txt,5,amount: not a number,O2 c2  2026-01-03  x

                """)
    }

    @Test("an importer that there is not, or of another kind, or beside a delimiter, is refused")
    func refused() throws {
        let shop = try shop(Self.till, provides: "\"importers\": [\"till\"]")
        try shop.write("x\n", to: "t.txt")
        #expect(
            try shop.run("import", "orders", "t.txt", "--importer", "tll").errors
                == "error: there is no importer 'tll'\n  did you mean 'till'?\n")
        #expect(
            try shop.run("import", "customers", "t.txt", "--importer", "till").errors
                == "error: importer 'till' reads orders, not customers\n"
                + "  moonletter import orders FILE --importer till\n")
        let both = try shop.run("import", "orders", "t.txt", "--importer", "till", "--delimiter", "tab")
        #expect(
            both.errors.hasPrefix(
                "Error: --importer says itself what the columns are; leave out --delimiter and --header.\n"))
        _ = try shop.run("plugins", "disable", "till")
        #expect(
            try shop.run("import", "orders", "t.txt", "--importer", "till").errors
                == "error: there is no importer 'till'\n  importers come with plugins: moonletter plugins list\n"
        )
    }

    @Test(
        "what an importer must not give ends the import with the place in the plugin, and nothing is stored",
        arguments: [
            (
                "number == 2 and 5 or { line, \"a\", \"2026-01-01\", 1 }",
                """
                error: 'read' of importer 'bad' gives a list of values, or nothing, got the number 5
                 --> plugins/till/main.lua:1
                """
            ),
            (
                "{ line, \"a\", \"2026-01-01\", number == 1 and 1 or true }",
                """
                error: 'read' of importer 'bad' gives texts and numbers, got true
                 --> plugins/till/main.lua:1
                """
            ),
            (
                "{ line, \"a\", \"2026-01-01\", number == 1 and 1 or error \"no such till\" }",
                "error: no such till\n --> plugins/till/main.lua:2"
            ),
        ])
    func wrong(answer: String, expected: String) throws {
        let shop = try shop(
            """
            plugin.importer "bad" { kind = "orders", columns = { "order", "customer", "date", "amount" },
              read = function(line, number) return \(answer) end }
            """, provides: "\"importers\": [\"bad\"]")
        try shop.write("O1\nO2\n", to: "t.txt")
        let made = try shop.run("import", "orders", "t.txt", "--importer", "bad")
        #expect(made.status == 1)
        #expect(made.errors.hasPrefix(expected), "\(made.errors)")
        #expect(try shop.run("repl", "-e", "customers:count()").output == "0\n")
    }

    @Test(
        "headers of two plugins, and those of a field, mean what the plugins say; the field is known before")
    func headers() throws {
        let shop = try shop(
            """
            plugin.field "card_number" { type = "text", doc = "Number of the card.", headers = { "会员卡" } }
            plugin.headers "customers" { names = { external_id = { "Kundennummer" } } }
            """, provides: "\"fields\": [\"card_number\"], \"headers\": [\"customers\"]")
        try shop.writePlugin(
            "shoes", provides: "{ \"headers\": [\"customers\"] }",
            "plugin.headers \"customers\" { names = { city = { \"Ort\" } } }")
        try shop.enable("shoes")
        try shop.write(
            "segment \"carded\" { where = function(c) return c.card_number ~= nil end }\n",
            to: "scripts/a.lua")
        #expect(try shop.run("check").output.contains("card_number") == false)
        #expect(try shop.run("segment", "carded").output == "0\n")
        try shop.write("Kundennummer,会员卡,ort\n7,00123,Ulm\n8,,Bonn\n", to: "c.csv")
        let made = try shop.run("import", "customers", "c.csv", "--unknown", "drop")
        #expect(made.status == 0 && made.errors.isEmpty, "\(made)")
        #expect(
            try shop.run("segment", "carded", "--show", "external_id,card_number,city").output.contains(
                "00123"))
        #expect(try shop.run("repl", "-e", "?c.card_number").output.contains("Number of the card."))
    }

    @Test(
        "a field, headers or an importer that cannot be leave the plugin out",
        arguments: [
            (
                "\"fields\": [\"city\"]", "plugin.field \"city\" { type = \"text\" }", "a field"
            ),
            (
                "\"fields\": [\"card\"]", "plugin.field \"card\" { type = \"money\" }",
                "'type' of field 'card' takes 'text', 'number', 'integer', 'boolean', 'date', 'time', got 'money'"
            ),
            (
                "\"headers\": [\"orders\"]", "plugin.headers \"orders\" { names = { amount = \"Summe\" } }",
                "'names' of headers 'orders' takes lists of headers by field, such as { order_number = { \"订单编号\" } }, "
                    + "got the text 'Summe'"
            ),
            (
                "\"importers\": [\"x\"]",
                "plugin.importer \"x\" { kind = \"orders\", columns = {}, read = function() end }",
                "'columns' of importer 'x' takes a list of headers, got an empty one"
            ),
        ])
    func unloadable(provides: String, code: String, expected: String) throws {
        let shop = try Shop()
        try shop.writePlugin("till", provides: "{ \(provides) }", code)
        let made = try shop.enable("till")
        #expect(made.status == 1)
        #expect(made.errors.contains(expected), "\(made.errors)")
    }

    @Test("headers of a kind or a field that there is not are an error of the import that names them")
    func unknownHeaders() throws {
        for (name, field, expected) in [
            ("order", "amount", "plugin.headers names 'order', which is no kind of import"),
            ("orders", "order_id", "'order_id' is no field of orders"),
        ] {
            let shop = try shop(
                "plugin.headers \"\(name)\" { names = { \(field) = { \"Summe\" } } }",
                provides: "\"headers\": [\"\(name)\"]")
            try shop.write("id\n1\n", to: "c.csv")
            let made = try shop.run("import", "customers", "c.csv")
            #expect(made.status == 1)
            #expect(
                made.errors.hasPrefix("error: \(expected)\n --> plugins/till/main.lua:1"), "\(made.errors)")
        }
    }
}

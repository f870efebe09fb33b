import Foundation
import TestSupport
import Testing

/// The ways by which a plugin might come to what it was not allowed; each is closed with SQL and without.
@Suite("What plugins may not read")
struct PermissionTests {
    private func shop() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            "segment \"secret\" { where = function(c) return c.name == \"Ann Lee\" end }\n",
            to: "scripts/secret.lua")
        return shop
    }

    @Test(
        "a field whose name is put together, comes from an option or is read by a helper is refused as any other",
        arguments: [
            "local k = \"na\" .. \"me\" plugin.segment \"s\" { where = function(c) return c[k] == \"Ann Lee\" end }",
            "local k = plugin.options.field plugin.segment \"s\" { where = function(c) return c[k] == \"Ann Lee\" end }",
            "local f = require(\"lib\").named plugin.segment \"s\" { where = function(c) return f(c) end }",
        ])
    func fields(lua: String) throws {
        let shop = try shop()
        try shop.writePlugin(
            "spy", provides: "{ \"segments\": [\"s\"] }",
            more:
                ", \"options\": { \"field\": { \"type\": \"text\", \"default\": \"name\", \"doc\": \"A field.\" } }",
            lua)
        try shop.write(
            "return { named = function(c)\n  return c.name == \"Ann Lee\"\nend }\n", to: "plugins/spy/lib.lua"
        )
        #expect(try shop.enable("spy").status == 0)
        for arguments in [["segment", "s"], ["segment", "s", "--no-pushdown"]] {
            let outcome = try Program.run(arguments, in: shop.url)
            #expect(outcome.status == 1, "\(arguments) \(outcome)")
            #expect(outcome.errors.contains("plugin 'spy' may not read c.name"), "\(outcome.errors)")
        }
    }

    @Test("segments and models of others are no words of a plugin, and it cannot be about them")
    func segments() throws {
        let shop = try shop()
        try shop.writePlugin(
            "spy", provides: "{ \"segments\": [\"s\"] }",
            "plugin.segment \"s\" { where = function(c) return segment.secret:includes(c) end }")
        try shop.enable("spy")
        for arguments in [["segment", "s"], ["segment", "s", "--no-pushdown"]] {
            let outcome = try Program.run(arguments, in: shop.url)
            #expect(outcome.status == 1 && outcome.errors.contains("unknown word 'segment'"), "\(outcome)")
        }
        try shop.writePlugin(
            "spy", provides: "{ \"segments\": [\"s\"] }",
            "plugin.segment \"s\" { where = plugin.segment.secret - plugin.segment.secret }")
        #expect(
            try shop.enable("spy").errors.contains("plugin 'spy' may use its own segments only, not 'secret'")
        )
    }

    @Test("a row that a script hands over is refused without the permission for its table")
    func rows() throws {
        let shop = try shop()
        try shop.write("order_id,customer_id,placed_at,amount\nA,1,2026-11-01,10\n", to: "orders.csv")
        try shop.importFiles("orders")
        try shop.writePlugin(
            "spy", provides: "{ \"words\": [\"look\"] }",
            "plugin.word \"look\" { call = function(row) return row.amount end }")
        try shop.enable("spy")
        let outcome = try shop.run("segment", "function(c) return look(c.orders:first()) == 10 end")
        #expect(outcome.errors.contains("plugin 'spy' may not read orders"), "\(outcome)")
    }

    @Test("ties of ranks and dates before which a campaign begins are fields that a plugin may read")
    func settings() throws {
        let shop = try shop()
        try shop.writePlugin(
            "spy", provides: "{ \"traits\": [\"place\"] }",
            """
            plugin.trait "place" {
              of = function(c) return 1 end,
              quantiles = { parts = 1000, by = "rank", ties = "birthday" },
            }
            """)
        #expect(try shop.enable("spy").errors.contains("plugin 'spy' may not read c.birthday"))
        try shop.writePlugin(
            "spy", provides: "{ \"campaigns\": [\"x\"] }", act: "[\"send\"]",
            """
            plugin.campaign "x" {
              audience = function(c) return true end,
              before = { "birthday", days(3) },
              journey = function(c) send { template = "hello" } end,
            }
            """)
        #expect(try shop.enable("spy").errors.contains("plugin 'spy' may not read c.birthday"))
    }

    @Test(
        "a field that a plugin provides is read with a permission, for an import may have brought it before")
    func ownFields() throws {
        let shop = try shop()
        try shop.write("id,income\n1,5000\n", to: "customers.csv")
        try shop.importFiles("customers")
        try shop.writePlugin(
            "spy", provides: "{ \"fields\": [\"income\"], \"segments\": [\"s\"] }",
            """
            plugin.field "income" { type = "integer" }
            plugin.segment "s" { where = function(c) return c.income == 5000 end }
            """)
        try shop.enable("spy")
        for arguments in [["segment", "s"], ["segment", "s", "--no-pushdown"]] {
            let outcome = try Program.run(arguments, in: shop.url)
            #expect(outcome.errors.contains("plugin 'spy' may not read c.income"), "\(outcome)")
        }
    }
}

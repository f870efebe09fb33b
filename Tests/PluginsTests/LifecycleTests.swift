import Foundation
import TestSupport
import Testing

/// A workspace with seven customers in all stages, and the shipped plugin allowed.
private func lifecycleShop() throws -> Shop {
    let shop = try Shop()
    try shop.write(
        """
        email,name,registered
        fay@example.com,Fay,2026-05-01
        gil@example.com,Gil,2026-10-20
        """, to: "customers.csv")
    try shop.write(
        """
        order_id,email,date,amount
        1,ann@example.com,2026-11-20,10
        2,bob@example.com,2026-08-01,20
        3,bob@example.com,2026-10-10,25
        4,cat@example.com,2025-12-10,30
        5,dan@example.com,2025-01-01,40
        6,eve@example.com,2026-09-15,40
        """, to: "orders.csv")
    for arguments in [["customers", "customers.csv"], ["orders", "orders.csv"]] {
        let outcome = try shop.run("import", arguments[0], arguments[1])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
    try shop.copyShipped("lifecycle")
    return shop
}

@Suite("The plugin lifecycle")
struct LifecycleTests {
    @Test("its own tests pass")
    func ownTests() throws {
        let shop = try lifecycleShop()
        let outcome = try shop.run("plugins", "test", "lifecycle")
        #expect(outcome.output.hasSuffix("3 tests, all passed\n"), "\(outcome.output)\(outcome.errors)")
    }

    @Test("transitions between two days add up to all customers of the second day")
    func transitions() throws {
        let shop = try lifecycleShop()
        let outcome = try shop.run("repl", "-e", "transitions(\"2026-10-01\", \"2026-11-01\")")
        #expect(
            outcome.output == """
                from           prospect  new  active  dormant  lost  total
                prospect              2    0       0        0     0      2
                new                   0    0       1        0     0      1
                active                0    0       1        0     0      1
                dormant               0    0       0        1     0      1
                lost                  0    0       0        0     1      1
                not there yet         1    0       0        0     0      1
                total                 3    0       2        1     1      7

                """, "\(outcome.errors)")
    }

    @Test("the word of a plugin is in help and completion, and raises as other words do")
    func commandAsWord() throws {
        let shop = try lifecycleShop()
        let help = try shop.run("repl", "-e", "?transitions")
        #expect(
            help.output.hasPrefix(
                """
                transitions(from, to)
                  How many customers went from which stage to which between two days.
                """), "\(help.output)")
        let later = try shop.run("repl", "-e", "transitions(\"2026-10-01\", \"2027-01-01\")")
        #expect(
            later.errors.hasPrefix(
                "error: 'lifecycle' is asked at a time later than now, of which the store knows nothing yet\n"
            ),
            "\(later.errors)")
    }

    @Test("the section is made with the run and is in its file, so that reports need no plugin")
    func section() throws {
        let shop = try lifecycleShop()
        try shop.write(
            """
            campaign "hello" {
              audience = segment["active-customers"], at = "2026-12-02 10:00", kind = "transactional",
              journey = function(c) send { channel = "email", template = "hello" } end,
            }
            """, to: "scripts/hello.lua")
        try shop.write("---\nsubject: Hi\n---\nHello\n", to: "templates/hello.liquid")
        let outcome = try shop.run("dry-run", "hello", "--days", "2", "--html", "page.html")
        #expect(
            outcome.output.contains(
                """
                From stage to stage in the 30 days before
                  from      prospect  new  active  dormant  lost  total
                  prospect         2    1       0        0     0      3
                  new              0    0       0        0     0      0
                  active           0    0       2        0     0      2
                  dormant          0    0       0        1     0      1
                  lost             0    0       0        0     1      1
                  total            2    1       2        1     1      7

                """), "\(outcome.output)\(outcome.errors)")
        let page = try shop.folder.read("shop/page.html")
        #expect(page.contains("<h2 id=\"section-1\">From stage to stage in the 30 days before</h2>"))
    }

    @Test("a section that fails says why, and the run goes on")
    func failingSection() throws {
        let shop = try Shop()
        try shop.writePlugin(
            "broken", provides: "{ \"sections\": [\"sums\"] }",
            "plugin.section \"sums\" { title = \"Sums\", report = function(run) return { columns = { \"a\" }, rows = { { 1, 2 } } } end }"
        )
        try shop.enable("broken")
        try shop.write(
            "campaign \"hello\" { at = \"2026-12-02 10:00\", audience = function(c) return true end, journey = function(c) note \"x\" end }",
            to: "scripts/hello.lua")
        let outcome = try shop.run("dry-run", "hello", "--days", "2")
        #expect(outcome.status == 0)
        #expect(
            outcome.output.contains(
                "Sums\n  left out: row 1 of section 'sums' is no list of 1 value (plugin broken)\n"),
            "\(outcome.output)\(outcome.errors)")
    }

    @Test("rules cannot count all customers, and a plugin counts by what it may read alone")
    func permissions() throws {
        let shop = try Shop()
        try shop.writePlugin(
            "counting", provides: "{ \"commands\": [\"cities\"], \"traits\": [\"all\"] }",
            """
            plugin.command "cities" { run = function() return #count_by("city", now()) end }
            plugin.trait "all" { of = function(c) return #count_by("all", now()) end }
            """)
        try shop.enable("counting")
        let outcome = try shop.run("repl", "-e", "cities()")
        #expect(
            outcome.errors.contains(
                "plugin 'counting' may not read c.city: its plugin.json does not ask for field:city"),
            "\(outcome.errors)")
    }
}

extension Shop {
    /// Puts a plugin of the checkout into the workspace, and allows all that it asks for.
    func copyShipped(_ name: String) throws {
        let plugins = url.appending(path: "plugins")
        try FileManager.default.createDirectory(at: plugins, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: checkout.appending(path: "plugins/\(name)"), to: plugins.appending(path: name))
        let outcome = try enable(name)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}

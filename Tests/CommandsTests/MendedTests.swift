import Foundation
import TestSupport
import Testing

/// Defects that were found by using the program, each as it was met.
@Suite("Defects that stay mended")
struct MendedTests {
    @Test("addresses in subjects, bodies and errors are masked too, unless revealed")
    func leakedAddresses() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            "---\nsubject: to {{ customer.email }} {{ customer.phone }}\n---\n<p>{{ customer.email }}</p>",
            to: "templates/hello.liquid")
        try shop.write(
            """
            campaign "loud" {
              audience = segment.everyone,
              journey = function(c) error("bad " .. (c.email or "nobody") .. " " .. (c.phone or "")) end,
            }
            """, to: "scripts/loud.lua")
        for format in ["text", "json", "jsonl", "csv"] {
            for campaign in ["hello", "loud"] {
                let masked = try shop.run("dry-run", campaign, "--format", format).output
                #expect(!masked.contains("ming@example.com"), "\(format): \(masked)")
                #expect(!masked.contains("13800000001"), "\(format): \(masked)")
            }
            let revealed = try shop.run("dry-run", "hello", "--format", format, "--reveal").output
            #expect(revealed.contains("ming@example.com"))
        }
    }

    @Test("Ctrl-C ends a rule that never does, even where it swallows errors")
    func endlessRule() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.set("budgets = { predicate = { seconds = 3600, steps = 1000000000000000 } }")
        try shop.write(
            """
            segment "loop" { where = function(c)
              while true do pcall(function() while true do end end) end
            end }
            campaign "loop" { audience = segment.loop, journey = function(c) end }
            """, to: "scripts/loop.lua")
        let runs = shop.url.path + "/runs"
        let outcome = try Program.run(["dry-run", "loop"], in: shop.url, signal: SIGINT) {
            (try? FileManager.default.contentsOfDirectory(atPath: runs).isEmpty) == false
        }
        #expect(outcome.status == 130)
        #expect(outcome.errors == "error: the dry run was stopped; no run file was written\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: runs) == [])
    }

    @Test(
        "a full standard output is an error",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullOutput() throws {
        let shop = try Shop()
        try shop.fill()
        let process = Process()
        process.executableURL = Program.url
        process.arguments = ["dry-run", "--format", "csv"]
        process.currentDirectoryURL = shop.url
        process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        #expect(text.hasPrefix("error: standard output could not be written: No space left on device\n"))
    }

    @Test("numbers of a column are read with the sign that the column shows")
    func decimalComma() throws {
        let shop = try Shop()
        try shop.write(
            "order_number;email;date;amount\n1;a@b.cn;2024-01-01;1.234,56\n2;a@b.cn;2024-01-01;2,50\n"
                + "3;a@b.cn;2024-01-01;1.000\n", to: "orders.csv")
        #expect(try shop.run("import", "orders", "orders.csv").status == 0)
        try shop.write(
            "segment \"a\" { where = function(c) return c.total_spent == 2237.06 end }", to: "scripts/a.lua")
        #expect(try shop.run("segment", "a").output == "1\n")
    }

    @Test("the yen sign is no currency of a workspace in pounds")
    func yenInPounds() throws {
        let folder = try TemporaryFolder()
        _ = try Program.run(["init", "shop", "--currency", "GBP"], in: folder.url)
        try folder.write("order_number,email,date,amount\n1,a@b.cn,2024-01-01,¥5\n", to: "orders.csv")
        let outcome = try Program.run(
            ["import", "orders", "orders.csv", "--workspace", "shop"], in: folder.url)
        #expect(outcome.output.contains("1  amount: another currency than GBP"), "\(outcome.output)")
    }

    @Test("doctor finds a table or an index that is gone, and makes the facts anew where their table is")
    func damagedSchema() throws {
        let shop = try Shop()
        try shop.fill()
        let database = shop.url.appending(path: "crm.sqlite").path
        for (damage, found) in [
            ("DROP INDEX orders_key", "index orders_key is missing"),
            ("DROP TABLE tags", "table tags is missing"),
            ("CREATE TABLE extra (a)", "table extra is not Moonletter's"),
        ] {
            try sqlite(database, damage)
            let outcome = try shop.run("doctor")
            #expect(outcome.status == 1)
            #expect(outcome.output.contains(found), "\(outcome.output)")
        }
        let other = try Shop()
        try other.fill()
        try sqlite(other.url.appending(path: "crm.sqlite").path, "DROP TABLE customer_facts")
        #expect(try other.run("doctor").status == 1)
        let mended = try other.run("doctor", "--rebuild-facts")
        #expect(mended.status == 0, "\(mended.output)")
    }

    @Test("an interrupted init leaves nothing, and can be tried again")
    func interruptedInit() throws {
        let folder = try TemporaryFolder()
        let outcome = try Program.run(["init", "shop", "--demo"], in: folder.url, signal: SIGINT) {
            (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty) == false
        }
        #expect(outcome.status == 130)
        #expect(outcome.errors == "error: making shop was stopped; nothing was made\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
        #expect(try Program.run(["init", "shop", "--demo", "--customers", "50"], in: folder.url).status == 0)
    }

    @Test("an error inside a template is at the place of the output")
    func templateLine() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            "---\nsubject: x\n---\none\n{{ customer.id | divided_by: 0 }}\n", to: "templates/hello.liquid")
        let outcome = try shop.run("dry-run", "hello")
        #expect(outcome.output.contains("divided by 0 (templates/hello.liquid:5:4)"), "\(outcome.output)")
    }

    @Test("a slip in the field of --map is told, and makes no attribute")
    func mapSlip() throws {
        let shop = try Shop()
        try shop.write("id,who\n1,Ann\n", to: "a.csv")
        let outcome = try shop.run("import", "customers", "a.csv", "--map", "who=nme")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("did you mean 'name'?"), "\(outcome.errors)")
    }

    @Test("a segment defined while rules run is refused")
    func lateSegment() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            "segment \"late\" { where = function(c) segment \"z\" { where = function() end } return true end }",
            to: "scripts/late.lua")
        let outcome = try shop.run("segment", "late")
        #expect(
            outcome.errors.hasPrefix("error: segment works only at the top of a script"), "\(outcome.errors)")
    }

    @Test("a combination of segments can be counted without giving it a name")
    func combination() throws {
        let shop = try Shop()
        try shop.fill()
        #expect(try shop.run("segment", "segment.everyone - segment.everyone").output == "0\n")
        #expect(try shop.run("segment", "function(c) return c.id > 3 end", "--ids").output == "4\n5\n")
    }

    @Test("what an earlier import rejected is not overwritten")
    func rejectsKept() throws {
        let shop = try Shop()
        for (folder, date) in [("may", "2024-02-30"), ("june", "2024-02-31")] {
            try shop.write("order_number,email,date,amount\n1,a@b.cn,\(date),5\n", to: "\(folder)/orders.csv")
            #expect(try shop.run("import", "orders", "\(folder)/orders.csv").status == 0)
        }
        #expect(try shop.folder.read("shop/rejected/orders-orders.csv").contains("2024-02-30"))
        #expect(try shop.folder.read("shop/rejected/orders-orders-2.csv").contains("2024-02-31"))
    }

    private func sqlite(_ path: String, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Traits over the whole population in commands")
struct PopulationTests {
    private let shop: Shop

    init() throws {
        shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            trait "age_rank" { doc = "Who registered first", of = function(c) return c.registered_at end,
              rank = { ties = "min" } }
            trait "waited" { type = "integer", of = function(c) return (now() - c.registered_at) // 86400 end }
            trait "waited_rank" { of = function(c) return c.waited end, rank = true }
            segment "oldest" { where = function(c) return c.age_rank == 1 end }
            test("the oldest", function()
              expect(segment.oldest:includes(customer_like { age_rank = 1 })).is(true)
              expect(segment.oldest:includes(customer_like { age_rank = 2 })).is(false)
              expect(segment.oldest:includes(customer_like {})).is(false)
            end)
            """, to: "scripts/ranks.lua")
    }

    private func kept() throws -> String {
        let lines = try shop.dump().split(separator: "\n").filter { $0.hasPrefix("INSERT INTO populations ") }
        return lines.map { $0.split(separator: "'")[1] }.joined(separator: " ")
    }

    @Test("they are columns of a segment, and kept as long as the data are the same")
    func columns() throws {
        for _ in 1...2 {
            let outcome = try shop.run("segment", "oldest", "--show", "age_rank,waited,waited_rank")
            #expect(outcome.errors == "")
            #expect(
                outcome.output == """
                    id  age_rank  waited  waited_rank
                     3         1     575            4
                     4         1     575            5

                    """)
            #expect(try kept() == "age_rank waited_rank")
        }
        // Another time is no reason to compute what does not ask for it.
        _ = try shop.run("segment", "oldest", "--show", "waited_rank", "--now", "2026-12-02")
        #expect(try kept() == "age_rank waited_rank waited_rank")
        // One who registered before.
        try shop.write("id,name,registered_at\n6,Old One,2020-01-01\n", to: "customers.csv")
        try shop.importFiles("customers")
        #expect(try shop.run("segment", "oldest", "--ids").output == "6\n")
        #expect(try kept() == "age_rank")
    }

    @Test("as of a past time it is who stood there then")
    func past() throws {
        let outcome = try shop.run("segment", "function(c) return c.age_rank == 3 end", "--ids")
        #expect(outcome.output == "2\n", "\(outcome.errors)")
        let before = try shop.run(
            "segment", "function(c) return c.age_rank == 3 end", "--ids", "--now", "2026-01-01")
        #expect(before.output == "", "\(before.errors)")
    }

    @Test("a dry run has them in rules and messages, with any number of threads")
    func dryRun() throws {
        try shop.write("Hello number {{ customer.age_rank }}", to: "templates/hello.sms.liquid")
        try shop.write(
            """
            campaign "oldest" {
              audience = segment.oldest,
              journey = function(c) if c.age_rank == 1 then send { template = "hello" } end end,
            }
            """, to: "scripts/oldest.lua")
        let preview = try shop.run("preview", "oldest", "--customer", "3")
        #expect(preview.output.contains("Hello number 1"), "\(preview)")
        let run = try shop.run("dry-run", "oldest")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try shop.run("explain", "oldest").output.contains("SQL decides all of it."))
        let repl = try shop.run(
            "repl", "--execute", "customers:where(function(c) return c.age_rank == 1 end):count()")
        #expect(repl.output == "2\n", "\(repl)")
    }

    @Test("a test says them of its customers")
    func inTests() throws {
        let outcome = try shop.run("test")
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test("where another program holds the store they are computed all the same")
    func locked() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", shop.url.appending(path: "crm.sqlite").path]
        let input = Pipe()
        let output = Pipe()
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data("BEGIN IMMEDIATE;\nSELECT 'held';\n".utf8))
        _ = try output.fileHandleForReading.read(upToCount: 5)
        let outcome = try shop.run("segment", "oldest", "--ids")
        #expect(outcome.output == "3\n4\n", "\(outcome.errors)")
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(try kept() == "")
    }
}

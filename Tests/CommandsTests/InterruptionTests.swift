import Foundation
import TestSupport
import Testing

@Suite("Interruptions")
struct InterruptionTests {
    /// A workspace with one customer, and a file that takes a while to import.
    private func shopWithLongFile() throws -> (Shop, file: String) {
        let shop = try Shop()
        try shop.write("id,name\nfirst,Ann\n", to: "first.csv")
        #expect(try shop.run("import", "customers", "first.csv").status == 0)
        var text = "order_number,customer_id,date,amount\n"
        for number in 0..<200_000 { text += "N\(number),C\(number % 5000),2026-01-01,9.50\n" }
        return (shop, try shop.write(text, to: "orders.csv"))
    }

    /// Half the time that the whole import takes, measured in a workspace of its own: a signal then finds it at
    /// work, on a fast machine as on a slow one.
    private func half(_ file: String) throws -> TimeInterval {
        let other = try Shop()
        let started = Date()
        #expect(try other.run("import", "orders", file).status == 0)
        return Date().timeIntervalSince(started) / 2
    }

    @Test("an import that is killed leaves the store as it was, and the next one stores everything")
    func killed() throws {
        let (shop, file) = try shopWithLongFile()
        let before = try shop.dump()
        let outcome = try Program.run(
            ["import", "orders", file], in: shop.url, signal: SIGKILL, after: half(file))
        #expect(outcome.status == -SIGKILL)
        #expect(try shop.dump() == before)
        let again = try shop.run("import", "orders", file)
        #expect(again.output.contains("200,000  new"), "\(again.output)\(again.errors)")
        #expect(try shop.run("doctor").status == 0)
    }

    @Test("Ctrl-C during an import stores nothing and says so")
    func interruptedImport() throws {
        let (shop, file) = try shopWithLongFile()
        let before = try shop.dump()
        let outcome = try Program.run(
            ["import", "orders", file], in: shop.url, signal: SIGINT, after: half(file))
        #expect(outcome.status == 1)
        #expect(
            outcome.errors
                == "error: the import was cancelled; nothing was changed\n  run it again to start anew\n")
        #expect(try shop.dump() == before)
    }

    @Test("Ctrl-C during a dry run leaves no run file")
    func interruptedDryRun() throws {
        let (shop, file) = try shopWithLongFile()
        #expect(try shop.run("import", "orders", file).status == 0)
        try shop.write(
            """
            segment "slow" { where = function(c)
              local n = 0
              for i = 1, 100000 do n = n + i end
              return n > 0
            end }
            campaign "slow" { audience = segment.slow, journey = function(c) end }
            """, to: "scripts/slow.lua")
        let runs = shop.url.path + "/runs"
        let outcome = try Program.run(["dry-run"], in: shop.url, signal: SIGINT) {
            // The partial file is there when the run has begun.
            (try? FileManager.default.contentsOfDirectory(atPath: runs).isEmpty) == false
        }
        #expect(outcome.status == 1)
        #expect(outcome.errors == "error: the dry run was stopped; no run file was written\n")
        #expect(try FileManager.default.contentsOfDirectory(atPath: runs) == [])
    }

    @Test("on a terminal an import shows a progress bar with the rate and the time left")
    func progressBar() throws {
        let (shop, file) = try shopWithLongFile()
        let outcome = try Program.runOnTerminal(["import", "orders", file], in: shop.url)
        #expect(outcome.status == 0)
        #expect(
            outcome.output.contains(#/storing [█░]{24} \d+ % · \d+ rows/s · \d+ s left/#), "\(outcome.output)"
        )
    }
}

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

    /// Sends a signal to an import at half of the time that one takes in a workspace of its own. A machine that was
    /// busy meanwhile and is no longer ends the import sooner: then again, in half the time.
    private func interrupted(_ number: Int32) throws -> (Shop, before: String, Program.Outcome) {
        let (other, file) = try shopWithLongFile()
        let started = Date()
        #expect(try other.run("import", "orders", file).status == 0)
        var seconds = Date().timeIntervalSince(started) / 2
        while true {
            let (shop, file) = try shopWithLongFile()
            let before = try shop.dump()
            let outcome = try Program.run(
                ["import", "orders", file], in: shop.url, signal: number, after: seconds)
            if outcome.status != 0 || seconds < 0.02 { return (shop, before, outcome) }
            seconds /= 2
        }
    }

    @Test("an import that is killed leaves the store as it was, and the next one stores everything")
    func killed() throws {
        let (shop, before, outcome) = try interrupted(SIGKILL)
        #expect(outcome.status == -SIGKILL)
        #expect(try shop.dump() == before)
        let again = try shop.run("import", "orders", "orders.csv")
        #expect(again.output.contains("200,000  new"), "\(again.output)\(again.errors)")
        #expect(try shop.run("doctor").status == 0)
    }

    @Test("Ctrl-C during an import stores nothing and says so")
    func interruptedImport() throws {
        let (shop, before, outcome) = try interrupted(SIGINT)
        #expect(outcome.status == 130)
        #expect(
            outcome.errors
                == "error: the import was cancelled; nothing was changed\n  run it again to start anew\n")
        #expect(try shop.dump() == before)
    }

    @Test("Ctrl-C during a dry run leaves no run file, on any number of threads", arguments: ["1", "2"])
    func interruptedDryRun(threads: String) throws {
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
        let outcome = try Program.run(["dry-run", "--threads", threads], in: shop.url, signal: SIGINT) {
            // The partial file is there when the run has begun.
            (try? FileManager.default.contentsOfDirectory(atPath: runs).isEmpty) == false
        }
        #expect(outcome.status == 130)
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

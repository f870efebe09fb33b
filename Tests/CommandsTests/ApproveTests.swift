import Foundation
import TestSupport
import Testing

@Suite("Approving runs")
struct ApproveTests {
    @Test("a run is approved, and what changes from then on is its drift")
    func approval() throws {
        let shop = try Shop.ofTwoCampaigns()
        #expect(try shop.run("dry-run", "--days", "3", "--bodies").status == 0)
        let name = "2026-12-01-2-campaigns"
        var text = ""
        func show(_ arguments: String..., status: Int32 = 0) throws {
            let outcome = try Program.run(arguments, in: shop.url)
            #expect(outcome.status == status)
            text += "$ moonletter \(arguments.joined(separator: " "))\n\(outcome.output)\(outcome.errors)\n"
        }
        try show("approvals")
        try show("drift", name, status: 1)
        try show("approve", name, "--by", "Li Na")
        try show("approve", name, "--by", "王芳")
        try show("approvals")
        try show("drift", name)
        // A customer withdraws, another gets an address, and a template changes.
        try shop.write(
            "customer_id,channel,status,time\n5,email,withdrawn,2026-12-01 10:00\n4,email,granted,2026-12-01\n",
            to: "later.csv")
        #expect(try shop.run("import", "consents", "later.csv").status == 0)
        try shop.write("---\nsubject: \"News!\"\n---\n<p>News</p>\n", to: "templates/news.liquid")
        try show("drift", name, status: 1)
        try show("drift", name, "--threshold", "90")
        try shop.set("drift_threshold = 90")
        try show("drift", name, "--format", "json")
        try expectGolden(text, "compare/approval.txt")
    }

    @Test("a run file that was altered is neither approved nor taken for the one that was")
    func altered() throws {
        let shop = try Shop.ofTwoCampaigns()
        #expect(try shop.run("dry-run", "hello", "--days", "1").status == 0)
        let run = "runs/2026-12-01-hello.run"
        #expect(try shop.run("approve", run, "--by", "Li").status == 0)
        func sqlite(_ sql: String) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["sqlite3", shop.url.appending(path: run).path, sql]
            try process.run()
            process.waitUntilExit()
        }
        try sqlite("UPDATE decisions SET outcome = 'sent', reason = NULL WHERE outcome <> 'sent'")
        let altered = """
            error: the decisions in \(run) were altered after the run was made
              restore the file, or make the run again with: moonletter dry-run

            """
        #expect(try shop.run("drift", run).errors == altered)
        #expect(try shop.run("approve", run, "--by", "Li").errors == altered)
        try FileManager.default.removeItem(at: shop.url.appending(path: run))
        #expect(try shop.run("dry-run", "hello", "--days", "1", "--from", "2026-12-02").status == 0)
        try FileManager.default.moveItem(
            at: shop.url.appending(path: "runs/2026-12-02-hello.run"), to: shop.url.appending(path: run))
        #expect(
            try shop.run("drift", run).errors == """
                error: \(run) is no longer the run that Li approved: its decisions are others
                  restore the file, or look at it and: moonletter approve \(run)

                """)
    }

    @Test("a run with a response of the scripts is made again with it")
    func response() throws {
        let shop = try Shop.ofTwoCampaigns()
        try shop.write(
            "response \"eager\" { rates = function(c, m) return { open = 0.5 } end }\n",
            to: "scripts/eager.lua")
        #expect(try shop.run("dry-run", "hello", "--days", "3", "--assume", "eager").status == 0)
        #expect(try shop.run("approve", "2026-12-01-hello", "--by", "Li").status == 0)
        let drift = try shop.run("drift", "2026-12-01-hello")
        #expect(drift.status == 0 && drift.errors == "")
        #expect(drift.output.contains("drift 0 %"))
    }

    @Test("a run file that is damaged is told, whatever reads it, with what to do")
    func damaged() throws {
        let shop = try Shop.ofTwoCampaigns()
        #expect(try shop.run("dry-run", "hello", "--days", "1").status == 0)
        let path = shop.url.appending(path: "runs/2026-12-01-hello.run")
        let copy = shop.url.appending(path: "runs/copy.run")
        func errors(_ change: (URL) throws -> Void) throws -> [String] {
            try? FileManager.default.removeItem(at: copy)
            try FileManager.default.copyItem(at: path, to: copy)
            try change(copy)
            return try [["compare", "2026-12-01-hello", "copy"], ["approve", "copy", "--by", "Li"]].map {
                arguments in
                let outcome = try Program.run(arguments, in: shop.url)
                return outcome.errors.replacing(copy.path, with: "FILE")
            }
        }
        func sqlite(_ sql: String) -> (URL) throws -> Void {
            { url in
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments = ["sqlite3", url.path, sql]
                try process.run()
                process.waitUntilExit()
            }
        }
        let again = "  make the run again with: moonletter dry-run\n"
        let damaged = "error: FILE is damaged\n\(again)"
        let cutOff = "error: FILE cannot be read: SQLite reports: database disk image is malformed\n\(again)"
        let noRun = "error: FILE is not a run file\n  name a file that moonletter dry-run has made\n"
        #expect(
            try errors { try FileHandle(forWritingTo: $0).truncate(atOffset: 9000) } == [cutOff, cutOff])
        #expect(
            try errors {
                try FileManager.default.removeItem(at: $0)
                try FileManager.default.createDirectory(at: $0, withIntermediateDirectories: false)
            } == [noRun, noRun])
        for text in ["9223372036854775807", "-9223372036854775808", "soon"] {
            #expect(
                try errors(sqlite("UPDATE run SET value = '\(text)' WHERE name = 'now'")) == [
                    damaged, damaged,
                ])
        }
        let lists = try errors(sqlite("UPDATE decisions SET outcome = 'failed', displaced_by = 'news'"))
        #expect(lists[0] == damaged)
    }

    @Test("who approves is asked for where nobody is logged in")
    func nobody() throws {
        let shop = try Shop.ofTwoCampaigns()
        #expect(try shop.run("dry-run", "hello", "--days", "0").status == 0)
        let outcome = try shop.run("approve", "2026-12-01-hello", "--by", " ")
        #expect(
            outcome.errors == """
                error: nobody is named who approves the run, and $USER is not set
                  add --by NAME

                """)
        #expect(
            try shop.run("drift", "2026-12-01-hello", "--threshold", "101").errors.hasPrefix(
                "Error: --threshold takes a number of percent from 0 to 100."))
    }
}

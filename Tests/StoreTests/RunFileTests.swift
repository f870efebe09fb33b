import Catalog
import Diagnostics
import Foundation
import GRDB
import Store
import Testing
import TestSupport

@Suite("Run files")
struct RunFileTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("a.run") }
    private let header = RunHeader(
        now: -5, timeZone: "Asia/Shanghai", seed: .max, currency: "CNY", sources: "0f", customers: 3,
        until: 86_395,
        responses: "open=0.5", prices: [.email: 0.001, .wecom: 2])

    init() throws {
        folder = try TemporaryFolder()
    }

    private var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }
    }

    private func decision(_ number: Int) -> Decision {
        if number == 0 {
            return Decision(
                customer: 1, campaign: "win-back", step: "s", script: "a.lua:1", time: 1, localTime: "t",
                outcome: .skipped, reason: .noAddress)
        }
        return Decision(
            customer: Int64(number), campaign: "生日", step: "步", script: "scripts/a.lua:\(number)",
            time: Int64(number),
            localTime: "2026-12-01 10:00:00", channel: Channel.allCases[number % 3],
            address: "a\(number)@example.com",
            outcome: Outcome.allCases[number % 5],
            reason: number % 2 == 0 ? nil : Reason.allCases[number % Reason.allCases.count],
            detail: "", subject: "Hello 😀", bodyHash: "00", scheduled: number % 4 == 0 ? 0 : nil,
            heldBy: number % 4 == 0 ? .frequencyCap : nil,
            displacedBy: number % 4 == 0 ? ["a, b", "\"生日\""] : [], variant: number % 3 == 0 ? "long" : nil,
            parts: number % 3 == 1 ? 2 : nil, place: number)
    }

    @Test("a full disk leaves nothing of a run that cannot begin", .enabled(if: TinyDisk.isPossible))
    func fullDisk() throws {
        let disk = try TinyDisk(bytes: 1 << 20)
        let filler = open(disk.url.appending(path: "filler").path, O_CREAT | O_WRONLY, 0o600)
        defer { close(filler) }
        let block = [UInt8](repeating: 1, count: 4096)
        while write(filler, block, block.count) > 0 {}
        #expect(throws: StoreError.self) { try RunFileWriter(path: disk.url.appending(path: "a.run").path) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.url.path) == ["filler"])
    }

    @Test("a finished run reads back as it was written", arguments: [0, 1, 4096, 5000])
    func roundTrip(count: Int) throws {
        let decisions = (0..<count).map(decision)
        let campaigns = [
            RunCampaign(
                name: "win-back", description: "", audience: "segment.a", audienceCount: 2, silentCount: 1,
                goals: [
                    RunGoal(variant: "a", isHeldOut: false, journeys: 5, met: 3),
                    RunGoal(variant: "a", isHeldOut: true, journeys: 2, met: 0),
                ]),
            RunCampaign(
                name: "生日", description: "d", audience: "~segment.b", hasAudience: false,
                audienceCount: 0, silentCount: 0),
        ]
        let samples = [
            RunSample(customer: 1, campaign: "生日", channel: .sms, address: "+86", subject: nil, body: "b\n"),
            RunSample(
                customer: 1, campaign: "win-back", channel: .email, address: "a@b", subject: "s",
                preheader: "p", body: "",
                text: "t", fromName: "茶", replyTo: "r@b", parts: 3),
        ]
        let problems = [
            RunProblem(campaign: "生日", location: "a.liquid:3", message: "m", count: 2, customer: 1)
        ]
        let flow = [
            RunFlow(campaign: "win-back", source: nil, answer: "", target: "a.lua:1", word: "send", count: 2),
            RunFlow(
                campaign: "win-back", source: "a.lua:1", answer: "sent", target: nil, word: "end", count: 2),
        ]
        let events = (0..<count).map { number in
            RunEvent(
                customer: Int64(number), campaign: "生日", time: Int64(number),
                localTime: number % 3 == 0 ? nil : "2026-12-01 09:00:00", word: "task",
                script: number % 2 == 0 ? nil : "a.lua:2", subject: "t", owner: "张经理", due: 9, place: number)
        }
        let writer = try RunFileWriter(path: path, scripts: ["a.lua": "send {}\n"])
        for decision in decisions { try writer.record(decision) }
        for event in events { try writer.record(event) }
        try writer.finish(header, campaigns, flow, samples, problems)
        #expect(try files == ["a.run"])

        let run = try RunFile(path: path)
        #expect(try run.header() == header)
        #expect(try run.campaigns() == campaigns)
        #expect(try run.scripts() == ["a.lua": "send {}\n"])
        #expect(try run.flow() == flow)
        #expect(try run.samples() == samples)
        var told: [RunEvent] = []
        try run.forEachEvent { told.append($0) }
        #expect(told == events)
        #expect(try run.problems() == problems)
        var read: [Decision] = []
        try run.forEachDecision { read.append($0) }
        #expect(read == decisions)
        #expect(try run.tallies().map(\.count).reduce(0, +) == count)
        for tally in try run.tallies() {
            let same = decisions.filter {
                $0.campaign == tally.campaign && $0.step == tally.step && $0.channel == tally.channel
                    && $0.outcome == tally.outcome && $0.reason == tally.reason
                    && ($0.outcome != .sent ? nil : $0.displacedBy.isEmpty ? $0.heldBy : .frequencyCap)
                        == tally.heldBy
            }
            #expect(same.count == tally.count)
        }
    }

    @Test("each different message is kept once, and found by its hash")
    func bodies() throws {
        let bodies = (0..<600).map { number in
            RunBody(
                hash: "\(number % 300)", subject: number == 5 ? nil : "s", preheader: "p", fromName: "茶",
                replyTo: "r@b", body: "<p>\(number % 300)</p>", text: number == 7 ? nil : "t")
        }
        let writer = try RunFileWriter(path: path)
        for body in bodies { try writer.record(body) }
        try writer.finish(header, [], [], [], [])
        let run = try RunFile(path: path)
        #expect(
            try run.bodies(["5", "7", "299", "300"]) == ["5": bodies[5], "7": bodies[7], "299": bodies[299]])
    }

    @Test("a run that begins anew keeps nothing of what came before", arguments: [1, 5000])
    func restart(count: Int) throws {
        let writer = try RunFileWriter(path: path)
        for number in 0..<count {
            try writer.record(decision(number))
            try writer.record(RunEvent(customer: 1, campaign: "a", time: 1, word: "limit"))
        }
        try writer.restart()
        try writer.record(decision(7))
        try writer.record(RunEvent(customer: 2, campaign: "b", time: 1, word: "limit"))
        try writer.finish(header, [], [], [], [])
        let run = try RunFile(path: path)
        var read: [Decision] = []
        try run.forEachDecision { read.append($0) }
        #expect(read == [decision(7)])
        #expect(try run.refusals() == ["b": 1])
    }

    @Test("a run that was not finished leaves nothing")
    func unfinished() throws {
        do {
            let writer = try RunFileWriter(path: path)
            for number in 0..<5_000 { try writer.record(decision(number)) }
            #expect(try files.count == 1)
            #expect(try files.allSatisfy { $0.hasPrefix("a.run.") && $0.hasSuffix(".partial") })
        }
        #expect(try files.isEmpty)
    }

    @Test("what a killed run left behind is removed, what a living one writes is not")
    func leftover() throws {
        // No process has the highest number that there can be.
        try folder.write("half", to: "a.run.2147483647-x.partial")
        try folder.write("half", to: "a.run.\(ProcessInfo.processInfo.processIdentifier)-x.partial")
        try RunFileWriter(path: path).finish(header, [], [], [], [])
        #expect(
            try files.sorted() == ["a.run", "a.run.\(ProcessInfo.processInfo.processIdentifier)-x.partial"])
    }

    @Test("a file that is there already is not overwritten, and two runs at a time keep their own")
    func existing() throws {
        let first = try RunFileWriter(path: path)
        let second = try RunFileWriter(path: path)
        try folder.write("mine", to: "a.run")
        var other = header
        other.customers = 7
        try second.finish(other, [], [], [], [])
        try first.finish(header, [], [], [], [])
        #expect(try files.sorted() == ["a-2.run", "a-3.run", "a.run"])
        #expect(try folder.read("a.run") == "mine")
        #expect(second.path == folder.path("a-2.run"))
        #expect(try RunFile(path: second.path).header() == other)
        #expect(try RunFile(path: first.path).header() == header)
        let nowhere = folder.path("no/a.run")
        #expect(throws: StoreError.readOnly(path: nowhere)) { try RunFileWriter(path: nowhere) }
    }

    @Test("a run that is finished takes no more")
    func finished() throws {
        let writer = try RunFileWriter(path: path)
        try writer.finish(header, [], [], [], [])
        #expect(throws: StoreError.readOnly(path: path)) { try writer.finish(header, [], [], [], []) }
        #expect(try RunFile(path: path).header() == header)
    }

    @Test("a run file of another version is refused, and one that lacks something is damaged")
    func versions() throws {
        try RunFileWriter(path: path).finish(header, [], [], [], [])
        func behindTheFile(_ sql: String) throws {
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: sql) }
            try queue.close()
        }
        try behindTheFile("DELETE FROM run WHERE name = 'seed'")
        #expect(throws: RunFileError.incomplete(path: path)) { try RunFile(path: path).header() }
        try behindTheFile("PRAGMA user_version = 0")
        #expect(throws: RunFileError.older(path: path)) { try RunFile(path: path) }
        try behindTheFile("PRAGMA user_version = 1000")
        #expect(throws: RunFileError.newer(path: path)) { try RunFile(path: path) }
    }

    @Test(
        "every error names the file and offers the next step",
        arguments: [
            (
                .missing(path: "a"), "there is no run file a",
                "name one of those in runs/, or make one with: moonletter dry-run"
            ),
            (.foreign(path: "a"), "a is not a run file", "name a file that moonletter dry-run has made"),
            (
                .older(path: "a"), "a was made by an older version of Moonletter, which kept less of a run",
                "make the run again with: moonletter dry-run"
            ),
            (.newer(path: "a"), "a was made by a newer version of Moonletter", "update Moonletter"),
            (.incomplete(path: "a"), "a is damaged", "make the run again with: moonletter dry-run"),
        ] as [(RunFileError, String, String)])
    func words(error: RunFileError, message: String, hint: String) {
        #expect(error.diagnostic == Diagnostic(message, hint: hint))
    }

    @Test("what is no run file is refused")
    func foreign() throws {
        #expect(throws: RunFileError.missing(path: path)) { try RunFile(path: path) }
        try folder.write(String(repeating: "no database ", count: 100), to: "a.run")
        #expect(throws: RunFileError.foreign(path: path)) { try RunFile(path: path) }
        let store = folder.path("crm.sqlite")
        _ = try Store(creating: store, currency: "CNY")
        #expect(throws: RunFileError.foreign(path: store)) { try RunFile(path: store) }
        try RunFileWriter(path: folder.path("b.run")).finish(header, [], [], [], [])
        #expect(throws: StoreError.foreign(path: folder.path("b.run"))) {
            try Store(opening: folder.path("b.run"))
        }
    }
}

import Basics
import Catalog
import Foundation
import GRDB
import Store
import Testing
import TestSupport

@Suite("Two run files side by side")
struct RunPairTests {
    private let folder: TemporaryFolder
    private let header = RunHeader(
        now: 0, timeZone: "Asia/Shanghai", seed: 1, currency: "CNY", sources: "s", customers: 3)

    init() throws {
        folder = try TemporaryFolder()
    }

    private func file(_ decisions: [Decision], _ name: String) throws -> RunFile {
        let writer = try RunFileWriter(path: folder.path("\(name).run"))
        for decision in decisions { try writer.record(decision) }
        try writer.finish(header, [], [], [], [])
        return try RunFile(path: writer.path)
    }

    private func decision(
        _ customer: Int64, _ campaign: String = "a", _ step: String = "s", time: Int64 = 0,
        outcome: Outcome = .sent
    ) -> Decision {
        Decision(
            customer: customer, campaign: campaign, step: step, script: "a.lua:1", time: time,
            localTime: "t", outcome: outcome, reason: outcome == .sent ? nil : .noConsent, bodyHash: "h")
    }

    /// `1 a s 2: 5 –`: customer, campaign, step, number, the times in both.
    private func lines(_ first: RunFile, _ second: RunFile) throws -> [String] {
        var lines: [String] = []
        try RunFile.forEachPair(first, second) { pair in
            let either = try #require(pair.before ?? pair.after)
            func time(_ decision: ComparedDecision?) -> String { decision.map { "\($0.time)" } ?? "–" }
            lines.append(
                "\(either.customer) \(either.campaign) \(either.step) \(pair.number): \(time(pair.before)) "
                    + time(pair.after))
        }
        return lines
    }

    @Test("decisions are matched by customer, campaign, step and how often they came before")
    func matching() throws {
        let first = try file(
            [
                decision(2, "b"), decision(1, time: 5), decision(1, time: 3), decision(1, "a", "t"),
                decision(3, "é"), decision(9), decision(9, time: 1),
            ], "first")
        let second = try file(
            [
                decision(1, time: 4), decision(2, "a"), decision(2, "b", time: 7), decision(3, "e\u{301}"),
                decision(1, time: 6), decision(1, time: 8),
            ], "second")
        #expect(
            try lines(first, second) == [
                "1 a s 1: 3 4", "1 a s 2: 5 6", "1 a s 3: – 8", "1 a t 1: 0 –", "2 a s 1: – 0",
                "2 b s 1: 0 7", "3 e\u{301} s 1: – 0", "3 é s 1: 0 –", "9 a s 1: 0 –", "9 a s 2: 1 –",
            ])
        let none = try file([], "none")
        #expect(try lines(none, none) == [])
        #expect(try lines(none, second).count == 6)
    }

    @Test("the pairs are those of a dictionary, whatever the order in the files", arguments: 0..<20)
    func random(seed: UInt64) throws {
        struct Place: Hashable {
            var customer: Int64
            var campaign: String
            var step: String
        }
        var random = SplitMix64(seed: seed)
        func decisions() -> [Decision] {
            (0..<Int.random(in: 0...200, using: &random)).map { _ in
                decision(
                    .random(in: 1...20, using: &random),
                    ["a", "ab", "b"].randomElement(using: &random) ?? "",
                    ["", "s", "步"].randomElement(using: &random) ?? "",
                    time: .random(in: 0...1_000_000, using: &random))
            }
        }
        func grouped(_ decisions: [Decision]) -> [Place: [Int64]] {
            Dictionary(grouping: decisions) {
                Place(customer: $0.customer, campaign: $0.campaign, step: $0.step)
            }.mapValues { $0.map(\.time).sorted() }
        }
        let (first, second) = (decisions(), decisions())
        var found: [Place: [[Int64?]]] = [:]
        try RunFile.forEachPair(try file(first, "first"), try file(second, "second")) { pair in
            let either = try #require(pair.before ?? pair.after)
            let place = Place(customer: either.customer, campaign: either.campaign, step: either.step)
            found[place, default: []].append([pair.before?.time, pair.after?.time])
            #expect(found[place]?.count == pair.number)
        }
        let (before, after) = (grouped(first), grouped(second))
        #expect(Set(found.keys) == Set(before.keys).union(after.keys))
        for (place, pairs) in found {
            #expect(pairs.compactMap(\.first).compactMap(\.self) == before[place] ?? [])
            #expect(pairs.compactMap(\.last).compactMap(\.self) == after[place] ?? [])
        }
    }

    @Test("the hash of a run does not depend on the order of its decisions")
    func hashOrder() throws {
        let decisions = (0..<300).map { (number: Int64) in
            decision(number % 40, time: number, outcome: number % 3 == 0 ? .skipped : .sent)
        }
        var random = SplitMix64(seed: 1)
        let hash = try file(decisions, "a").hash()
        #expect(hash.count == 32)
        #expect(try file(decisions.shuffled(using: &random), "b").hash() == hash)
        #expect(try file(decisions, "c").hashOfDecisions() == hash)
        #expect(try file(decisions.dropLast(), "d").hash() != hash)
        #expect(try file(decisions + decisions.prefix(1), "e").hash() != hash)
        #expect(try file([], "f").hash() != hash)
    }

    @Test("the hash differs where anything that counts of one decision does, and else it does not")
    func hashParts() throws {
        let whole = Decision(
            customer: 1, campaign: "a", step: "s", script: "a.lua:1", time: 5, localTime: "t", channel: .sms,
            address: "1", outcome: .skipped, reason: .noConsent, bodyHash: "h", variant: "v")
        func hash(_ change: (inout Decision) -> Void) throws -> String {
            var decision = whole
            change(&decision)
            return try file([self.decision(7), decision], UUID().uuidString).hash()
        }
        let hash0 = try hash { _ in }
        let changes: [(inout Decision) -> Void] = [
            { $0.customer = 2 }, { $0.campaign = "b" }, { $0.step = "" }, { $0.time = 6 },
            { $0.channel = nil },
            { $0.outcome = .held }, { $0.reason = .paused }, { $0.variant = nil }, { $0.bodyHash = nil },
            { ($0.campaign, $0.step) = ("as", "") },
        ]
        let others = try changes.map(hash)
        #expect(Set(others + [hash0]).count == others.count + 1)
        #expect(
            try hash { ($0.script, $0.place, $0.detail, $0.localTime) = ("b", 9, "d", "u") } == hash0)
    }

    @Test("two customers who change places never give the same hash", arguments: 0..<4)
    func hashSwaps(round: Int) throws {
        // A sum of plain hashes would be the same for one pair in some hundred.
        for number in 0..<100 {
            let (one, other) = (Int64(round * 1000 + number), Int64(round * 1000 + number + 500))
            let first = try file([decision(one), decision(other, outcome: .skipped)], "\(number)-a")
            let second = try file([decision(one, outcome: .skipped), decision(other)], "\(number)-b")
            #expect(try first.hash() != second.hash())
        }
    }

    @Test("what was changed in a file behind its back gives another hash than the one it keeps")
    func altered() throws {
        let file = try file([decision(1), decision(2)], "a")
        let queue = try DatabaseQueue(path: file.path)
        try queue.write {
            try $0.execute(sql: "UPDATE decisions SET outcome = 'skipped' WHERE customer_id = 2")
        }
        #expect(try file.hashOfDecisions() != file.hash())
    }
}

import Basics
import Catalog
import Foundation
import Store
import TestSupport
import Testing

@testable import Reports

@Suite("The comparison of two runs")
struct RunComparisonTests {
    private let folder: TemporaryFolder
    private let header = RunHeader(
        now: 1_796_086_800, timeZone: "Asia/Shanghai", seed: 7, currency: "CNY", sources: "abc",
        customers: 20)

    init() throws {
        folder = try TemporaryFolder()
    }

    private func file(_ decisions: [Decision]) throws -> RunFile {
        let writer = try RunFileWriter(path: folder.path("\(UUID().uuidString).run"))
        for decision in decisions { try writer.record(decision) }
        let campaigns = ["a", "b"].map {
            RunCampaign(name: $0, description: "", audience: "", audienceCount: 0, silentCount: 0)
        }
        try writer.finish(header, campaigns, [], [], [])
        return try RunFile(path: writer.path)
    }

    private func compare(_ first: RunFile, _ second: RunFile) throws -> RunComparison {
        try RunComparison(first, second, names: ("first", "second"), masking: .masked)
    }

    private func decisions(_ random: inout SplitMix64) -> [Decision] {
        (0..<Int.random(in: 0...60, using: &random)).map { number in
            var decision = Decision(
                customer: .random(in: 1...8, using: &random),
                campaign: Bool.random(using: &random) ? "a" : "b", step: "s", script: "a.lua:1",
                time: header.now + .random(in: 0...2, using: &random), localTime: "t",
                channel: Channel.allCases.randomElement(using: &random),
                bodyHash: "\(Int.random(in: 0...1, using: &random))", place: number)
            if Bool.random(using: &random) {
                decision.outcome = [.skipped, .held].randomElement(using: &random) ?? .skipped
                decision.reason = [.noConsent, .quietHours].randomElement(using: &random)
            }
            if Bool.random(using: &random) { decision.variant = "v" }
            return decision
        }
    }

    /// Some of them as they are, changed or left out.
    private func changed(_ decisions: [Decision], _ random: inout SplitMix64) -> [Decision] {
        let others = self.decisions(&random)
        return decisions.enumerated().compactMap { number, decision in
            switch Int.random(in: 0...9, using: &random) {
            case 0: nil
            case 1: others.indices.contains(number) ? others[number] : decision
            default: decision
            }
        }
    }

    @Test("a run does not differ from itself, in whatever order it was written", arguments: 0..<20)
    func same(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let decisions = decisions(&random)
        let file = try file(decisions)
        let again = try RunFile(path: file.path)
        let comparison = try compare(file, again)
        #expect(comparison.differing == 0 && comparison.share == 0)
        #expect(comparison.decisions == decisions.count)
        #expect(comparison.campaigns.map(\.name) == ["a", "b"])
        #expect(comparison.campaigns.flatMap { $0.changes }.isEmpty)
        var lines: [String] = []
        let count = try DifferenceExport(file, again).writeJSONLines { lines.append($0) }
        #expect(count == 0 && lines.isEmpty)
    }

    @Test("two runs differ exactly where their hashes do", arguments: 0..<40)
    func hashes(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let decisions = decisions(&random)
        let first = try file(decisions)
        let second = try file(seed % 4 == 0 ? decisions : changed(decisions, &random))
        let isSame = try first.hash() == second.hash()
        #expect(try (compare(first, second).differing == 0) == isSame)
    }

    /// What a comparison would be if the runs were named the other way around.
    private func mirrored(_ campaigns: [RunComparison.Campaign]) throws -> [String] {
        try campaigns.map { campaign in
            var campaign = campaign
            (campaign.sentBefore, campaign.sentAfter) = (campaign.sentAfter, campaign.sentBefore)
            campaign.changes = campaign.changes.map { change in
                var change = change
                change.kind = [.gained: .lost, .lost: .gained][change.kind] ?? change.kind
                change.ways = change.ways.map { way in
                    var way = way
                    switch change.kind {
                    case .time: way.after = way.after == "later" ? "earlier" : "later"
                    case .unsent: break
                    default: (way.before, way.after) = (way.after, way.before)
                    }
                    return way
                }
                change.examples = change.examples.map { example in
                    var example = example
                    (example.before, example.after) = (example.after, example.before)
                    return example
                }
                return change
            }
            return try text(campaign)
        }
    }

    /// A campaign as text in which the order of kinds and ways does not count.
    private func text(_ campaign: RunComparison.Campaign) throws -> String {
        var campaign = campaign
        campaign.changes = campaign.changes.map { change in
            var change = change
            change.ways.sort {
                ($0.step, $0.before ?? "", $0.after ?? "") < ($1.step, $1.before ?? "", $1.after ?? "")
            }
            return change
        }
        campaign.changes.sort { $0.kind.rawValue < $1.kind.rawValue }
        return try prettyJSON(campaign)
    }

    @Test("a comparison is the mirror of the one with the runs in the other order", arguments: 0..<40)
    func mirror(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let decisions = decisions(&random)
        let (first, second) = (try file(decisions), try file(changed(decisions, &random)))
        let (there, back) = (try compare(first, second), try compare(second, first))
        let (expected, found) = (try mirrored(there.campaigns), try back.campaigns.map(text))
        #expect(found == expected)
        #expect((there.decisions, there.differing) == (back.decisions, back.differing))
        #expect((there.before.sent, there.after.requested) == (back.after.sent, back.before.requested))
        // Each difference is one line of the export.
        var lines: [String] = []
        _ = try DifferenceExport(first, second).writeCSV { lines.append($0) }
        #expect(lines.count - 1 == there.differing)
    }

    @Test("a message counts for each way in which it differs, and once in all")
    func kinds() throws {
        func decision(_ customer: Int64, _ change: (inout Decision) -> Void = { _ in }) -> Decision {
            var decision = Decision(
                customer: customer, campaign: "a", step: "s", script: "a.lua:1", time: header.now,
                localTime: "t", channel: .email, bodyHash: "1")
            change(&decision)
            return decision
        }
        func skipped(_ reason: Reason, _ outcome: Outcome = .skipped) -> (inout Decision) -> Void {
            { ($0.outcome, $0.reason) = (outcome, reason) }
        }
        let first = try file([
            decision(1), decision(2), decision(3, skipped(.noConsent)), decision(4, skipped(.noConsent)),
            decision(5), decision(6, skipped(.quietHours)), decision(8),
        ])
        let second = try file([
            decision(1) { ($0.time, $0.channel, $0.bodyHash, $0.variant) = ($0.time - 60, .sms, "2", "v") },
            decision(2, skipped(.holdout, .heldOut)), decision(3),
            decision(4) {
                skipped(.noConsent)(&$0)
                $0.time += 60
            },
            decision(6, skipped(.quietHours, .held)), decision(7, skipped(.noAddress)), decision(8),
        ])
        let text = TerminalComparison(try compare(first, second)).text()
        let hashes = (try first.hash().prefix(8), try second.hash().prefix(8))
        #expect(
            text == """
                first · \(hashes.0) → second · \(hashes.1)
                dry run at Tue 1 Dec 2026 09:00, Asia/Shanghai · seed 7

                a
                  4 messages to send before, 3 after · 7 of 8 decisions differ (88 %)
                  gained          1  no consent
                  lost            2  1 holdout · 1 not asked for
                  other time      1  earlier
                  other channel   1  email → sms
                  other text      1  s
                  other variant   1  – → v
                  other reason    2  1 not asked for → no address · 1 quiet hours → still held: quiet hours
                  still not sent  1  no consent, other time

                  Examples
                  gained: customer 3, s: no consent, Tue 1 Dec 09:00 → sent by email, Tue 1 Dec 09:00
                  lost: customer 5, s: sent by email, Tue 1 Dec 09:00 → not asked for
                  lost: customer 2, s: sent by email, Tue 1 Dec 09:00 → holdout, Tue 1 Dec 09:00
                  other time: customer 1, s: sent by email, Tue 1 Dec 09:00 → sent by sms as v, Tue 1 Dec 08:59
                  other channel: customer 1, s: sent by email, Tue 1 Dec 09:00 → sent by sms as v, Tue 1 Dec 08:59
                  other variant: customer 1, s: sent by email, Tue 1 Dec 09:00 → sent by sms as v, Tue 1 Dec 08:59
                  other reason: customer 7, s: not asked for → no address, Tue 1 Dec 09:00
                  other reason: customer 6, s: quiet hours, Tue 1 Dec 09:00 → still held: quiet hours, Tue 1 Dec 09:00
                  still not sent: customer 4, s: no consent, Tue 1 Dec 09:00, other time

                  Texts
                  customer 1, s
                  what changed in them is kept by: moonletter dry-run --bodies

                no difference in 1 other campaign

                """)
    }

    @Test("texts are compared by their lines, by their HTML where these are the same, and masked")
    func texts() throws {
        func decision(_ customer: Int64, _ hash: String) -> Decision {
            Decision(
                customer: customer, campaign: "a", step: "s", script: "a.lua:1", time: header.now,
                localTime: "t", channel: .wecom, address: "w-\(customer)", subject: "Hi \(hash)",
                bodyHash: hash)
        }
        let first = try file([decision(1, "a1"), decision(2, "b1"), decision(3, "c1")])
        let second = try file([decision(1, "a2"), decision(2, "b2"), decision(3, "c2")])
        var comparison = try compare(first, second)
        #expect(comparison.lacksTexts)
        #expect(Set(comparison.textExamples.map(\.customer)) == [1, 2, 3])
        func bodies(_ bodies: RunBody...) -> [String: RunBody] {
            Dictionary(uniqueKeysWithValues: bodies.map { ($0.hash, $0) })
        }
        comparison.tellTexts(
            before: bodies(
                RunBody(hash: "a1", subject: "S", body: "<p>", text: "one\ntwo\nthree w-1\nfour\nfive"),
                RunBody(hash: "b1", body: "<a href='1'>x</a>", text: "x")),
            after: bodies(
                RunBody(hash: "a2", subject: "S", body: "<p>", text: "one\ntwo\n3 a@example.com\nfour\nfive"),
                RunBody(hash: "b2", body: "<a href='2'>x</a>", text: "x")))
        var told: [Int64: [String]] = [:]
        for example in comparison.campaigns[0].changes[0].examples { told[example.customer] = example.text }
        #expect(
            told == [
                1: ["…", "  two", "- three w***", "+ 3 a***@example.com", "  four", "…"],
                2: ["- <a href='1'>x</a>", "+ <a href='2'>x</a>"],
                3: ["- Subject: Hi c1", "+ Subject: Hi c2"],
            ])
        #expect(comparison.lacksTexts)
    }

    @Test(
        "changed lines stand between those around them",
        arguments: [
            (["a"], ["a"], []),
            ([], ["a"], ["+ a"]),
            (["a"], [], ["- a"]),
            (["a", "b", "c", "d"], ["a", "b", "c", "D"], ["…", "  c", "- d", "+ D"]),
            (["a", "b", "c"], ["A", "b", "C"], ["- a", "+ A", "  b", "- c", "+ C"]),
            (
                ["a", "b", "c", "d", "e"], ["A", "b", "c", "d", "E"],
                ["- a", "+ A", "  b", "…", "  d", "- e", "+ E"]
            ),
            (["a", "b", "c"], ["x", "a", "b", "c"], ["+ x", "  a", "…"]),
        ] as [([String], [String], [String])])
    func lines(before: [String], after: [String], shown: [String]) {
        #expect(changedLines(before, after) == shown)
    }
}

import Basics
import Catalog
import Commands
import Diagnostics
import Foundation
import GRDB
import Rules
import Simulator
import Store
import TestSupport
import Testing

/// A store in a folder of its own, and dry runs over it.
final class Bench {
    /// Tuesday 1 December 2026, 09:00 in Shanghai.
    static let now: Int64 = 1_796_086_800
    let folder: TemporaryFolder
    let store: Store
    let clock: RuleClock

    init(_ sql: String = "", now: Int64 = now) throws {
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        clock = RuleClock(now: now, zone: try #require(TimeZone(identifier: "Asia/Shanghai")))
        try store.write { try $0.execute(sql: sql) }
    }

    /// Dry-runs all campaigns of the script.
    func run(
        _ script: String, templates: [String: String] = Bench.templates, seed: UInt64 = 1,
        channels: [Channel] = Channel.allCases, samples: Int = 3, language: String? = nil
    ) throws -> Recorder {
        let recorder = Recorder()
        try run(
            script, templates: templates, seed: seed, channels: channels, samples: samples,
            language: language,
            into: recorder)
        return recorder
    }

    func run(
        _ script: String, templates: [String: String] = Bench.templates, seed: UInt64 = 1,
        channels: [Channel] = Channel.allCases, samples: Int = 3,
        language: String? = nil, into recorder: any RunRecorder,
        progress: (Double) -> Bool = { _ in true }
    ) throws {
        try store.read(asOf: clock.now) { snapshot in
            let host = try RuleHost(clock: clock, language: language.flatMap { LanguageTag($0) })
            try host.load([ScriptFile(path: "scripts/x.lua", text: script)])
            try host.load(
                templates: templates.map { ScriptFile(path: "templates/\($0.key).liquid", text: $0.value) })
            host.attach(snapshot)
            let run = DryRun(
                campaigns: host.campaigns.map(\.name), over: try snapshot.customerIDs() ?? 0...0,
                people: try People(snapshot),
                DryRun.Options(
                    seed: seed, timeZone: clock.local.zone, channels: channels, sampleCount: samples),
                into: recorder)
            try run.work(host, snapshot, progress: progress)
            try run.finish(host, snapshot, from: clock.now, sources: "s")
        }
    }

    /// Templates for every channel.
    static let templates = [
        "hello": "---\nsubject: Hello\n---\nHello {{ customer.name | default: 'you' }}", "hello.sms": "Hi",
        "hello.wecom": "Hi",
        "more": "More", "more.sms": "More",
    ]
}

/// Keeps a run in memory.
final class Recorder: RunRecorder {
    var decisions: [Decision] = []
    var events: [RunEvent] = []
    var bodies: [RunBody] = []
    var journeys: [JourneyRecord] = []
    var flow: [RunFlow] = []
    var header: RunHeader?
    var campaigns: [RunCampaign] = []
    var samples: [RunSample] = []
    var problems: [RunProblem] = []
    /// How often the run began anew.
    var restarts = 0

    func record(_ decision: Decision) throws { decisions.append(decision) }
    func record(_ event: RunEvent) throws { events.append(event) }
    func record(_ body: RunBody) throws { bodies.append(body) }

    func restart() throws {
        decisions = []
        events = []
        bodies = []
        journeys = []
        restarts += 1
    }
    func record(_ journeys: JourneyRecord) throws { self.journeys.append(journeys) }

    func finish(
        _ header: RunHeader, _ campaigns: [RunCampaign], _ flow: [RunFlow], _ samples: [RunSample],
        _ problems: [RunProblem]
    ) throws {
        self.header = header
        self.flow = flow
        self.campaigns = campaigns
        self.samples = samples
        self.problems = problems
    }

    /// `7 hello email sent`, `8 hello – skipped no_address`.
    var lines: [String] {
        decisions.map { decision in
            let parts: [String?] = [
                String(decision.customer), decision.step, decision.channel?.rawValue ?? "–",
                decision.outcome.rawValue, decision.reason?.rawValue,
            ]
            return parts.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
        }
    }
}

/// A script with one campaign that greets everyone, with further settings.
func greeting(_ settings: String = "", journey: String = "send { template = \"hello\" }") -> String {
    """
    campaign "greeting" {
      audience = function(c) return true end,
      journey = function(c) \(journey) end,
      \(settings)
    }
    """
}

/// Customers with these ids who agreed to every channel and have every address.
func reachable(_ ids: ClosedRange<Int64>) -> String {
    ids.map { id in
        """
        INSERT INTO customers (id, name, email, phone, wecom_id)
            VALUES (\(id), 'N\(id)', 'c\(id)@example.com', '1380000\(1000 + id)', 'w\(id)');
        INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES
            (\(id), 'email', 'granted', 10), (\(id), 'sms', 'granted', 10), (\(id), 'wecom', 'granted', 10);
        """
    }.joined(separator: "\n")
}

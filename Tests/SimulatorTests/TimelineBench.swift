import Basics
import Calendars
import Catalog
import Foundation
import Rules
import Simulator
import Store
import Testing

extension Bench {
    /// Dry-runs all campaigns of a source on so many threads besides this one; with 0 on this one alone.
    func run(_ source: RuleSource, _ options: DryRun.Options, threads: Int = 0) throws -> Recorder {
        let recorder = Recorder()
        let host = try source.makeHost()
        let now = source.clock.now
        try store.read(asOf: options.asOf ?? now, threads: threads) { snapshot, team in
            host.attach(snapshot)
            if options.asOf != nil { snapshot.move(to: options.end(from: now) - 1) }
            let run = DryRun(
                campaigns: host.campaigns.map(\.name), over: try snapshot.customerIDs() ?? 0...0,
                people: try People(snapshot, host), options, into: recorder)
            repeat {
                @Sendable func work(_ snapshot: Snapshot) throws {
                    let host = try source.makeHost()
                    host.attach(snapshot)
                    try run.work(host, snapshot)
                }
                if threads == 0 { try work(snapshot) } else { try team.run(work) }
            } while try run.needsAnotherPass()
            try run.finish(host, snapshot, from: now, sources: "s")
        }
        return recorder
    }

    /// Dry-runs all campaigns of the script over some days from Tuesday 1 December 2026, 09:00 in Shanghai.
    func run(
        _ script: String, days: Int64, responses: ResponseModel = .none, cap: FrequencyCap? = nil
    ) throws -> Recorder {
        var options = DryRun.Options(seed: 1, timeZone: clock.local.zone, channels: Channel.allCases)
        options.duration = days * 86_400
        options.responses = responses
        options.cap = cap
        return try run(source(script), options)
    }

    /// A script with the templates for every channel.
    func source(_ script: String) -> RuleSource {
        RuleSource(
            scripts: [ScriptFile(path: "scripts/x.lua", text: script)],
            templates: Self.templates.map {
                ScriptFile(path: "templates/\($0.key).liquid", text: $0.value)
            },
            clock: clock)
    }
}

extension TimelineWorld {
    /// Runs the world in the real program.
    func run(threads: Int = 0) throws -> Recorder {
        try Bench(sql).run(try source(), try options(), threads: threads)
    }

    /// Its script and templates.
    func source() throws -> RuleSource {
        var source = RuleSource(
            scripts: [ScriptFile(path: "scripts/x.lua", text: script)],
            templates: base.templates.map { ScriptFile(path: "templates/\($0.key).liquid", text: $0.value) },
            clock: RuleClock(now: from, zone: try #require(TimeZone(identifier: zone))), seed: seed)
        source.calendars.holidays = try holidays()
        return source
    }
}

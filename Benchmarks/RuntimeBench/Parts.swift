import Basics
import Catalog
import Foundation
import Rules
import Store

/// Prints the seconds that the parts of a dry run of one campaign take alone, on one thread: who is in the audience at
/// each instant at which somebody entered (every customer, and as a dry run asks), the content and text of every message that was written, and what the run file
/// keeps.
func parts(_ words: [String]) throws {
    let folder = URL(fileURLWithPath: words[0])
    let run = try RunFile(path: words[1])
    let header = try run.header()
    var decisions: [Decision] = []
    var events: [RunEvent] = []
    try run.forEachDecision { decisions.append($0) }
    try run.forEachEvent { events.append($0) }
    let source = RuleSource(
        scripts: try files(in: "scripts", of: folder), templates: try files(in: "templates", of: folder),
        clock: RuleClock(now: header.now, zone: TimeZone(identifier: header.timeZone) ?? .gmt),
        seed: header.seed)
    guard let name = try run.campaigns().first?.name else { fail("the run has no campaign") }
    let store = try Store(opening: folder.appending(path: "crm.sqlite").path)
    try store.read(asOf: header.now, threads: 0, .visits) { snapshot, _ in
        let host = try source.makeHost()
        host.attach(snapshot)
        let campaign = try host.campaign(name)
        let instants = Set(events.filter { $0.word == "enter" }.map(\.time)).sorted()
        let rows = try ContinuousClock().measure {
            try askRows(host, snapshot, campaign, at: instants, again: true)
        }
        let fewer = try ContinuousClock().measure {
            try askRows(host, snapshot, campaign, at: instants, again: false)
        }
        let written = try ContinuousClock().measure {
            try write(decisions.filter { $0.bodyHash != nil }, host, snapshot, campaign)
        }
        let path = words[1] + ".parts"
        let kept = try ContinuousClock().measure {
            let file = try RunFileWriter(path: path)
            for decision in decisions { try file.record(decision) }
            for event in events { try file.record(event) }
            try file.finish(header, [], [], [], [])
            try FileManager.default.removeItem(atPath: file.path)
        }
        for (name, time) in [
            ("rows", rows), ("fewer-rows", fewer), ("messages", written), ("run-file", kept),
        ] {
            print(name, time / .seconds(1))
        }
    }
}

/// Asks for the audience in ranges of customers, all of them each time, or not those again who were in it.
private func askRows(
    _ host: RuleHost, _ snapshot: Snapshot, _ campaign: Campaign, at instants: [Int64], again: Bool
) throws {
    guard let expression = campaign.audience, let ids = try snapshot.customerIDs() else { return }
    let audience = try host.audience(expression)
    let walk = try CustomerWalk(host, for: [audience])
    for first in stride(from: ids.lowerBound, through: ids.upperBound, by: 2048) {
        let entered = again ? nil : CustomerSet()
        for instant in instants {
            host.moveTime(to: instant)
            try walk.restart(over: first...min(first + 2047, ids.upperBound), leavingOut: entered)
            try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 1024) { buffer in
                while case let count = try walk.next(in: audience, into: buffer), count > 0 {
                    for customer in buffer.prefix(count) { entered?.insert(customer) }
                }
            }
        }
    }
}

private func write(
    _ decisions: [Decision], _ host: RuleHost, _ snapshot: Snapshot, _ campaign: Campaign
) throws {
    let language = customerColumns.filter { $0.name == "language" }
    let walk = try CustomerWalk(host)
    for decision in decisions {
        guard let channel = decision.channel else { continue }
        host.moveTime(to: decision.time)
        guard try walk.go(to: decision.customer) else { fail("customer \(decision.customer) is gone") }
        var spoken: LanguageTag?
        if case .text(let text)? = try snapshot.values(language, of: decision.customer)?.first {
            spoken = LanguageTag(ofLocale: text)
        }
        let entry = Entry(time: decision.time, variant: decision.variant)
        _ = try host.render(
            decision.step, channel, for: spoken, try host.content(of: campaign, in: walk, entry: entry),
            campaign: campaign, in: walk)
    }
}

private func files(in room: String, of folder: URL) throws -> [ScriptFile] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: room).path).sorted()
        .filter { !$0.hasPrefix(".") && $0.contains(".") }
        .map {
            ScriptFile(path: "\(room)/\($0)", text: try text(folder.appending(path: "\(room)/\($0)").path))
        }
}

internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Rules
internal import Simulator
internal import Store

/// `moonletter segment NAME`: how many, who, or a table.
struct SegmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "segment", abstract: "Count or list the customers of a segment.",
        discussion: """
            moonletter segment dormant                              how many
            moonletter segment dormant --ids                        their numbers, one a line
            moonletter segment dormant --show name,city,last_order_at
            moonletter segment 'segment.vip - segment.dormant'      who is in one, but not in the other
            """)

    @Argument(help: "The segment's name, or Lua such as 'segment.vip - segment.dormant'.")
    var name: String
    @Flag(help: "Print how many there are (the default).")
    var count = false
    @Flag(help: "Print their numbers, one a line.")
    var ids = false
    @Option(help: ArgumentHelp("Print a table of these fields and traits.", valueName: "field,…"))
    var show: String?
    @Option(help: ArgumentHelp("Print at most so many rows of the table.", valueName: "n"))
    var limit = 20
    @Option(help: ArgumentHelp("The time that rules take for now.", valueName: "time"))
    var now: String?
    @OptionGroup var threads: ThreadOptions
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var pushdown: PushdownOptions
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard [count, ids, show != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--count, --ids and --show exclude each other.")
        }
        guard limit >= 0 else { throw ValidationError("--limit takes a number from 0.") }
    }

    func run() throws {
        let workspace = try options.open()
        let clock = try workspace.settings.clock(now)
        var source = try workspace.ruleSource(at: clock, templates: false, pushdown: !pushdown.isOff)
        // Before anything else, so that a mistake in a script shows before one in the question.
        let host = try source.makeHost()
        let store = try workspace.openStore()
        let expression = try Self.members(of: name, host)
        Interrupt.listen()
        try source.findPopulations(for: [name, show ?? ""], host, in: store)
        let found = source
        try store.read(
            asOf: clock.now,
            threads: try store.threadCount(asked: threads.count, at: clock.now, customersPerThread: 50_000)
        ) { snapshot, team in
            try snapshot.confirm(state: found.populations.state)
            host.attach(snapshot)
            let columns = try chosenColumns(snapshot, host)
            let scan = try scan(found, host, expression, snapshot, team)
            if show != nil {
                try printTable(try scan.members(), columns, snapshot, host)
            } else if ids {
                for id in try scan.members() { Console.line(String(id)) }
            } else {
                Console.line(String(try scan.count()))
            }
        }
    }

    private static func members(of name: String, _ host: RuleHost) throws -> SegmentExpression {
        try AudienceQuestion.isLua(name) ? host.expression(name) : host.segment(name).members
    }

    private func scan(
        _ source: RuleSource, _ host: RuleHost, _ expression: SegmentExpression, _ snapshot: Snapshot,
        _ team: SnapshotTeam
    ) throws -> AudienceScan {
        let scan = AudienceScan(
            ids: try snapshot.customerIDs() ?? 0...0, ranges: max(1, team.count * 16),
            onlyCounts: !ids && show == nil)
        guard team.count > 0 else {
            try scan.work(host, expression)
            return scan
        }
        let question = name
        try team.run { snapshot in
            let host = try source.makeHost()
            host.attach(snapshot)
            try scan.work(host, try Self.members(of: question, host))
        }
        return scan
    }

    private func printTable(
        _ found: [Int64], _ columns: [SegmentTable.Column], _ snapshot: Snapshot, _ host: RuleHost
    ) throws {
        let format = ValueFormat(
            clock: host.clock, currency: snapshot.currency, masking: reveal ? .revealed : .masked)
        let table = SegmentTable(columns: columns, snapshot: snapshot, host: host, format: format)
        for line in try table.text(of: found.prefix(limit)).lines() { Console.line(line) }
        if found.count > limit {
            Console.line("… \(grouped(found.count - limit)) more; --limit shows more of them")
        }
    }

    private func chosenColumns(_ snapshot: Snapshot, _ host: RuleHost) throws -> [SegmentTable.Column] {
        guard let show else { return [] }
        return try show.split(separator: ",").map { part in
            let name = part.trimmingCharacters(in: .whitespaces)
            if let field = snapshot.fields.first(where: { $0.name == name }) { return .field(field) }
            if let trait = host.traits[name] { return .trait(trait) }
            throw WorkspaceError.unknownField(
                name, known: snapshot.fields.map(\.name) + host.traits.keys.sorted())
        }
    }
}

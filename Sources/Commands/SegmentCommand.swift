internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Rules
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
    @Option(help: ArgumentHelp("Print a table of these fields.", valueName: "field,…"))
    var show: String?
    @Option(help: ArgumentHelp("Print at most so many rows of the table.", valueName: "n"))
    var limit = 20
    @Option(help: ArgumentHelp("The time that rules take for now.", valueName: "time"))
    var now: String?
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
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
        try withRules(of: workspace, at: clock, templates: false) { host, snapshot, _ in
            // What has one of these in it is Lua.
            let isExpression = ["segment.", "segment[", "function"].contains(where: name.contains)
            let members = try isExpression ? host.audience(name) : host.segment(name).members
            let fields = try chosenFields(snapshot)
            let walk = try CustomerWalk(host)
            var found = 0
            var table = TextTable(
                [TextTable.Column("id", alignRight: true)]
                    + fields.map { TextTable.Column($0.name, alignRight: $0.type.isNumeric) })
            let format = ValueFormat(
                clock: clock, currency: snapshot.currency, masking: reveal ? .revealed : .masked)
            while let id = try walk.next() {
                guard try host.includes(members, in: walk) else { continue }
                found += 1
                if ids { Console.line(String(id)) }
                if show != nil, found <= limit {
                    let values = try snapshot.values(fields, of: id) ?? []
                    table.add([String(id)] + zip(fields, values).map { format.text($1, of: $0) })
                }
            }
            if show != nil {
                for line in table.lines() { Console.line(line) }
                if found > limit {
                    Console.line("… \(grouped(found - limit)) more; --limit shows more of them")
                }
            } else if !ids {
                Console.line(String(found))
            }
        }
    }

    private func chosenFields(_ snapshot: Snapshot) throws -> [Field] {
        guard let show else { return [] }
        return try show.split(separator: ",").map { part in
            let name = part.trimmingCharacters(in: .whitespaces)
            guard let field = snapshot.fields.first(where: { $0.name == name }) else {
                throw WorkspaceError.unknownField(name, known: snapshot.fields.map(\.name))
            }
            return field
        }
    }
}

extension ValueType {
    fileprivate var isNumeric: Bool { [.integer, .number, .money].contains(self) }
}

internal import Basics
internal import Catalog
internal import LuaRuntime
internal import Rules
internal import Store

/// The customers of a question by what they have in common: counts where nothing else is asked.
final class QueryGroups: RowsObject {
    /// What they have in common.
    enum Common {
        /// The values of these fields.
        case fields([String])
        /// The month of a field.
        case month(String)
    }

    private let query: QueryObject
    private let common: Common

    init(_ query: QueryObject, by common: Common, _ session: PromptSession) throws {
        (self.query, self.common) = (query, common)
        switch common {
        case .fields(let names):
            for name in names where !session.host.isField(name) { throw session.host.unknownField(name) }
        case .month(let name):
            guard session.host.isField(name) else { throw session.host.unknownField(name) }
            let times = session.customerFields.filter { $0.type == .instant || $0.type == .date }
            guard times.contains(where: { $0.name == name }) else {
                throw LuaError(
                    "'\(name)' has no months, it holds no time",
                    hint: "times are: \(times.map(\.name).joined(separator: ", "))")
            }
        }
        super.init(
            kind: session.kinds.kind(
                "groups", groupMethods, index: ResultTable.row,
                count: { session, object in try (object as? RowsObject)?.table(session).rows.count ?? 0 }))
    }

    override func table(_ session: PromptSession) throws -> ResultTable { try table(.count, session) }

    /// A row for each group: its values, what was asked for and, where that is not the count, how many there are.
    func table(_ aggregate: Aggregate, _ session: PromptSession) throws -> ResultTable {
        try aggregate.check()
        var aggregates = [aggregate]
        var columns = [countField]
        if let field = aggregate.field {
            aggregates.append(.count)
            columns.insert(Field("\(aggregate.name)_\(field.name)", aggregate.type, ""), at: 0)
        }
        let fields: [Field]
        let rows: [[Value]]
        switch common {
        case .fields(let names):
            fields = try names.map(session.field)
            rows = try query.ask(session) {
                try session.snapshot.aggregate(
                    aggregates, by: fields.map(Grouping.field), of: $0, in: session.zone)
            }
        case .month(let name):
            let field = try session.field(name)
            fields = [Field("month", .text, "")]
            rows = try query.ask(session) {
                try session.snapshot.months(of: field, aggregates, of: $0, in: session.zone)
            }
        }
        let isPart: Bool
        switch aggregate {
        case .count, .sum: isPart = true
        case .average, .minimum, .maximum, .median: isPart = false
        }
        // A bar begins at nothing, which dates and texts do not.
        let hasBars = columns[0].type.isNumeric
        return ResultTable(
            fields + columns, rows,
            look: hasBars ? .bars(column: fields.count, hasShares: isPart) : .rows,
            shown: isMonths ? .max : ResultTable.standardShown, session)
    }

    private var isMonths: Bool { if case .month = common { true } else { false } }
}

extension QueryGroups: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        try table(session).show(on: page, session)
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        try table(session).json(page, session)
    }
}

internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// What differs between two dry runs.
final class ComparisonObject: LuaObject {
    let before: RunObject
    let after: RunObject

    /// How many differences are kept as rows.
    static let rowLimit = 1000

    init(_ before: RunObject, _ after: RunObject, _ session: PromptSession) {
        (self.before, self.after) = (before, after)
        super.init(kind: session.kinds.kind("comparison", comparisonMethods))
    }

    /// Cost: both files are read once and sorted on disk.
    private func comparison(_ masking: Masking) throws -> RunComparison {
        var comparison = try RunComparison(
            before.file, after.file, names: (before.path, after.path), masking: masking)
        let examples = comparison.textExamples
        comparison.tellTexts(
            before: try before.file.bodies(examples.map(\.before)),
            after: try after.file.bodies(examples.map(\.after)))
        return comparison
    }

    /// What is told of a decision that differs.
    static let fields = [
        Field("customer", .integer, "The customer's number."), Field("campaign", .text, "The campaign."),
        Field("step", .text, "The step."), Field("changes", .text, "In what ways it differs."),
        Field("before", .text, "What became of it in the first run."),
        Field("before_time", .instant, "When."), Field("before_channel", .text, "By which channel."),
        Field("after", .text, "What became of it in the second run."),
        Field("after_time", .instant, "When."), Field("after_channel", .text, "By which channel."),
    ]

    /// Hands over the decisions that differ, of one kind or of all.
    func forEachChange(_ kind: DecisionChange? = nil, _ body: ([Value]) throws -> Void) throws {
        try DifferenceExport(before.file, after.file).forEach { changes, pair in
            guard let either = pair.before ?? pair.after, kind.map(changes.contains) ?? true else { return }
            try body(
                [
                    .integer(either.customer), .text(either.campaign), .text(either.step),
                    .text(changes.map(\.rawValue).joined(separator: ", ")),
                ] + side(pair.before) + side(pair.after))
        }
    }

    /// The first decisions that differ as rows, and how many there are.
    func changes(_ kind: DecisionChange?, _ session: PromptSession) throws -> ResultTable {
        var rows: [[Value]] = []
        var total = 0
        try forEachChange(kind) { row in
            total += 1
            if rows.count < Self.rowLimit { rows.append(row) }
        }
        return ResultTable(Self.fields, rows, total: total, session)
    }

    private func side(_ decision: ComparedDecision?) -> [Value] {
        [
            .text(DecisionChange.fate(decision)), decision.map { .integer($0.time) } ?? .null,
            decision?.channel.map { .text($0.rawValue) } ?? .null,
        ]
    }
}

/// What can be asked of a comparison.
let comparisonMethods: [HostWord] = [
    HostWord(
        of: "comparison", ComparisonObject.self, shown: "compare(r1, r2)", "changes", .optionalText("kind"),
        doc: """
            The decisions that differ, the first 1,000 as rows; of one kind where it is named: gained, lost, time, channel, \
            text, variant, reason or unsent.
            """, example: "compare(r1, r2):changes \"lost\""
    ) { session, comparison, name in
        let kind = try name.map { name in
            guard let kind = DecisionChange(rawValue: name) else {
                throw LuaError(
                    "there is no kind of change '\(name)'",
                    hint: suggestion(name, DecisionChange.allCases.map(\.rawValue), what: "kind"))
            }
            return kind
        }
        return .object(try comparison.changes(kind, session))
    }.gives("table").naming("kind", .oneOf(DecisionChange.allCases.map(\.rawValue))),
    HostWord(
        of: "comparison", ComparisonObject.self, shown: "compare(r1, r2)", "export", .text("file"),
        doc: "Writes every decision that differs to a file that ends in .csv, .json or .jsonl.",
        example: "compare(r1, r2):export \"changes.csv\""
    ) { session, comparison, path in
        try RowExport(ComparisonObject.fields, to: path, session).write { write in
            try comparison.forEachChange(nil, write)
        }
        return nil
    },
]

extension ComparisonObject: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        page.report(TerminalComparison(try comparison(page.format.masking), width: page.width).text())
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        try JSON(parsing: comparison(page.format.masking).json())
    }
}

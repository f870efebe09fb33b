internal import Catalog
public import Diagnostics
internal import Tabular

extension ImportError: Diagnosable {
    /// The error in words, with the next step.
    public var diagnostic: Diagnostic {
        switch self {
        case .missingColumn(let file, let kind, let anyOf, let found):
            let fields = kind.fields.filter { anyOf.contains($0.name) }
            let headers = fields.flatMap { [$0.name] + $0.headers.prefix(5) }
            return Diagnostic(
                "\(file) has no column for \(Self.list(anyOf)), which \(kind.rawValue) need",
                at: SourceLocation(file: file, line: 1),
                hint: "say which column it is with --map COLUMN=\(anyOf.first ?? "FIELD")",
                notes: [
                    "understood are headers such as: \(headers.joined(separator: ", "))",
                    "columns of the file: \(found.joined(separator: ", "))",
                ])
        case .twoColumns(let file, let field, let first, let second):
            return Diagnostic(
                "the columns '\(first)' and '\(second)' of \(file) both mean \(field)",
                at: SourceLocation(file: file, line: 1), token: second,
                hint:
                    "leave one out with --map '\(second)=-', or give it another field with --map '\(second)=FIELD'"
            )
        case .unknownColumn(let column, let found):
            return Diagnostic(
                "there is no column '\(column)' to map",
                hint: Self.meant(column, among: found) ?? "columns: \(found.joined(separator: ", "))")
        case .unknownField(let column, let field, let kind):
            let names = kind.fields.map(\.name)
            return Diagnostic(
                "'\(field)' of --map '\(column)=\(field)' is no field of \(kind.rawValue)",
                hint: Self.meant(field, among: names) ?? "fields: \(names.joined(separator: ", "))")
        case .ambiguousDates(let file, let column, let example):
            return Diagnostic(
                "day and month cannot be told apart in the column '\(column)' of \(file): \(example)",
                at: SourceLocation(file: file, line: 1), token: column,
                hint: "say which comes first with --dates month-first or --dates day-first")
        case .contradictoryDates(let file, let column, let dayFirst, let monthFirst):
            return Diagnostic(
                "the column '\(column)' of \(file) has dates with the day first (\(dayFirst)) "
                    + "and with the month first (\(monthFirst))",
                at: SourceLocation(file: file, line: 1), token: column,
                hint:
                    "say which is right with --dates month-first or --dates day-first; the others are rejected"
            )
        case .attributeType(let column, let attribute, let stored, let found):
            return Diagnostic(
                "the column '\(column)' holds \(found.rawValue) values, but the attribute '\(attribute)' "
                    + "is \(stored.rawValue)",
                hint:
                    "give it another name with --map '\(column)=NAME', or leave it out with --map '\(column)=-'"
            )
        case .rejectsNotWritable(let path, let reason):
            return Diagnostic(
                "the rejected rows cannot be written to \(path): \(reason); nothing was imported",
                hint: "check the permissions of the folder rejected/ in the workspace")
        case .cancelled:
            return Diagnostic(
                "the import was cancelled; nothing was changed", hint: "run it again to start anew")
        }
    }

    private static func list(_ names: [String]) -> String {
        names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    }

    private static func meant(_ name: String, among names: [String]) -> String? {
        nearestName(to: name, in: names).map { "did you mean '\($0)'?" }
    }
}

internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Store
internal import Tabular

/// Imports in words.
enum ImportText {
    /// What an import did.
    static func lines(of report: ImportReport, _ request: ImportRequest, rejects: String?) -> [String] {
        let names = request.files.map { ($0 as NSString).lastPathComponent }.joined(separator: ", ")
        var lines = ["\(request.kind.rawValue) from \(names): \(counted(report.rows, "row"))"]
        if report.rolledBack {
            lines.append("  nothing was stored, for \(counted(report.rejected, "row")) cannot be taken")
        } else {
            var counts = TextTable([.init("", alignRight: true), .init("")])
            counts.add([grouped(report.new), "new"])
            counts.add([grouped(report.updated), "updated"])
            counts.add([grouped(report.unchanged), "unchanged"])
            counts.add([grouped(report.rejected), "rejected"])
            lines += counts.lines(indent: "  ")
            if !report.created.isEmpty {
                lines.append(
                    "made besides: "
                        + report.created.map { counted($0.count, $0.what) }.joined(separator: ", "))
            }
        }
        if !report.reasons.isEmpty {
            lines.append("rejected because")
            var table = TextTable([.init("", alignRight: true), .init("", limit: .max)])
            for reason in report.reasons {
                let place = "\((reason.firstFile as NSString).lastPathComponent):\(reason.firstLine)"
                table.add([grouped(reason.count), "\(reason.reason) (first at \(place))"])
            }
            lines += table.lines(indent: "  ")
        }
        if let rejects { lines.append("the rejected rows are in \(rejects)") }
        return lines + report.warnings.map { "note: \($0)" }
    }

    /// What an import would do.
    static func lines(of preview: ImportPreview, timeZone: TimeZone) -> [String] {
        preview.files.flatMap { file in
            let header = file.hasHeader ? "the first row names the columns" : "no row names the columns"
            let form = file.delimiter.map { "\($0.rawValue), \(header)" } ?? "read line by line"
            let shown = (file.path as NSString).lastPathComponent
            var lines = ["\(preview.kind.rawValue) from \(shown): \(file.encoding.name), \(form)", ""]
            var columns = TextTable([
                .init("column"), .init("field"), .init("type"), .init("missing", alignRight: true),
            ])
            for column in file.columns {
                columns.add([
                    column.header, name(of: column.target), type(of: column),
                    column.missing == 0 ? "" : "\(grouped(column.missing)) of \(grouped(file.sampled))",
                ])
            }
            lines += columns.lines(indent: "  ") + [""]
            let kept = file.columns.filter { $0.target != .dropped }
            var rows = TextTable(
                [TextTable.Column("line", alignRight: true)]
                    + kept.map { TextTable.Column(name(of: $0.target), limit: 24) } + [.init("", limit: 60)])
            for row in file.rows {
                let values = zip(kept, row.values).map { text($1, $0.type, timeZone) }
                let blanks = [String](repeating: "", count: max(0, kept.count - values.count))
                rows.add([String(row.line)] + values + blanks + [row.problem.map { "rejected: \($0)" } ?? ""])
            }
            return lines + rows.lines(indent: "  ") + ["", "nothing was written"]
        }
    }

    private static func name(of target: ImportTarget) -> String {
        switch target {
        case .field(let name): name
        case .attribute(let name): "\(name) (custom attribute)"
        case .dropped: "– (left out)"
        }
    }

    private static func type(of column: ImportPreview.Column) -> String {
        guard let type = column.type else { return "" }
        return switch column.dates {
        case .monthFirst: "\(type.rawValue), month first"
        case .dayFirst: "\(type.rawValue), day first"
        case nil: type.rawValue
        }
    }

    /// Values in the form in which they are stored, but for times, which stand on the workspace's wall clock.
    private static func text(_ value: Value, _ type: ValueType?, _ timeZone: TimeZone) -> String {
        switch (value, type) {
        case (.null, _): return ""
        case (.integer(let number), .instant?):
            var clock = ZoneClock(timeZone)
            return clock.text(at: number)
        case (.integer(let number), _): return String(number)
        case (.number(let number), _): return String(number)
        case (.text(let text), _): return text
        }
    }
}

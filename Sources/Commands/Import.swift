public import ArgumentParser
internal import Diagnostics
internal import Foundation
internal import Reports
public import Store
public import Tabular

/// `moonletter import KIND FILE…`: data from delimited text files.
struct Import: ParsableCommand {
    enum Header: ExpressibleByArgument {
        case first, none
        case names([String])

        init?(argument: String) {
            switch argument {
            case "first": self = .first
            case "none": self = .none
            default:
                let names = argument.split(separator: ",", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
                self = .names(names)
            }
        }
    }

    enum Dates: String, ExpressibleByArgument, CaseIterable {
        case monthFirst = "month-first"
        case dayFirst = "day-first"
    }

    static let configuration = CommandConfiguration(
        abstract: "Bring data in from CSV files.",
        discussion: """
            KIND is one of: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", ")).
            Importing a file twice changes nothing. Rows that cannot be taken are written to a file in rejected/,
            with the reason; the others are stored, or none with --all-or-nothing.

              moonletter import customers 客户.csv --preview
              moonletter import orders orders.csv --dates day-first --map "Order Ref=order_number"
              moonletter import orders log.txt --importer till
            """)

    @Argument(help: ArgumentHelp("What the rows are.", valueName: "kind"))
    var kind: ImportKind
    @Argument(help: ArgumentHelp("The files, taken as one import.", valueName: "file"))
    var files: [String]
    @Flag(help: "Show the columns, their types and five rows; write nothing.")
    var preview = false
    @Option(
        help: ArgumentHelp(
            "utf-8, utf-16, gb18030, latin-1, windows-1252 or mac-roman; found out unless given.",
            valueName: "name"))
    var encoding: String?
    @Option(
        help: ArgumentHelp(
            "comma, semicolon, tab, pipe or blanks; found out unless given.", valueName: "name"))
    var delimiter: Delimiter?
    @Option(
        help: ArgumentHelp(
            "first: the first row names the columns; none: no row does; or the names themselves, with commas.",
            valueName: "first|none|name,…"))
    var header: Header?
    @Option(
        help: ArgumentHelp(
            "What comes first in dates such as 3/4/2024.", valueName: "month-first|day-first"))
    var dates: Dates?
    @Option(
        help: ArgumentHelp(
            "Read files that are no tables as a plugin knows them, line by line.", valueName: "name"))
    var importer: String?
    @Option(
        name: .customLong("map"),
        help: ArgumentHelp(
            "What a column means; '-' leaves it out. May be repeated.", valueName: "column=field"))
    var maps: [String] = []
    @Option(
        help: ArgumentHelp(
            "Columns of customers that mean no field: keep them as custom attributes, or drop them.",
            valueName: "keep|drop"))
    var unknown = UnknownColumns.keep
    @Flag(help: "Store nothing where a row is rejected.")
    var allOrNothing = false
    @Flag(help: "Reject rows of customers that are not there yet, in place of making them.")
    var knownCustomersOnly = false
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("Name at least one file.") }
        if let encoding, TextEncoding(named: encoding) == nil {
            throw ValidationError(
                "Unknown encoding '\(encoding)'; known are utf-8, utf-16, gb18030, latin-1, windows-1252, mac-roman."
            )
        }
        if importer != nil, delimiter != nil || header != nil {
            throw ValidationError(
                "--importer says itself what the columns are; leave out --delimiter and --header.")
        }
        _ = try mapping()
    }

    func run() throws {
        let workspace = try options.open()
        let store = try workspace.openStore()
        let folder = workspace.path("rejected")
        var request = try request(workspace, rejects: folder)
        let plugins = try workspace.importPlugins()
        try plugins?.addHeaders(to: &request)
        if let importer {
            guard let plugins else { throw ImportPlugins.unknownImporter(importer, known: []) }
            request.importer = try plugins.importer(importer, kind)
        }
        if preview {
            try ImportText.lines(of: store.previewImport(request), timeZone: request.timeZone)
                .forEach(Console.line)
            return
        }
        Interrupt.listen()
        let reading = ProgressLine("reading", unit: "rows")
        let storing = ProgressLine("storing", unit: "rows")
        defer { storing.end() }
        let report = try store.importFiles(request) { progress in
            let line = progress.phase == .analysing ? reading : storing
            line.show(progress.bytesDone, of: progress.bytesTotal, count: progress.rows)
            return !Interrupt.isRequested
        }
        storing.end()
        let shownRejects = report.rejectsFile.map { workspace.shown($0) }
        ImportText.lines(of: report, request, rejects: shownRejects).forEach(Console.line)
        if report.rolledBack { throw ExitCode.failure }
    }

    private func request(_ workspace: Workspace, rejects folder: String) throws -> ImportRequest {
        let header: HeaderOption =
            switch self.header {
            case nil: .automatic
            case .first: .present
            case .some(.none): .absent
            case .names(let names): .names(names)
            }
        return ImportRequest(
            kind: kind, files: files, encoding: encoding.flatMap(TextEncoding.init(named:)),
            delimiter: delimiter,
            header: header, dates: dates.map { $0 == .monthFirst ? .monthFirst : .dayFirst },
            map: try mapping(),
            unknownColumns: unknown, allOrNothing: allOrNothing, knownCustomersOnly: knownCustomersOnly,
            timeZone: workspace.settings.timeZone, rejectsPath: freeRejectsPath(in: folder),
            recordedAt: Int64(Date().timeIntervalSince1970))
    }

    /// `orders-may.csv` for `may.csv`, then `orders-may-2.csv`: what an earlier import rejected stays.
    private func freeRejectsPath(in folder: String) -> String {
        let first = URL(fileURLWithPath: files.first ?? "import").deletingPathExtension().lastPathComponent
        let path = "\(folder)/\(kind.rawValue)-\(first)"
        var number = 1
        var free = "\(path).csv"
        while FileManager.default.fileExists(atPath: free) {
            number += 1
            free = "\(path)-\(number).csv"
        }
        return free
    }

    private func mapping() throws -> [String: String] {
        var result: [String: String] = [:]
        for map in maps {
            // The field is a word, the column may be anything: the last sign counts.
            guard let sign = map.lastIndex(of: "="), sign != map.startIndex,
                map.index(after: sign) != map.endIndex
            else { throw ValidationError("--map takes COLUMN=FIELD, got '\(map)'.") }
            let column = String(map[..<sign])
            guard result.updateValue(String(map[map.index(after: sign)...]), forKey: column) == nil else {
                throw ValidationError("--map names the column '\(column)' twice.")
            }
        }
        return result
    }
}

extension ImportKind: ExpressibleByArgument {}
extension Delimiter: ExpressibleByArgument {}
extension UnknownColumns: ExpressibleByArgument {}

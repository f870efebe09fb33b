internal import Basics
internal import Catalog
internal import Foundation
internal import GRDB
internal import Tabular

/// One import from the first row to the report, within a transaction of the caller.
final class ImportRun {
    /// Thrown to undo an import that was to be all or nothing.
    struct RolledBack: Error {}

    private let request: ImportRequest
    private let analysis: ImportAnalysis
    private let currency: String
    private let meter: ProgressMeter
    private let rejects: RejectsFile
    private let tally = ImportTally()
    private var reasons: [String: ImportReport.Reason] = [:]
    private var position = (file: "", line: 0)
    /// What the import did; complete when `store` has returned or thrown ``RolledBack``.
    var report = ImportReport()

    init(_ request: ImportRequest, _ analysis: ImportAnalysis, currency: String, meter: ProgressMeter) {
        self.request = request
        self.analysis = analysis
        self.currency = currency
        self.meter = meter
        rejects = RejectsFile(path: request.rejectsPath)
    }

    /// Stores the rows of all files.
    func store(_ db: Database) throws {
        meter.start(.storing)
        let row = ImportRow(
            kind: request.kind, attributes: analysis.attributes.count, clock: ZoneClock(request.timeZone),
            currency: currency)
        let writer = try makeWriter(db, row)
        for file in analysis.files { try read(file, row, writer) }
        try writer.finish()
        complete()
        addWarnings(row)
        report.rejectsFile = try rejects.finish()
        if isUndone {
            (report.new, report.updated, report.unchanged, report.created) = (0, 0, 0, [])
            throw RolledBack()
        }
        if tally.hasChanges {
            try recordInAuditLog(db)
            try Store.noteChange(db)
        }
        for table in ["customers", "orders", "ordinals", "stated"] {
            try db.execute(sql: "DROP TABLE IF EXISTS temp.import_\(table)")
        }
    }

    /// Whether a row was rejected where all or nothing was wanted.
    private var isUndone: Bool { request.allOrNothing && report.rejected > 0 }

    /// Removes the rejects file of an import that failed.
    func discardRejects() {
        rejects.discard()
        if let path = report.rejectsFile { try? FileManager.default.removeItem(atPath: path) }
    }

    private func read(_ file: ImportAnalysis.File, _ row: ImportRow, _ writer: any RowWriter) throws {
        let reader = try request.open(file.path)
        row.columns = analysis.columns(of: file)
        position.file = file.path
        while try reader.next() {
            report.rows += 1
            position.line = reader.line
            if let rejection = try row.read(reader) ?? writer.write(row) {
                try reject(rejection, reader.rawRecord)
            }
            if try meter.isDue() { try meter.report(reader.bytesRead) }
        }
        meter.finishFile(file.byteCount)
    }

    private func reject(_ rejection: Rejection, _ record: String) throws {
        report.rejected += 1
        let known = reasons[rejection.reason]
        reasons[rejection.reason] = ImportReport.Reason(
            reason: rejection.reason, count: (known?.count ?? 0) + 1,
            firstFile: known?.firstFile ?? position.file,
            firstLine: known?.firstLine ?? position.line)
        try rejects.add(file: position.file, line: position.line, reason: rejection.detail, record: record)
    }

    private func makeWriter(_ db: Database, _ row: ImportRow) throws -> any RowWriter {
        let customers = try CustomerResolver(
            db, row: row, tally: tally, knownOnly: request.knownCustomersOnly)
        if let shape = RecordShape(request.kind, currency: currency) {
            return try RecordWriter(
                db, shape: shape, row: row, tally: tally, customers: request.kind.hasOwner ? customers : nil)
        }
        if let lines = try OrderLineWriter(db, row: row, tally: tally, customers: customers) { return lines }
        let first = request.kind.fields.count
        let attributes = try analysis.attributes.enumerated().map { place, attribute in
            (cell: first + place, definition: try definition(of: attribute, db))
        }
        return try CustomerWriter(
            db, row: row, tally: tally, customers: customers, attributes: attributes,
            position: { [unowned self] in position })
    }

    private func definition(of attribute: ImportAnalysis.Attribute, _ db: Database) throws -> Int64 {
        try db.execute(
            sql:
                "INSERT INTO attribute_definitions (name, type, doc) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
            arguments: [
                attribute.name, attribute.type.rawValue, "Imported from the column '\(attribute.header)'.",
            ])
        if db.changesCount > 0 { tally.create("custom attribute") }
        let id = try Int64.fetchOne(
            db, sql: "SELECT id FROM attribute_definitions WHERE name = ?", arguments: [attribute.name])
        return id ?? 0
    }

    private func complete() {
        (report.new, report.updated, report.unchanged) = (tally.new, tally.updated, tally.unchanged)
        report.created = tally.created.sorted { $0.key < $1.key }
            .map { ImportReport.Created(what: $0.key, count: $0.value) }
        report.reasons = reasons.values.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
    }

    private func addWarnings(_ row: ImportRow) {
        report.warnings = analysis.files.compactMap { file in
            let dropped = file.columns.filter { column in
                column.form == nil && request.map[column.header] != "-"
            }
            if dropped.isEmpty { return nil }
            return "columns of \(file.path) left out: \(dropped.map(\.header).joined(separator: ", "))"
        }
        func warn(_ count: Int, _ one: String, _ many: String) {
            if count > 0 { report.warnings.append("\(count) \(count == 1 ? one : many)") }
        }
        warn(
            row.badEmails, "e-mail address that cannot be one left out",
            "e-mail addresses that cannot be one left out")
        warn(row.badPhones, "phone number that is none left out", "phone numbers that are none left out")
        let digits = row.moneyDigits
        let decimals = digits == 0 ? "decimals" : "more than \(digits) decimals"
        warn(
            row.roundedAmounts, "amount had \(decimals) and was rounded",
            "amounts had \(decimals) and were rounded")
        // What follows changed the store, so it does not hold of an import that is undone.
        if isUndone { return }
        warn(
            tally.adopted, "customer found by e-mail or phone got their external id",
            "customers found by e-mail or phone got their external id")
        let (lines, orders) = tally.removedLines
        let files = request.files.count == 1 ? "this file no longer has" : "these files no longer have"
        let end = "removed from \(orders) \(orders == 1 ? "order" : "orders")"
        warn(lines, "line that \(files) was \(end)", "lines that \(files) were \(end)")
    }

    private struct AuditDetail: Encodable {
        let kind: String
        let files: [String]
        let rows, new, updated, unchanged, rejected: Int
        let created: [String: Int]
    }

    private func recordInAuditLog(_ db: Database) throws {
        let detail = AuditDetail(
            kind: request.kind.rawValue, files: request.files, rows: report.rows, new: report.new,
            updated: report.updated, unchanged: report.unchanged, rejected: report.rejected,
            created: tally.created)
        try Store.audit(db, "import", detail, by: "cli", at: request.recordedAt)
    }
}

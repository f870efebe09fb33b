internal import Basics
internal import Catalog
internal import Foundation
internal import GRDB

extension Store {
    /// Imports the files of a request in one transaction: rows that cannot be taken go to the rejects file, the
    /// rest lands whole, and importing the same files again changes nothing.
    ///
    /// `progress` is called about every 50 ms; where it returns false the import is cancelled.
    ///
    /// - Throws: ``ImportError``, `TabularError` or ``StoreError``, after everything was rolled back.
    /// - Complexity: one pass over the files, and one before it over a sample (over the whole files where
    ///   custom attributes need their types); memory does not grow with the files.
    public func importFiles(
        _ request: ImportRequest, progress: (ImportProgress) -> Bool = { _ in true }
    ) throws -> ImportReport {
        try withoutActuallyEscaping(progress) { progress in
            let sizes = request.files.map { path in
                (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) ?? 0
            }
            let meter = ProgressMeter(bytesTotal: sizes.reduce(0, +), progress)
            let analysis = try analyze(request, meter: meter)
            let run = ImportRun(request, analysis, currency: currency, meter: meter)
            do {
                // The run itself says whether the data have changed.
                try withoutForeignKeyChecks { try write(changesData: false) { db in try run.store(db) } }
            } catch is ImportRun.RolledBack {
                run.report.rolledBack = true
            } catch {
                run.discardRejects()
                throw error
            }
            return run.report
        }
    }

    /// Every id that an import writes is one that it has just found or made, so a check per row finds nothing.
    private func withoutForeignKeyChecks(_ body: () throws -> Void) throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = OFF") }
        defer { try? queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA foreign_keys = ON") } }
        try body()
    }

    /// What the files are and what their columns mean; nothing is written.
    func analyze(_ request: ImportRequest, meter: ProgressMeter) throws -> ImportAnalysis {
        let stored = try StoreError.wrapping(path) {
            try queue.read { db in
                try Row.fetchAll(db, sql: "SELECT name, type FROM attribute_definitions")
                    .map { row in (row["name"] as String, ValueType(rawValue: row["type"]) ?? .text) }
            }
        }
        let types = Dictionary(stored, uniquingKeysWith: { first, _ in first })
        var analyzer = ImportAnalyzer(request, stored: types, meter: meter)
        return try analyzer.analyze()
    }
}

import Foundation
import GRDB
import Store
import Testing

/// A store in a folder of its own, into which tests import texts.
final class ImportBench {
    let folder: URL
    let store: Store

    init(currency: String = "CNY") throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try Store(creating: folder.appending(path: "crm.sqlite").path, currency: currency)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    var rejectsPath: String { folder.appending(path: "rejects.csv").path }

    /// The text of the rejects file with bare file names; nil where there is none.
    var rejects: String? {
        try? String(contentsOfFile: rejectsPath, encoding: .utf8).replacingOccurrences(
            of: folder.path + "/", with: "")
    }

    /// Writes a file into the folder.
    func file(_ bytes: Data, name: String = "in.csv") throws -> String {
        let url = folder.appending(path: name)
        try bytes.write(to: url)
        return url.path
    }

    func request(_ kind: ImportKind, _ files: [String]) throws -> ImportRequest {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        return ImportRequest(
            kind: kind, files: files, timeZone: zone, rejectsPath: rejectsPath, recordedAt: 1_700_000_000)
    }

    /// Imports a text; `change` sets options.
    @discardableResult
    func load(
        _ kind: ImportKind, _ text: String, _ change: (inout ImportRequest) -> Void = { _ in }
    ) throws -> ImportReport {
        var request = try request(kind, [file(Data(text.utf8))])
        change(&request)
        return try store.importFiles(request)
    }

    /// The error that importing a text throws.
    func failure(
        _ kind: ImportKind, _ text: String, _ change: (inout ImportRequest) -> Void = { _ in }
    ) throws -> ImportError? {
        do {
            try load(kind, text, change)
            return nil
        } catch let error as ImportError {
            return error
        }
    }

    /// The rows of a query, each as its values with `|` between them.
    func rows(_ sql: String) throws -> [String] {
        try store.write(changesData: false) { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { value in
                    switch value.storage {
                    case .null: "–"
                    case .int64(let number): "\(number)"
                    case .double(let number): "\(number)"
                    case .string(let text): text
                    case .blob(let bytes): "\(bytes.count) bytes"
                    }
                }.joined(separator: "|")
            }
        }
    }

    /// Every row of every table.
    func dump() throws -> [String] {
        let tables = try rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        return try tables.flatMap { table in
            try rows("SELECT * FROM \"\(table)\"").map { "\(table): \($0)" }
        }
    }
}

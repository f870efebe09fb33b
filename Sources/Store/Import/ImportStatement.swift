internal import GRDB
internal import GRDBSQLite

/// A prepared statement that binds bytes of the reader's buffer without a copy.
///
/// GRDB binds values of its own kind, each text through a String; at millions of rows that costs more than
/// SQLite's own work.
final class ImportStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer?

    init(_ db: Database, _ sql: String) throws {
        connection = db.sqliteConnection
        var handle: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard code == SQLITE_OK, let handle else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: sql)
        }
        self.handle = handle
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Binds a cell; its text must stay where it is until the statement has run.
    func bind(_ index: Int, _ cell: ImportCell) {
        switch cell {
        case .empty: sqlite3_bind_null(handle, Int32(index))
        case .integer(let value): sqlite3_bind_int64(handle, Int32(index), value)
        case .number(let value): sqlite3_bind_double(handle, Int32(index), value.double)
        case .text(let bytes): bind(index, bytes)
        }
    }

    /// Binds a whole number.
    func bind(_ index: Int, _ value: Int64) {
        sqlite3_bind_int64(handle, Int32(index), value)
    }

    /// Binds a double.
    func bind(_ index: Int, _ value: Double) {
        sqlite3_bind_double(handle, Int32(index), value)
    }

    /// Binds a text that stays where it is until the statement has run.
    func bind(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        // A text without bytes may have no address, which SQLite would take for NULL.
        if bytes.isEmpty { return bind(index, copying: "") }
        bytes.withMemoryRebound(to: CChar.self) { text in
            _ = sqlite3_bind_text(handle, Int32(index), text.baseAddress, Int32(text.count), nil)
        }
    }

    /// Binds a text by copying it.
    func bind(_ index: Int, copying text: String?) {
        guard let text else {
            sqlite3_bind_null(handle, Int32(index))
            return
        }
        sqlite3_bind_text(handle, Int32(index), text, -1, Self.transient)
    }

    /// Binds bytes by copying them.
    func bind(_ index: Int, blob bytes: [UInt8]) {
        sqlite3_bind_blob(handle, Int32(index), bytes, Int32(bytes.count), Self.transient)
    }

    /// Runs to the end and gives how many rows were changed, those of triggers aside.
    @discardableResult
    func run() throws -> Int {
        let code = sqlite3_step(handle)
        let changes = Int(sqlite3_changes(connection))
        sqlite3_reset(handle)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code) }
        return changes
    }

    /// Gives what `read` makes of the first row; nil where there is none.
    func first<Result>(_ read: (ImportStatement) -> Result) throws -> Result? {
        let code = sqlite3_step(handle)
        defer { sqlite3_reset(handle) }
        if code == SQLITE_ROW { return read(self) }
        guard code == SQLITE_DONE else { throw failure(code) }
        return nil
    }

    /// A whole number of the current row; 0 for NULL.
    func integer(_ column: Int) -> Int64 {
        sqlite3_column_int64(handle, Int32(column))
    }

    /// A double of the current row; 0 for NULL.
    func double(_ column: Int) -> Double {
        sqlite3_column_double(handle, Int32(column))
    }

    /// The bytes of a blob of the current row.
    func blob(_ column: Int) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, Int32(column)), count: count))
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)),
            sql: sqlite3_sql(handle).map { String(cString: $0) })
    }

    /// SQLITE_TRANSIENT, a cast that Swift does not import.
    private static var transient: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}

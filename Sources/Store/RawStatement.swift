internal import Catalog
internal import GRDB
internal import GRDBSQLite

/// A prepared statement of SQLite itself, for statements that run millions of times.
///
/// GRDB binds values of its own kind, each text through a String; at millions of rows that costs more than
/// SQLite's own work. A bind that fails is told by the next run.
final class RawStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer?
    private var bindFailure = SQLITE_OK

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

    /// Binds a value, a text by copying it.
    func bind(_ index: Int, _ value: Value) {
        switch value {
        case .null: bindNull(index)
        case .integer(let number): bind(index, number)
        case .number(let number): bind(index, number)
        case .text(let text): bind(index, copying: text)
        }
    }

    /// Binds NULL.
    func bindNull(_ index: Int) {
        note(sqlite3_bind_null(handle, Int32(index)))
    }

    /// Binds a whole number; nil as NULL.
    func bind(_ index: Int, _ value: Int64?) {
        guard let value else { return bindNull(index) }
        note(sqlite3_bind_int64(handle, Int32(index), value))
    }

    /// Binds a double.
    func bind(_ index: Int, _ value: Double) {
        note(sqlite3_bind_double(handle, Int32(index), value))
    }

    /// Binds a text that stays where it is until the statement has run.
    func bind(_ index: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        bind(index, bytes, nil)
    }

    /// Binds a text by copying it; nil as NULL.
    func bind(_ index: Int, copying text: String?) {
        guard var text else { return bindNull(index) }
        text.withUTF8 { bind(index, $0, Self.transient) }
    }

    /// Binds bytes by copying them.
    func bind(_ index: Int, blob bytes: [UInt8]) {
        note(sqlite3_bind_blob(handle, Int32(index), bytes, Int32(bytes.count), Self.transient))
    }

    /// Binds a set of customers, whom the caller keeps until the statement has run.
    func bind(_ index: Int, _ customers: CustomerSet) {
        customers.bind(at: Int32(index), of: handle)
    }

    /// Runs to the end and gives how many rows were changed, those of triggers aside.
    @discardableResult
    func run() throws -> Int {
        let code = try step()
        defer { sqlite3_reset(handle) }
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code) }
        return Int(sqlite3_changes(connection))
    }

    /// Gives what `read` makes of the first row; nil where there is none.
    func first<Result>(_ read: (RawStatement) -> Result) throws -> Result? {
        let code = try step()
        defer { sqlite3_reset(handle) }
        if code == SQLITE_ROW { return read(self) }
        guard code == SQLITE_DONE else { throw failure(code) }
        return nil
    }

    /// Hands over each row.
    func forEach(_ body: (RawStatement) throws -> Void) throws {
        defer { sqlite3_reset(handle) }
        while true {
            let code = try step()
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            try body(self)
        }
    }

    /// Goes to the next row; false behind the last.
    func next() throws -> Bool {
        let code = try step()
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code) }
        return code == SQLITE_ROW
    }

    /// A whole number of the current row; 0 for NULL.
    func integer(_ column: Int) -> Int64 {
        sqlite3_column_int64(handle, Int32(column))
    }

    /// A text of the current row; nil for NULL. Bytes that are not UTF-8 are replaced.
    func text(_ column: Int) -> String? {
        guard let bytes = sqlite3_column_blob(handle, Int32(column)),
            sqlite3_column_type(handle, Int32(column)) != SQLITE_NULL
        else { return sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL ? nil : "" }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// A value of the current row.
    func value(_ column: Int) -> Value {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .number(double(column))
        case SQLITE_NULL: .null
        default: .text(text(column) ?? "")
        }
    }

    /// A double of the current row; 0 for NULL.
    func double(_ column: Int) -> Double {
        sqlite3_column_double(handle, Int32(column))
    }

    /// The bytes of a text of the current row, until the next one; nil for NULL.
    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let start = sqlite3_column_blob(handle, Int32(column)) else {
            // A text without bytes has no address either.
            let isNull = sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
            return isNull ? nil : UnsafeBufferPointer(start: nil, count: 0)
        }
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
    }

    /// The bytes of a blob of the current row.
    func blob(_ column: Int) -> [UInt8] {
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, Int32(column)), count: count))
    }

    private func step() throws -> Int32 {
        guard bindFailure == SQLITE_OK else {
            defer { bindFailure = SQLITE_OK }
            throw failure(bindFailure)
        }
        return sqlite3_step(handle)
    }

    private func bind(
        _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ destructor: sqlite3_destructor_type?
    ) {
        // A text without bytes may have no address, which SQLite would take for NULL.
        guard !bytes.isEmpty else {
            note(sqlite3_bind_text(handle, Int32(index), "", 0, Self.transient))
            return
        }
        bytes.withMemoryRebound(to: CChar.self) { text in
            note(
                sqlite3_bind_text(handle, Int32(index), text.baseAddress, Int32(text.count), destructor))
        }
    }

    private func note(_ code: Int32) {
        if code != SQLITE_OK { bindFailure = code }
    }

    /// The error as SQLite has it now, before a reset may replace its message.
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

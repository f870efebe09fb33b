internal import Catalog
internal import GRDBSQLite

/// `is_among(set, id)` in SQL: whether a customer is one of a set that the program holds
/// (https://www.sqlite.org/bindptr.html).
extension CustomerSet {
    /// Told with the pointer, so that no other is taken for a set.
    private static let kind: StaticString = "moonletter customers"

    /// Adds the function to a connection.
    static func install(_ connection: OpaquePointer?) {
        sqlite3_create_function_v2(
            connection, "is_among", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY, nil,
            { context, _, values in
                guard let values, let pointer = sqlite3_value_pointer(values[0], CustomerSet.kindName) else {
                    return sqlite3_result_int(context, 0)
                }
                let set = Unmanaged<CustomerSet>.fromOpaque(pointer).takeUnretainedValue()
                sqlite3_result_int(context, set.contains(sqlite3_value_int64(values[1])) ? 1 : 0)
            }, nil, nil, nil)
    }

    /// Gives a statement the set, which whoever runs it keeps.
    func bind(at index: Int32, of statement: OpaquePointer) {
        sqlite3_bind_pointer(
            statement, index, Unmanaged.passUnretained(self).toOpaque(), Self.kindName, nil)
    }

    private static var kindName: UnsafePointer<CChar> {
        UnsafeRawPointer(kind.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

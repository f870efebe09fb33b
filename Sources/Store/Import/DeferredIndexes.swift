internal import GRDB

/// Takes the plain indexes of empty tables away while rows pour in, and builds them by sorting at the end.
///
/// Keys that come in no order touch a page each; sorted, a million of them take a third of the time. Unique
/// indexes stay, for they decide what is stored. After an error the rollback puts the indexes back.
struct DeferredIndexes {
    private let db: Database
    private var statements: [String] = []

    /// Takes the indexes of those of the tables that have no row.
    init(_ db: Database, tables: [String]) throws {
        self.db = db
        for table in tables {
            let isEmpty = try !(Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM main.\(table))") ?? true)
            guard isEmpty else { continue }
            let indexes = try Row.fetchAll(
                db,
                sql: """
                    SELECT name, sql FROM main.sqlite_schema
                    WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX%'
                    """, arguments: [table])
            for index in indexes {
                let (name, sql): (String, String) = (index[0], index[1])
                try db.execute(sql: "DROP INDEX main.\(name)")
                statements.append(sql)
            }
        }
    }

    /// Builds the indexes. Cost: a sort of their keys, in the page cache's memory and then on disk.
    func build() throws {
        for sql in statements { try db.execute(sql: sql) }
    }
}

internal import Basics
internal import GRDB

/// Tells whether this import has stated a row of the store before, so that two lines about one row are not
/// merged and importing the file again changes nothing.
///
/// The keys lie in a temporary table. A table whose rows have ids needs only those that were there before:
/// what this import made has a higher id.
final class StatedRows {
    private let remember: RawStatement
    private let find: RawStatement?
    private let firstNewID: Int64
    private let keyPlaces: [Int]

    init(_ db: Database, shape: RecordShape, firstNewID: Int64) throws {
        try db.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS import_stated (key ANY PRIMARY KEY) STRICT, WITHOUT ROWID;
                DELETE FROM temp.import_stated;
                """)
        remember = try RawStatement(
            db, "INSERT INTO temp.import_stated VALUES (?1) ON CONFLICT DO NOTHING")
        find = shape.hasID ? try RawStatement(db, shape.findSQL) : nil
        self.firstNewID = firstNewID
        keyPlaces = shape.columns.indices.filter { shape.key.contains(shape.columns[$0].name) }
    }

    /// Notes that the row was inserted.
    func noteNew(_ values: [ImportCell]) throws {
        if find == nil { _ = try note(values) }
    }

    /// Notes that the import states a row that the store has; whether it did so before.
    func wasStated(_ values: [ImportCell]) throws -> Bool {
        guard let find else { return try !note(values) }
        for place in keyPlaces { find.bind(place + RecordShape.firstParameter, values[place]) }
        let id = try find.first { $0.integer(0) } ?? 0
        if id >= firstNewID { return true }
        remember.bind(1, id)
        return try remember.run() == 0
    }

    private func note(_ values: [ImportCell]) throws -> Bool {
        var hash = StableHash()
        for place in keyPlaces { values[place].add(to: &hash) }
        remember.bind(1, blob: hash.bytes)
        return try remember.run() > 0
    }
}

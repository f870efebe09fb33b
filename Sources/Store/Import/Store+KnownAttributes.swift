public import Catalog
internal import GRDB

extension Store {
    /// Makes custom attributes known before a row has one of them. What is known already stays as it is.
    ///
    /// - Returns: those that are known with another type, as they are known.
    /// - Throws: ``StoreError``. Nothing is written where all are known.
    public func makeKnown(_ attributes: [Field]) throws -> [Field] {
        let stored = try read(asOf: .max) { $0.attributes }
        let missing = attributes.filter { attribute in !stored.contains { $0.name == attribute.name } }
        if !missing.isEmpty {
            try write { db in
                for attribute in missing {
                    try db.execute(
                        sql: """
                            INSERT INTO attribute_definitions (name, type, doc) VALUES (?, ?, ?)
                            ON CONFLICT (name) DO NOTHING
                            """, arguments: [attribute.name, attribute.type.rawValue, attribute.doc])
                }
            }
        }
        return stored.filter { known in
            attributes.contains { $0.name == known.name && $0.type != known.type }
        }
    }
}

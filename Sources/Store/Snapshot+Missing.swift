public import Catalog
internal import GRDB

extension Snapshot {
    /// The share of customers, from 0 to 1, who lack each of the fields; empty where there are no customers.
    ///
    /// Cost: one pass over the customers, and for each custom attribute a look at the customer's value.
    public func missingShares(of fields: [Field]) throws -> [String: Double] {
        guard !fields.isEmpty else { return [:] }
        let counts = fields.map { "COUNT(\($0.sql))" }.joined(separator: ", ")
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT COUNT(*), \(counts) FROM customers AS c \
                \(factJoin(fields)) WHERE \(existing)
                """)
        guard let row, let all: Int = row[0], all > 0 else { return [:] }
        return Dictionary(
            fields.enumerated().map { index, field in
                let present: Int = row[index + 1]
                return (field.name, Double(all - present) / Double(all))
            }, uniquingKeysWith: { first, _ in first })
    }
}

public import Catalog
internal import GRDB

extension Snapshot {
    /// Hands over the customers one by one: the id and the values of the fields.
    ///
    /// They come in the order told, ties and all else by id; missing values come last. Cost: in the order of ids nothing is
    /// kept; else all are sorted, or the first `limit` of them kept.
    public func forEachRow(
        _ fields: [Field], of population: Population, by order: [RowOrder] = [], limit: Int? = nil,
        _ body: (_ customer: Int64, _ values: [Value]) throws -> Void
    ) throws {
        let keys = order.map { "\($0.field.sql) \($0.isDescending ? "DESC" : "ASC") NULLS LAST" } + ["c.id"]
        let tail =
            "ORDER BY \(keys.joined(separator: ", "))" + (limit.map { " LIMIT \(max(0, $0))" } ?? "")
        try ask(["c.id"] + fields.map(\.sql), of: population, tail).forEach { row in
            try body(row.integer(0), fields.indices.map { row.value($0 + 1) })
        }
    }

    /// Hands over each customer of the population with the value of a field, by id.
    public func forEachValue(
        of field: Field, in population: Population, _ body: (Int64, Value) throws -> Void
    ) throws {
        try forEachRow([field], of: population) { customer, values in try body(customer, values[0]) }
    }

    /// So many of the customers by chance, all where there are fewer; the same ones for the same seed. By id.
    public func sample(_ count: Int, seed: Int64, of population: Population) throws -> [Int64] {
        let tail = "ORDER BY chance_of(?2, c.id), c.id LIMIT \(max(0, count))"
        var ids: [Int64] = []
        try ask(["c.id"], of: population, tail, [.integer(seed)]).forEach { ids.append($0.integer(0)) }
        return ids.sorted()
    }
}

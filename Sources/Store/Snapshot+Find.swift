public import Catalog
internal import Foundation

extension Snapshot {
    /// The customers in whose name, e-mail address, phone number, company or external id every word of the text stands.
    ///
    /// Case and the width of letters do not matter; of a word of digits and the signs of phone numbers, the digits of a
    /// phone number count. A whole value comes before the beginning of one or of a word of it, and that before the rest;
    /// then who has spent most, then by id. Cost: one scan of the customers (`docs/decisions/023-find.md`).
    public func find(
        _ text: String, in population: Population = Population(), limit: Int = 20
    ) throws -> CustomerMatches {
        var search = CustomerSearch(text)
        guard !search.isEmpty else { return CustomerMatches(best: [], count: 0) }
        var found: [CustomerMatch.Place: [(customer: Int64, columns: UInt8)]] = [:]
        let columns = ["c.id"] + CustomerSearch.columns.map { "c.\($0)" }
        try ask(columns, of: population).forEach { row in
            guard let match = search.match(row, from: 1) else { return }
            found[match.place, default: []].append((row.integer(0), match.columns))
        }
        var best: [CustomerMatch] = []
        let spent = factFields.filter { $0.name == "total_spent" }.map { RowOrder($0, descending: true) }
        for (place, matches) in found.sorted(by: { $0.key > $1.key }) where best.count < limit {
            let columns = Dictionary(matches.map { ($0.customer, $0.columns) }) { first, _ in first }
            let these = Population(among: CustomerSet(Set(columns.keys)))
            try forEachRow([], of: these, by: spent, limit: limit - best.count) { customer, _ in
                let bits = columns[customer] ?? 0
                let names = CustomerSearch.columns.indices.filter { bits >> UInt8($0) & 1 == 1 }
                best.append(
                    CustomerMatch(
                        customer: customer, place: place, columns: names.map { CustomerSearch.columns[$0] }))
            }
        }
        return CustomerMatches(best: best, count: found.values.reduce(0) { $0 + $1.count })
    }

    /// Customers whose name begins so, as ``find(_:in:limit:)`` compares, by id, among the first 40,000 customers: who
    /// types a name waits for no more.
    public func customers(nameStartingWith prefix: String, limit: Int) throws -> [(id: Int64, name: String)] {
        let sought = TextFolding.folded(prefix)
        guard let name = customerColumns.first(where: { $0.name == "name" }) else { return [] }
        var folded = [UInt8](repeating: 0, count: 1_024)
        var found: [(id: Int64, name: String)] = []
        let statement = try ask(["c.id", name.sql], of: Population(), "ORDER BY c.id LIMIT 40000")
        while found.count < limit, try statement.next() {
            guard let bytes = statement.bytes(1) else { continue }
            let room = TextFolding.room(for: bytes.count)
            if folded.count < room { folded = [UInt8](repeating: 0, count: room) }
            let isSought = folded.withUnsafeMutableBufferPointer { buffer in
                guard let start = buffer.baseAddress else { return false }
                let count = TextFolding.fold(bytes, into: start)
                return count >= sought.count && memcmp(start, sought, sought.count) == 0
            }
            if isSought { found.append((statement.integer(0), statement.text(1) ?? "")) }
        }
        return found
    }
}

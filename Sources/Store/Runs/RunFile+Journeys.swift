public import Catalog
internal import Foundation
internal import GRDB

extension RunFile {
    /// Hands over what the run keeps of each person for replays, with the subjects of the messages that each of their
    /// customers got, in the order of sending; by the lowest customer.
    ///
    /// Cost: a pass over the decisions besides the records.
    public func forEachJourneyRecord(_ body: (JourneyRecord, [Int64: [String?]]) throws -> Void) throws {
        try read { db in
            let names = try String.fetchAll(db, sql: "SELECT text FROM names ORDER BY number")
            var subjects: [Int64: [String?]] = [:]
            let sent = try Row.fetchCursor(
                db, sql: "SELECT customer_id, subject FROM decisions WHERE outcome = 'sent' ORDER BY id")
            while let row = try sent.next() { subjects[row[0], default: []].append(row[1]) }
            let rows = try Row.fetchCursor(db, sql: "SELECT record FROM journeys ORDER BY person")
            while let row = try rows.next() {
                let record = try journeyRecord(row[0], names)
                let own = record.customers.map { ($0, subjects[$0] ?? []) }
                try body(record, Dictionary(uniqueKeysWithValues: own))
            }
        }
    }

    /// What the run keeps of the person whom a customer belongs to; nil where it keeps nothing.
    func journeyRecord(of customer: Int64, _ db: Database) throws -> JourneyRecord? {
        guard try db.tableExists("journeys") else { return nil }
        let names = try String.fetchAll(db, sql: "SELECT text FROM names ORDER BY number")
        // Most people have one customer.
        let rows = try Row.fetchCursor(
            db, sql: "SELECT record FROM journeys WHERE person <= ? ORDER BY person DESC",
            arguments: [customer])
        while let row = try rows.next() {
            let record = try journeyRecord(row[0], names)
            if record.customers.contains(customer) { return record }
        }
        return nil
    }

    private func journeyRecord(_ bytes: Data, _ names: [String]) throws -> JourneyRecord {
        guard let record = JourneyRecord([UInt8](bytes), RecordNames(names)) else {
            throw StoreError.sqlite(path: path, message: "a record of journeys cannot be read")
        }
        return record
    }
}

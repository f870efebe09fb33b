import Foundation
import Store
import Testing

@Suite("What an import takes away for a while")
struct ImportSchemaTests {
    /// One row of each kind; a message event names a message, which only some of the kinds have made.
    private static let header: [ImportKind: (String, String)] = [
        .customers: ("id,shoe", "1,5"), .products: ("sku,name", "A,Boot"),
        .orders: ("customer_id,date,amount", "1,2024-01-01,5"),
        .orderLines: ("order_number,customer_id,date,sku,amount", "1,1,2024-01-01,A,5"),
        .events: ("customer_id,type,time,sku", "1,cart,2024-01-01,A"),
        .consents: ("customer_id,channel,status,date", "1,email,granted,2024-01-01"),
        .suppressions: ("channel,address", "email,a@b.c"),
        .messages: ("message_id,customer_id,channel,sent_at", "M1,1,email,2024-01-01"),
        .messageEvents: ("message_id,type,time", "M1,open,2024-01-01"),
        .interactions: ("customer_id,type,date", "1,call,2024-01-01"),
        .feedback: ("customer_id,score,date", "1,5,2024-01-01"),
        .tags: ("customer_id,tag", "1,x"), .interests: ("customer_id,interest", "1,tea"),
    ]

    /// Tables, indexes and triggers of the file and of the connection.
    private func schema(_ bench: ImportBench) throws -> [String] {
        try ["main", "temp"].flatMap { name in
            try bench.rows("SELECT type, name, tbl_name, sql FROM \(name).sqlite_schema ORDER BY 1, 2")
        }
    }

    @Test(
        "tables, indexes and triggers are those of a fresh store after an import into empty tables",
        arguments: ImportKind.allCases)
    func imported(kind: ImportKind) throws {
        let fresh = try schema(ImportBench())
        #expect(fresh.contains { $0.hasPrefix("index|orders_customer|") })
        #expect(fresh.contains { $0.hasPrefix("trigger|touched_messages_insert|") })
        let bench = try ImportBench()
        let (header, row) = try #require(Self.header[kind])
        for _ in 1...2 {
            try bench.load(kind, "\(header)\n\(row)\n")
            #expect(try schema(bench) == fresh)
        }
    }

    @Test(
        "tables, indexes and triggers are those of a fresh store after an import that was undone or failed",
        arguments: ImportKind.allCases)
    func failed(kind: ImportKind) throws {
        let bench = try ImportBench()
        let fresh = try schema(bench)
        let (header, row) = try #require(Self.header[kind])
        let text = "\(header)\n\(row)\ntoo few\n"
        #expect(try bench.load(kind, text) { $0.allOrNothing = true }.rolledBack)
        #expect(try schema(bench) == fresh)
        try Data().write(to: bench.folder.appending(path: "taken"))
        let path = bench.folder.path + "/taken/rejects.csv"
        #expect(
            try bench.failure(kind, text) { $0.rejectsPath = path }
                == .rejectsNotWritable(path: path, reason: "Not a directory"))
        #expect(try schema(bench) == fresh)
    }
}

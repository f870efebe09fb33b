import Catalog
import Diagnostics
import Foundation
import Store
import Testing

@Suite("Imports that plugins help")
struct ImportLinesTests {
    /// Amounts behind numbers of orders, of one customer.
    private let till = LineImporter(
        name: "till", columns: ["order number", "customer", "date", "amount"]
    ) { line, number in
        if line.hasPrefix("#") { return nil }
        let words = line.split(separator: " ").map(String.init)
        return words.count == 2 ? [words[0], "anna", "2026-01-0\(number)", words[1]] : words
    }

    @Test(
        "lines become the records of a kind; those that cannot be taken are rejected as they stand in the file"
    )
    func lines() throws {
        let bench = try ImportBench()
        let report = try bench.load(.orders, "# till 1\nA1 5.50\n\nA2 six\none two three\n  A3 7  \n") {
            $0.importer = till
        }
        #expect("\(report.rows) \(report.new) \(report.rejected)" == "4 2 2")
        #expect(
            try bench.rows(
                "SELECT order_number, date(placed_at, 'unixepoch', '+8 hours'), amount FROM orders")
                == ["A1|2026-01-02|550", "A3|2026-01-06|700"])
        #expect(
            bench.rejects == """
                file,line,reason,record
                in.csv,4,amount: not a number,A2 six
                in.csv,5,3 fields where importer 'till' has 4,one two three

                """)
        let again = try bench.load(.orders, "A1 5.50\n") { $0.importer = till }
        #expect("\(again.rows) \(again.new)" == "1 0")
    }

    @Test("an error of the importer ends the import, and nothing is stored")
    func failing() throws {
        let bench = try ImportBench()
        let before = try bench.dump()
        #expect(throws: Diagnostic("no such line")) {
            try bench.load(.orders, "A1 5.50\nA2 6\n") { request in
                request.importer = LineImporter(name: "till", columns: till.columns) { line, number in
                    if number == 2 { throw Diagnostic("no such line") }
                    return try till.read(line, number)
                }
            }
        }
        #expect(try bench.dump() == before)
    }

    @Test("columns are mapped by the headers of an importer as by those of a table")
    func mapped() throws {
        let bench = try ImportBench()
        let report = try bench.load(.orders, "A1 5.50\n") {
            $0.importer = LineImporter(
                name: "till", columns: ["order", "who", "date", "sum"], read: till.read)
            $0.map = ["who": "customer_id", "sum": "amount"]
        }
        #expect(report.new == 1)
        #expect(try bench.rows("SELECT external_id FROM customers") == ["anna"])
    }

    @Test(
        "headers that are known besides mean their field, or an attribute of customers also where others are dropped"
    )
    func headers() throws {
        let bench = try ImportBench()
        #expect(try bench.store.makeKnown([Field("card_number", .text, "Number of the card.")]).isEmpty)
        try bench.load(.customers, "kundennummer,Karte,shoe\n7,00123,42\n") {
            $0.headers = ["external_id": ["Kundennummer"]]
            $0.attributeHeaders = ["card_number": ["karte"]]
            $0.unknownColumns = .drop
        }
        #expect(try bench.rows("SELECT external_id FROM customers") == ["7"])
        #expect(
            try bench.rows(
                "SELECT name, type, doc, value FROM attribute_definitions JOIN attribute_values ON attribute_id = id"
            )
                == ["card_number|text|Number of the card.|00123"])
    }

    @Test("an attribute is known before a row has it; one that is known stays as it is")
    func known() throws {
        let bench = try ImportBench()
        try bench.load(.customers, "id,card_number\n1,5\n")
        let card = Field("card_number", .text, "Number of the card.")
        let points = Field("points", .integer, "Points of the card.")
        let others = try bench.store.makeKnown([card, points])
        #expect(others.map { "\($0.name) \($0.type)" } == ["card_number integer"])
        let fields = try bench.store.read(asOf: .max) { $0.attributes }
        #expect(
            fields.map { "\($0.name) \($0.type) \($0.doc)" } == [
                "card_number integer Imported from the column 'card_number'.",
                "points integer Points of the card.",
            ])
        let before = try bench.dump()
        #expect(try bench.store.makeKnown([points]).isEmpty)
        #expect(try bench.dump() == before)
    }
}

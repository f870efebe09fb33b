import Diagnostics
import Foundation
import Store
import Testing

@Suite("What an import leaves behind")
struct ImportOutcomeTests {
    @Test("rejected rows go to a file with line, reason and record; the rest lands")
    func rejects() throws {
        let bench = try ImportBench()
        let report = try bench.load(
            .orders,
            """
            order_number,customer_id,date,amount,status,currency
            1,7,2024-01-01,5,paid,CNY
            2,7,2024-01-01,five,paid,
            3,7,2024-01-01,5,lost,
            4,7,2024-01-01,5,paid,EUR
            5,7,2024-01-01,$5,paid,
            6,7,2024-01-01
            7,,2024-01-01,5,"paid",
            8,7,2024-01-01,,paid,
            """)
        #expect((report.rows, report.new, report.rejected) == (8, 1, 7))
        #expect(report.rejectsFile == bench.rejectsPath)
        #expect(
            bench.rejects == """
                file,line,reason,record
                in.csv,3,amount: not a number,"2,7,2024-01-01,five,paid,"
                in.csv,4,"status: not one of pending, paid, shipped, completed, cancelled, refunded",\
                "3,7,2024-01-01,5,lost,"
                in.csv,5,currency: another currency than CNY,"4,7,2024-01-01,5,paid,EUR"
                in.csv,6,amount: another currency than CNY,"5,7,2024-01-01,$5,paid,"
                in.csv,7,3 fields where the header has 6,"6,7,2024-01-01"
                in.csv,8,no customer,"7,,2024-01-01,5,""paid"","
                in.csv,9,no amount,"8,7,2024-01-01,,paid,"

                """)
        #expect(
            try !FileManager.default.contentsOfDirectory(atPath: bench.folder.path).contains(
                "rejects.csv.part"))
    }

    @Test("all or nothing: one rejected row undoes everything and is still reported")
    func allOrNothing() throws {
        let bench = try ImportBench()
        let before = try bench.dump()
        let report = try bench.load(.tags, "customer_id,tag\n1,x\n,y\n") { $0.allOrNothing = true }
        #expect(report.rolledBack)
        #expect((report.new, report.rejected, report.created) == (0, 1, []))
        #expect(bench.rejects?.contains("in.csv,3,no customer,") == true)
        #expect(try bench.dump() == before)
        // The triggers that were set aside are back.
        try bench.load(.orders, "customer_id,date,amount\n1,2024-01-01,5\n")
        #expect(try bench.rows("SELECT order_count, total_spent FROM customer_facts") == ["1|500"])
    }

    @Test("a cancelled import leaves everything as it was, the rejects file too")
    func cancelled() throws {
        let bench = try ImportBench()
        let before = try bench.dump()
        var text = "customer_id,date,amount\n,2024-01-01,5\n"
        for row in 0..<200_000 { text += "\(row),2024-01-01,5\n" }
        let request = try bench.request(.orders, [bench.file(Data(text.utf8))])
        var last: ImportProgress?
        #expect(throws: ImportError.cancelled) {
            _ = try bench.store.importFiles(request) { progress in
                last = progress
                return progress.phase == .analysing
            }
        }
        #expect(last?.phase == .storing)
        #expect(last?.bytesTotal == Int64(text.utf8.count))
        #expect(try bench.dump() == before)
        #expect(bench.rejects == nil)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).allSatisfy {
                !$0.hasSuffix(".part")
            })
    }

    @Test("where the rejects file cannot be written, nothing is imported")
    func unwritable() throws {
        let bench = try ImportBench()
        let before = try bench.dump()
        let path = bench.folder.path + "/taken/rejects.csv"
        let hint = ImportError.rejectsNotWritable(path: path, reason: "").diagnostic.hint
        #expect(hint == "check the permissions of the folder rejected/ in the workspace")
        try Data().write(to: bench.folder.appending(path: "taken"))
        let error = try bench.failure(.orders, "customer_id,date,amount\n1,2024-01-01,5\n,2024-01-01,5\n") {
            $0.rejectsPath = path
        }
        #expect(error == .rejectsNotWritable(path: path, reason: "Not a directory"))
        #expect(try bench.dump() == before)
        try bench.load(.orders, "customer_id,date,amount\n1,2024-01-01,5\n")
        #expect(try bench.store.verifyFacts() == [])
        #expect(try bench.rows("SELECT order_count FROM customer_facts") == ["1"])
    }

    @Test("changes are told by the second import of a changed file, and noted in the audit log")
    func changes() throws {
        let bench = try ImportBench()
        let header = "order_number,customer_id,date,sku,quantity,unit_price\n"
        try bench.load(
            .orderLines, header + "1,7,2024-01-01,A,1,5\n1,7,2024-01-01,B,1,5\n2,7,2024-01-01,A,1,5\n")
        let report = try bench.load(
            .orderLines, header + "1,7,2024-01-02,A,2,5\n2,7,2024-01-01,A,1,5\n3,8,2024-01-03,A,1,5\n")
        #expect((report.new, report.updated, report.unchanged) == (1, 1, 1))
        // The file states order 1 anew, so its second line is gone.
        #expect(report.warnings == ["1 line that this file no longer has was removed from 1 order"])
        #expect(
            try bench.rows(
                """
                SELECT order_number, date(placed_at, 'unixepoch', '+8 hours'), o.amount, line, i.amount
                FROM orders AS o JOIN order_items AS i ON order_id = o.id ORDER BY o.id, line
                """) == ["1|2024-01-02|1000|1|1000", "2|2024-01-01|500|1|500", "3|2024-01-03|500|1|500"])
        #expect(try bench.store.verifyFacts() == [])
        #expect(
            try bench.rows("SELECT recorded_at, actor, action, detail FROM audit_log WHERE id = 2") == [
                "1700000000|cli|import|{\"created\":{\"customer\":1,\"order\":1},"
                    + "\"files\":[\"\(bench.folder.path)/in.csv\"],\"kind\":\"order-lines\",\"new\":1,\"rejected\":0,"
                    + "\"rows\":3,\"unchanged\":1,\"updated\":1}"
            ])
    }

    @Test("lines are rejected for no customer, cancellation and price, in this order")
    func lineReasons() throws {
        let bench = try ImportBench()
        let report = try bench.load(
            .orderLines,
            """
            InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID
            C1,A,-1,2024-01-01,0,
            C2,A,-1,2024-01-01,0,7
            3,A,-1,2024-01-01,0,7
            4,A,1,2024-01-01,0,7
            5,A,1,2024-01-01,1,7
            5,A,1,2024-01-01,1,8
            """)
        #expect(
            report.reasons.map { "\($0.count) \($0.reason) from \($0.firstLine)" } == [
                "2 cancellation from 3",
                "1 another customer than the lines before it of the same order from 7",
                "1 no customer from 2", "1 price not above zero from 5",
            ])
        #expect(try bench.rows("SELECT external_id FROM customers") == ["7"])
    }

    @Test("an order number that begins with C and a digit is one like any other")
    func numbersWithC() throws {
        let bench = try ImportBench()
        let report = try bench.load(
            .orderLines,
            """
            order_number,customer_id,date,sku,quantity,unit_price
            C1,7,2024-01-01,A,1,5
            C1,7,2024-01-01,A,-1,5
            c2,7,2024-01-01,A,,5
            """)
        #expect(
            report.reasons.map { "\($0.count) \($0.reason) from \($0.firstLine)" } == [
                "1 cancellation from 3"
            ])
        #expect(
            try bench.rows("SELECT order_number, amount FROM orders ORDER BY id") == ["C1|500", "c2|500"])
    }

    @Test("lines that a later file no longer has are removed and counted, unless all is undone")
    func removedLines() throws {
        let bench = try ImportBench()
        let header = "order_number,customer_id,date,sku,unit_price\n"
        let line = { (order: Int, sku: String) in "\(order),7,2024-01-01,\(sku),5\n" }
        let whole = header + line(1, "A") + line(1, "B") + line(1, "C") + line(2, "A") + line(2, "B")
        let short = header + line(1, "A") + line(2, "A")
        #expect(try bench.load(.orderLines, whole).warnings == [])
        let undone = try bench.load(.orderLines, short + "3,,2024-01-01,A,5\n") { $0.allOrNothing = true }
        #expect((undone.rolledBack, undone.warnings) == (true, []))
        let count = "SELECT COUNT(*) FROM order_items"
        #expect(try bench.rows(count) == ["5"])
        #expect(
            try bench.load(.orderLines, short).warnings == [
                "3 lines that this file no longer has were removed from 2 orders"
            ])
        #expect(try bench.rows(count) == ["2"])
        #expect(try bench.load(.orderLines, short).warnings == [])
    }

    @Test(
        "amounts with more decimals than the currency has are rounded and counted",
        arguments: [
            (
                "CNY", "1,5.005\n2,5.10\n3,-0.001\n4,2.5000\n", ["501", "510", "0", "250"],
                ["2 amounts had more than 2 decimals and were rounded"]
            ),
            ("JPY", "1,5.5\n2,5.0\n", ["6", "5"], ["1 amount had decimals and was rounded"]),
            ("KWD", "1,5.005\n", ["5005"], []),
        ])
    func rounding(currency: String, lines: String, stored: [String], warnings: [String]) throws {
        let bench = try ImportBench(currency: currency)
        let rows = lines.split(separator: "\n").map { "\($0),7,2024-01-01\n" }.joined()
        let report = try bench.load(.orders, "order_number,amount,customer_id,date\n" + rows)
        #expect(try bench.rows("SELECT amount FROM orders ORDER BY id") == stored)
        #expect(report.warnings == warnings)
    }

    @Test("a unit price and what it makes of a line are not counted as rounded, a stated line amount is")
    func roundedLines() throws {
        let report = try ImportBench().load(
            .orderLines,
            "order_number,customer_id,date,quantity,unit_price,amount\n1,7,2024-01-01,3,0.335,\n"
                + "1,7,2024-01-01,3,0.335,1.005\n")
        #expect(report.new == 2)
        #expect(report.warnings == ["1 amount had more than 2 decimals and was rounded"])
    }

    @Test(
        "a later line about the same row is rejected unless it says the same",
        arguments: [
            (
                ImportKind.orders,
                "order_number,customer_id,date,amount\n1,7,2024-01-01,5\n1,7,2024-01-01,5\n1,7,2024-01-01,6\n"
            ),
            (.products, "sku,name\nA,Boot\nA,Boot\nA,Shoe\n"),
            (.tags, "customer_id,tag,date\n1,x,2024-01-01\n1,x,2024-01-01\n1,x,2024-01-02\n"),
        ])
    func restated(kind: ImportKind, text: String) throws {
        let bench = try ImportBench()
        let first = try bench.load(kind, text)
        #expect((first.new, first.unchanged, first.rejected) == (1, 1, 1))
        let before = try bench.dump()
        let second = try bench.load(kind, text)
        #expect((second.new, second.updated, second.unchanged, second.rejected) == (0, 0, 2, 1))
        #expect(try bench.dump() == before)
        #expect(
            second.reasons.map(\.reason) == ["an earlier line has the same key and says something else"])
    }

    @Test("several files are one import: equal rows of both stay, customers are told apart by file and line")
    func severalFiles() throws {
        let bench = try ImportBench()
        let first = try bench.file(Data("id,name\n1,Ada\n".utf8), name: "a.csv")
        let second = try bench.file(Data("name,id\nBob,1\n".utf8), name: "b.csv")
        let report = try bench.store.importFiles(bench.request(.customers, [first, second]))
        #expect((report.new, report.rejected) == (1, 1))
        #expect(
            bench.rejects?.hasSuffix("b.csv,2,same customer as line 2 of a.csv,\"Bob,1\"\n") == true)
        let order = "customer_id,date,amount\n1,2024-01-01,5\n"
        let files = [
            try bench.file(Data(order.utf8), name: "c.csv"), try bench.file(Data(order.utf8), name: "d.csv"),
        ]
        #expect(try bench.store.importFiles(bench.request(.orders, files)).new == 2)
        #expect(try bench.store.importFiles(bench.request(.orders, files)).unchanged == 2)
    }
}

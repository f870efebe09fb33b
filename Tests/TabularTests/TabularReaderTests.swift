import Testing

@testable import Tabular

@Suite("Records")
struct TabularReaderTests {
    @Test(
        "Texts become these records, whatever the block size",
        arguments: [
            ("a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
            ("a,b\r\n1,2\r\n", ["a", "b"], [["1", "2"]]),
            ("a,b\r1,2\r", ["a", "b"], [["1", "2"]]),
            ("a,b\n1,2", ["a", "b"], [["1", "2"]]),
            ("\u{FEFF}a,b\n1,2", ["a", "b"], [["1", "2"]]),
            ("\n \r\na,b\n\n1,2\n  \n3,4\n\n", ["a", "b"], [["1", "2"], ["3", "4"]]),
            ("a,b\n\"x,\"\"y\"\"\",\" z \"\n", ["a", "b"], [["x,\"y\"", " z "]]),
            (
                "a,b\n\"one\ntwo\",\"three\r\nfour\"\n5,6", ["a", "b"],
                [["one\ntwo", "three\r\nfour"], ["5", "6"]]
            ),
            (" a , b\n 1 ,\t2 \n \"3\" , 4", ["a", "b"], [["1", "2"], ["3", "4"]]),
            ("a,b\n5\" disk,\"6\" disk", ["a", "b"], [["5\" disk", "6 disk"]]),
            ("a,b\n\"\",\n,\"\"\n", ["a", "b"], [["", ""], ["", ""]]),
            (
                "a,b,\n1,2,\n3,4,,\n5,6,7\n8\n", ["a", "b"],
                [["1", "2"], ["3", "4"], ["5", "6", "7"], ["8"]]
            ),
            (",b\nx,1", ["column1", "b"], [["x", "1"]]),
            ("name\nAnna Smith\nBob Jones\n", ["name"], [["Anna Smith"], ["Bob Jones"]]),
            ("a,b\r\"x\ny\",2\r3,4", ["a", "b"], [["x\ny", "2"], ["3", "4"]]),
            ("a,b", ["a", "b"], []),
        ] as [(String, [String], [[String]])])
    func records(_ text: String, _ header: [String], _ records: [[String]]) throws {
        for blockSize in [1, 2, 3, 8, 1 << 20] {
            #expect(try contents(text, blockSize: blockSize) == Contents(header: header, records: records))
        }
    }

    @Test(
        "The delimiter is the sign that cuts lines evenly",
        arguments: [
            ("a;b\n1,5;2\n2,5;3\n", Delimiter.semicolon), ("1,5\t2,5\n3,5\t4,5\n", .tab),
            ("a|b,c|d\n1|2|3\n", .pipe),
            ("a,b\n\"x;y\",1\n\"z;w\",2\n", .comma), ("id,tags\n1,a|b\n2,c|d\n", .comma),
            ("one\ntwo\n", .comma),
            ("a b\n1  2\n 3 4\n", .blanks), ("Anna Smith\nBob Jones\n", .comma),
            ("note,x\nhello; dear; all,1\nwell; then,2\n", .comma),
        ] as [(String, Delimiter)])
    func delimiters(_ text: String, _ delimiter: Delimiter) throws {
        #expect(try contents(text).delimiter == delimiter)
    }

    @Test(
        "A first record that looks like data is no header",
        arguments: [
            ("a,b\n1,2\n", true), ("1,2\n3,4\n", false), ("x,2024-01-05\ny,2024-01-06\n", false),
            ("x,a@b.cn\ny,c@d.cn\n", false), ("name,city\nAnna,Rome\n", true), ("x,\ny,z\nw,\n", false),
            ("id,2024\n1,5\n2,6\n", true), ("only,names\n", true), ("1,Anna\n", false),
            (",value\nrow,1\n", true),
        ])
    func headers(_ text: String, _ hasHeader: Bool) throws {
        #expect(try contents(text).hasHeader == hasHeader)
    }

    @Test("Without a header the columns are numbered or take the given names, and no record is lost")
    func chosenHeaders() throws {
        let text = "x,y\n1,2\n"
        let all = [["x", "y"], ["1", "2"]]
        #expect(
            try contents(text, TabularOptions(header: .absent))
                == Contents(hasHeader: false, header: ["column1", "column2"], records: all))
        #expect(
            try contents(text, TabularOptions(header: .names(["p", "q"])))
                == Contents(hasHeader: false, header: ["p", "q"], records: all))
        #expect(
            try contents("1,2\n3,4", TabularOptions(header: .present))
                == Contents(header: ["1", "2"], records: [["3", "4"]]))
    }

    @Test("Runs of blanks separate, and those around a line do not", arguments: [1, 4, 1 << 20])
    func blanks(_ blockSize: Int) throws {
        let text = " id \t date  n\r\n 01  19970101\t 1  \r\n\t02 19970102 \"two  words\"\r\n"
        #expect(
            try contents(text, TabularOptions(delimiter: .blanks), blockSize: blockSize)
                == Contents(
                    delimiter: .blanks, header: ["id", "date", "n"],
                    records: [["01", "19970101", "1"], ["02", "19970102", "two  words"]]))
    }

    @Test("Each record knows its first line and how it stood in the file", arguments: [1, 6, 1 << 20])
    func lines(_ blockSize: Int) throws {
        let text = "\na,b\r\n\r\n\"x\r\ny\", 2\r\n3,\"q\"\"\"\r\n,\r\n"
        let file = try ScratchFile(Array(text.utf8))
        let reader = try TabularReader(path: file.path, options: TabularOptions(), blockSize: blockSize)
        var seen: [String] = []
        while try reader.next() { seen.append("\(reader.line) \(reader.rawRecord)") }
        #expect(seen == ["4 \"x\r\ny\", 2", "6 3,\"q\"\"\"", "7 ,"])
        #expect(try reader.next() == false)
        #expect(reader.fieldCount == 0 && reader.rawRecord.isEmpty && reader.text(0).isEmpty)
        #expect(reader.bytesRead == Int64(text.utf8.count) && reader.byteCount == reader.bytesRead)
        #expect(reader.columnCount == 2)
    }

    @Test("A record of many fields is read whole")
    func manyFields() throws {
        let fields = (0..<1000).map { "f\($0)" }
        let line = fields.joined(separator: ",")
        #expect(try contents("\(line)\n\(line)\n") == Contents(header: fields, records: [fields]))
    }
}

import Catalog
import Diagnostics
import Foundation
import Store
import Tabular
import Testing

@Suite("What the columns of a file mean")
struct ImportColumnTests {
    @Test("headers match without case, blanks, signs and width")
    func headersFold() throws {
        let bench = try ImportBench()
        try bench.load(.customers, "ＩＤ,E_MAIL,Full-Name,mobile.phone\n1,a@b.c,Ada,123456\n")
        #expect(
            try bench.rows("SELECT external_id, email, name, phone FROM customers") == ["1|a@b.c|Ada|123456"])
    }

    @Test("a missing column, two columns for one field and a wrong map are told with the next step")
    func errors() throws {
        let bench = try ImportBench()
        #expect(
            try bench.failure(.orders, "customer_id,when?,amount\n1,2024-01-01,5\n")
                == .missingColumn(
                    file: bench.folder.path + "/in.csv", kind: .orders, anyOf: ["placed_at"],
                    found: ["customer_id", "when?", "amount"]))
        let twice = try #require(
            try bench.failure(.orders, "customer_id,date,下单时间,amount\n1,2024-01-01,2024-01-02,5\n"))
        #expect(
            twice
                == .twoColumns(
                    file: bench.folder.path + "/in.csv", field: "placed_at", first: "date", second: "下单时间"))
        #expect(twice.diagnostic.hint?.contains("--map '下单时间=-'") == true)
        let field = try #require(
            try bench.failure(.tags, "customer_id,tag,when\n1,x,2024-01-01\n") {
                $0.map = ["when": "taged_at"]
            })
        #expect(field.diagnostic.hint == "did you mean 'tagged_at'?")
        let column = try #require(
            try bench.failure(.tags, "customer_id,tag,moment\n1,x,2024-01-01\n") { $0.map = ["momnet": "-"] })
        #expect(column.diagnostic.hint == "did you mean 'moment'?")
    }

    @Test("a map gives columns a field, drops them, or names an attribute")
    func maps() throws {
        let bench = try ImportBench()
        let report = try bench.load(.customers, "who,call,x,y\n1,Ada,3,4\n") {
            $0.map = ["who": "external_id", "call": "name", "x": "-", "y": "shoe size"]
        }
        #expect(report.warnings == [])
        #expect(try bench.rows("SELECT external_id, name FROM customers") == ["1|Ada"])
        #expect(try bench.rows("SELECT name, type FROM attribute_definitions") == ["shoe_size|integer"])
    }

    @Test("unknown columns of customers become attributes of the narrowest type that holds the whole file")
    func attributes() throws {
        let bench = try ImportBench()
        try bench.load(
            .customers,
            """
            id,Loyal?,Points (2024),Ratio,最近 到店,Last Seen,Postcode,order_count,Nothing
            1,yes,3,1,2024-03-05,2024-03-05 08:00,01234,5,
            2,no,4,2.5,2024-03-06,2024-03-05,98765,,
            """)
        #expect(
            try bench.rows("SELECT name, type FROM attribute_definitions ORDER BY id") == [
                "loyal|boolean", "points_2024|integer", "ratio|number", "最近_到店|date", "last_seen|instant",
                "postcode|text", "order_count_imported|integer",
            ])
        #expect(
            try bench.rows(
                "SELECT value FROM attribute_values WHERE customer_id = 1 ORDER BY attribute_id"
            ) == ["1", "3", "1.0", "2024-03-05", "1709596800", "01234", "5"])
        #expect(
            try bench.failure(.customers, "id,loyal\n1,perhaps\n")
                == .attributeType(column: "loyal", attribute: "loyal", stored: .boolean, found: .text))
        let dropped = try bench.load(.customers, "id,colour\n1,red\n") { $0.unknownColumns = .drop }
        #expect(dropped.warnings.first?.hasSuffix("left out: colour") == true)
    }

    @Test(
        "a column that has the name of a field, a relation or a method of customers is kept under another name",
        arguments: [
            "last_order_at", "orders", "Has Tag", "likes", "interests", "consents_to", "birthday within",
        ])
    func reservedNames(header: String) throws {
        let bench = try ImportBench()
        try bench.load(.customers, "id,\(header)\n1,x\n")
        let name = header.lowercased().replacingOccurrences(of: " ", with: "_")
        #expect(try bench.rows("SELECT name FROM attribute_definitions") == ["\(name)_imported"])
    }

    @Test("a preview shows the columns and rows as they would be stored and writes nothing")
    func preview() throws {
        let bench = try ImportBench()
        let before = try bench.dump()
        let file = try bench.file(
            Data("订单号;邮箱;日期;金额;备注\nD1;a@b.c;13/4/2024;12,5;\nD2;a@b.c;30/2/2024;1;x\n".utf8))
        let preview = try bench.store.previewImport(bench.request(.orders, [file]))
        let first = try #require(preview.files.first)
        #expect(first.delimiter == .semicolon)
        #expect(first.columns.map(\.target.name) == ["order_number", "email", "placed_at", "amount", "-"])
        #expect(first.columns[2].dates == .dayFirst)
        #expect(first.columns.map(\.header).last == "备注")
        #expect(first.columns[4].missing == 1)
        #expect(
            first.rows[0].values == [.text("D1"), .text("a@b.c"), .integer(1_712_937_600), .integer(1250)])
        #expect(first.rows[1].problem == "日期: no such day")
        #expect(try bench.dump() == before)
    }

    @Test("a GB18030 file is read as well as a UTF-8 one")
    func encodings() throws {
        let bench = try ImportBench()
        // 客户编号,姓名,城市 / K1,张伟,杭州 / K2,王芳,苏州
        let bytes: [UInt8] = [
            0xBF, 0xCD, 0xBB, 0xA7, 0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB3,
            0xC7, 0xCA, 0xD0, 0x0A, 0x4B, 0x31, 0x2C, 0xD5, 0xC5, 0xCE, 0xB0, 0x2C, 0xBA, 0xBC, 0xD6,
            0xDD, 0x0A, 0x4B, 0x32, 0x2C, 0xCD, 0xF5, 0xB7, 0xBC, 0x2C, 0xCB, 0xD5, 0xD6, 0xDD, 0x0A,
        ]
        _ = try bench.store.importFiles(bench.request(.customers, [bench.file(Data(bytes))]))
        #expect(try bench.rows("SELECT external_id, name, city FROM customers") == ["K1|张伟|杭州", "K2|王芳|苏州"])
    }
}

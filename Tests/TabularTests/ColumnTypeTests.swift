import Testing

@testable import Tabular

@Suite("Column types")
struct ColumnTypeTests {
    @Test(
        "A column has the narrowest type that holds all its values",
        arguments: [
            ([], ColumnType.empty), (["", "NA", "N/A", "NULL", "null", "\\N", "nan", " "], .empty),
            (["true", "FALSE", ""], .boolean), (["yes", "No"], .boolean), (["是", "否"], .boolean),
            (["0", "1"], .integer),
            (["1", "-25", "+3", "NA"], .integer), (["1", "2.5"], .number), (["$1,200", "¥3"], .number),
            (["1", "1e3"], .number),
            (["007", "123"], .text), (["0"], .integer), (["123456789012345"], .integer),
            (["1234567890123456"], .text),
            (["1234567890123456789"], .text), (["2024-03-05", "3/4/2024"], .date),
            (["19970101", "19980614"], .date),
            (["19970101", "99999999"], .integer), (["20000000"], .integer),
            (["2024-03-05", "2024-03-05 10:00"], .instant),
            (["3/4/2024 10:00"], .instant), (["20240305143020"], .instant), (["2024-02-30"], .text),
            (["1", "x"], .text), (["true", "1"], .text),
            (["12%"], .text), (["Na"], .text), (["2024-01-01", "5"], .text),
        ] as [([String], ColumnType)])
    func types(_ values: [String], _ type: ColumnType) {
        var evidence = ColumnTypeEvidence()
        for value in values { evidence.add(value) }
        #expect(evidence.type == type)
    }

    @Test(
        "Missing values are known by their usual marks",
        arguments: [
            ("", true), (" \t", true), ("NA", true), ("N/A", true), ("n/a", true), ("NULL", true),
            ("null", true), ("\\N", true),
            ("nan", true), ("NaN", true), (" NA ", true), ("Na", false), ("0", false), ("none", false),
            ("-", false),
        ])
    func missing(_ text: String, _ isMissing: Bool) {
        #expect(withBytes(of: text) { ColumnType.isMissing($0) } == isMissing)
    }
}

import Diagnostics
import Foundation
import Store
import Tabular
import Testing

@Suite("Dates of an import")
struct ImportDateTests {
    @Test("one date that reads only one way decides for its column, however late it comes")
    func evidence() throws {
        let bench = try ImportBench()
        var text = "customer_id,tag,date\n"
        for row in 1...1500 { text += "\(row),x,\(1 + row % 12)/\(1 + row % 11)/2024\n" }
        text += "2000,x,25/1/2024\n"
        try bench.load(.tags, text)
        // 2/2/2024 in Shanghai, then 2/3/2024 as 2 March.
        #expect(
            try bench.rows("SELECT tagged_at FROM tags WHERE customer_id IN (1, 13) ORDER BY customer_id")
                == ["1706803200", "1709308800"])
    }

    @Test("dates that read both ways are an error with an example, unless the order is given")
    func ambiguous() throws {
        let bench = try ImportBench()
        let text = "customer_id,tag,date\n1,x,3/4/2024\n"
        let error = try #require(try bench.failure(.tags, text))
        #expect(
            error == .ambiguousDates(file: bench.folder.path + "/in.csv", column: "date", example: "3/4/2024")
        )
        #expect(
            error.diagnostic.hint == "say which comes first with --dates month-first or --dates day-first")
        try bench.load(.tags, text) { $0.dates = .monthFirst }
        #expect(try bench.rows("SELECT date(tagged_at, 'unixepoch', '+8 hours') FROM tags") == ["2024-03-04"])
    }

    @Test("dates that contradict each other are an error")
    func contradictory() throws {
        let bench = try ImportBench()
        #expect(
            try bench.failure(.tags, "customer_id,tag,date\n1,x,13/4/2024\n2,x,4/14/2024\n")
                == .contradictoryDates(
                    file: bench.folder.path + "/in.csv", column: "date", dayFirst: "13/4/2024",
                    monthFirst: "4/14/2024"))
    }

    @Test("a day that no calendar has and a text that is no date reject their rows")
    func problems() throws {
        let report = try ImportBench().load(
            .tags, "customer_id,tag,date\n1,x,2024-02-30\n2,x,soon\n3,x,2024-03-01 25:00\n4,x,\n")
        #expect(report.new == 1)
        #expect(
            report.reasons.map(\.reason).sorted() == [
                "date: no such day", "date: no such time", "date: not a date",
            ])
    }
}

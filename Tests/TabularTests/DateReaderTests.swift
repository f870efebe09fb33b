import Basics
import Testing

@testable import Tabular

@Suite("Dates")
struct DateReaderTests {
    /// `2024-03-05 14:30:00 +28800`, or the problem.
    private func reading(_ text: String, _ order: DateOrder? = nil) -> String {
        do throws(DateProblem) {
            let value = try DateReader(order: order).read(text)
            let time = value.secondOfDay.map { " \($0 / 3600):\($0 / 60 % 60):\($0 % 60)" } ?? ""
            return "\(value.date)\(time)" + (value.utcOffset.map { " \($0)" } ?? "")
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "Dates whose order is plain are read without being told it",
        arguments: [
            ("2024-03-05", "2024-03-05"), ("2024/3/5", "2024-03-05"), ("2024.03.05", "2024-03-05"),
            ("  2024-03-05\t", "2024-03-05"), ("20240305", "2024-03-05"), ("19970101", "1997-01-01"),
            ("5.3.2024", "2024-03-05"), ("05.03.24", "2024-03-05"), ("13/4/2024", "2024-04-13"),
            ("4/13/2024", "2024-04-13"), ("5/5/24", "2024-05-05"), ("25-12-1999", "1999-12-25"),
            ("2024年3月5日", "2024-03-05"), ("2024 年 3 月 5 日", "2024-03-05"), ("2024年3月5号", "2024-03-05"),
            ("5 Mar 2024", "2024-03-05"), ("March 5, 2024", "2024-03-05"), ("05-Mar-2024", "2024-03-05"),
            ("5-mar-24", "2024-03-05"), ("MAY 1 2024", "2024-05-01"), ("Sept. 9, 2024", "2024-09-09"),
            ("1 December 2024", "2024-12-01"), ("13/1/69", "1969-01-13"), ("13/1/68", "2068-01-13"),
            ("29.2.2024", "2024-02-29"),
        ])
    func days(_ text: String, _ expected: String) {
        #expect(reading(text) == expected)
    }

    @Test(
        "Times and zones follow the day",
        arguments: [
            ("2024-03-05 14:30", "2024-03-05 14:30:0"), ("2024-03-05T14:30:20", "2024-03-05 14:30:20"),
            ("2024-03-05 9:05:07.123456", "2024-03-05 9:5:7"),
            ("2024-03-05T14:30:20Z", "2024-03-05 14:30:20 0"),
            ("2024-03-05T14:30:20.5+08:00", "2024-03-05 14:30:20 28800"),
            ("2024-03-05 14:30 -0530", "2024-03-05 14:30:0 -19800"),
            ("2024-03-05 14:30:20 UTC", "2024-03-05 14:30:20 0"), ("20240305143020", "2024-03-05 14:30:20"),
            ("20240305 14:30", "2024-03-05 14:30:0"), ("2024/3/5 2:30 PM", "2024-03-05 14:30:0"),
            ("2024/3/5 12:00 am", "2024-03-05 0:0:0"),
            ("2024/3/5 12:00PM", "2024-03-05 12:0:0"), ("2024/3/5 下午2:30", "2024-03-05 14:30:0"),
            ("2024/3/5 上午 9:30:01", "2024-03-05 9:30:1"), ("2024年3月5日 14点30分", "2024-03-05 14:30:0"),
            ("2024年3月5日14时30分20秒", "2024-03-05 14:30:20"), ("2024年3月5日 14:30", "2024-03-05 14:30:0"),
            ("2024年3月5日 8点", "2024-03-05 8:0:0"), ("5 Mar 2024 23:59:59", "2024-03-05 23:59:59"),
        ])
    func times(_ text: String, _ expected: String) {
        #expect(reading(text) == expected)
    }

    @Test(
        "The order decides what 3/4/2024 means",
        arguments: [
            ("3/4/2024", nil, "ambiguous"), ("3/4/2024", .monthFirst, "2024-03-04"),
            ("3/4/2024", .dayFirst, "2024-04-03"),
            ("3-4-24", .monthFirst, "2024-03-04"), ("9/7/11", .monthFirst, "2011-09-07"),
            ("3.4.2024", .monthFirst, "2024-04-03"),
            ("13/4/2024", .monthFirst, "noSuchDay"), ("4/13/2024", .dayFirst, "noSuchDay"),
            ("13/13/2024", nil, "noSuchDay"),
        ] as [(String, DateOrder?, String)])
    func orders(_ text: String, _ order: DateOrder?, _ expected: String) {
        #expect(reading(text, order) == expected)
    }

    @Test(
        "What is no date is told why",
        arguments: [
            ("", "notADate"), ("hello", "notADate"), ("2024", "notADate"), ("2024-03", "notADate"),
            ("2024-03-05x", "notADate"),
            ("2024-03/05", "notADate"), ("1234.56", "notADate"), ("2024-03-05 noon", "notADate"),
            ("2024-03-05 14", "notADate"),
            ("1/2/345", "notADate"), ("5 Marz 2024", "notADate"), ("2024年3月", "notADate"),
            ("123456789", "notADate"),
            ("2024-03-05 14:30 +8", "notADate"), ("2024-03-0514:30", "notADate"),
            ("2024-02-30", "noSuchDay"), ("2023-02-29", "noSuchDay"), ("20241301", "noSuchDay"),
            ("31 Apr 2024", "noSuchDay"),
            ("0000-01-01", "noSuchDay"), ("2024-03-05 24:00", "noSuchTime"),
            ("2024-03-05 14:60", "noSuchTime"),
            ("2024-03-05 13:00 PM", "noSuchTime"), ("2024-03-05 23:59:60", "noSuchTime"),
            ("20240305250000", "noSuchTime"),
            ("2024-03-05 14:30+15:00", "noSuchTime"),
        ])
    func problems(_ text: String, _ expected: String) {
        #expect(reading(text) == expected)
    }

    @Test(
        "A column tells the order of its dates",
        arguments: [
            ([], DateOrderEvidence.Verdict.notNeeded), (["2024-03-05", "5.3.2024", "x", ""], .notNeeded),
            (["5/5/2024"], .notNeeded),
            (["3/4/2024", "1/2/2024"], .undecided(example: "3/4/2024")),
            (["3/4/2024", "13/4/2024"], .dayFirst),
            (["3/4/2024", "4/13/2024 10:00"], .monthFirst), (["13/13/2024"], .notNeeded),
            (["4/13/2024", "13/4/2024"], .contradictory(dayFirst: "13/4/2024", monthFirst: "4/13/2024")),
        ] as [([String], DateOrderEvidence.Verdict)])
    func evidence(_ values: [String], _ verdict: DateOrderEvidence.Verdict) {
        var evidence = DateOrderEvidence()
        for value in values { evidence.add(value) }
        #expect(evidence.verdict == verdict)
    }
}

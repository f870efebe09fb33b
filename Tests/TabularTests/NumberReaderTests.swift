import Basics
import Testing

@testable import Tabular

@Suite("Numbers")
struct NumberReaderTests {
    /// The number with its currency, or the problem.
    private func reading(_ text: String) -> String {
        do throws(NumberProblem) {
            let reading = try NumberReader().read(text)
            return "\(reading.value)" + (reading.currency.map { " \($0)" } ?? "")
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "Numbers are read exactly, with the separators they come with",
        arguments: [
            ("0", "0"), ("1234.5", "1234.5"), ("-3", "-3"), ("+3", "3"), ("12.50", "12.5"), ("007", "7"),
            (".5", "0.5"),
            ("5.", "5"), ("-0.05", "-0.05"), (" 42\t", "42"), ("1,234.50", "1234.5"), ("1.234,50", "1234.5"),
            ("1,234", "1234"), ("12,5", "12.5"), ("12,50", "12.5"), ("1,2345", "1.2345"), ("0,125", "0.125"),
            ("1234,567", "1234.567"), (",5", "0.5"), ("1,234,567", "1234567"), ("1.234.567", "1234567"),
            ("1.234", "1.234"),
            ("1,234,567.89", "1234567.89"), ("1.234.567,89", "1234567.89"), ("1 234,50", "1234.5"),
            ("1\u{A0}234", "1234"),
            ("1\u{202F}234\u{202F}567,5", "1234567.5"), ("1'234.50", "1234.5"), ("1’234", "1234"),
            ("1 234,567", "1234.567"),
            ("(12.50)", "-12.5"), ("（12）", "-12"), ("－１２．５", "-12.5"), ("１，２３４", "1234"), ("−7", "-7"),
            ("1e3", "1000"),
            ("1.5E+2", "150"), ("25e-3", "0.025"), ("1e-20", "0.00000000000000000001"),
            ("9223372036854775807", "9223372036854775807"),
            ("0.10000000000000000000000000000", "0.1"), ("100000000000000000.00", "100000000000000000"),
        ])
    func numbers(_ text: String, _ expected: String) {
        #expect(reading(text) == expected)
    }

    @Test(
        "Currencies are told where their sign is plain",
        arguments: [
            ("$12", "12 USD"), ("-$12.50", "-12.5 USD"), ("$-12.50", "-12.5 USD"), ("($12.50)", "-12.5 USD"),
            ("$(12.50)", "-12.5 USD"),
            ("¥12", "12"), ("￥1,234.50", "1234.5"), ("12元", "12 CNY"), ("12 元", "12 CNY"),
            ("¥12 CNY", "12 CNY"), ("RMB 12", "12 CNY"),
            ("cny12", "12 CNY"), ("12EUR", "12 EUR"), ("1.234,50 €", "1234.5 EUR"), ("£3", "3 GBP"),
            ("HK$5", "5 HKD"), ("12 USD", "12 USD"),
            ("12.5 kg", "notANumber"), ("$12 EUR", "notANumber"), ("USDT 5", "notANumber"),
            ("$", "notANumber"),
        ])
    func currencies(_ text: String, _ expected: String) {
        #expect(reading(text) == expected)
    }

    @Test(
        "What is no number, or too large, is told so",
        arguments: [
            ("", "notANumber"), ("abc", "notANumber"), ("12%", "notANumber"), ("1.2.3", "notANumber"),
            ("12.5.2024", "notANumber"),
            ("--3", "notANumber"), ("-", "notANumber"), (".", "notANumber"), ("1,23,456", "notANumber"),
            ("1,234.5,6", "notANumber"),
            ("12 34", "notANumber"), ("(12", "notANumber"), ("12)", "notANumber"), ("(-12)", "notANumber"),
            ("1e", "notANumber"),
            ("nan", "notANumber"), ("inf", "notANumber"), ("0x10", "notANumber"), ("1 2", "notANumber"),
            ("2024-03-05", "notANumber"),
            ("9223372036854775808", "tooLarge"), ("1e19", "tooLarge"), ("99999999999999999999", "tooLarge"),
            ("0.12345678901234567891", "tooLarge"), ("1e9999", "tooLarge"),
        ])
    func problems(_ text: String, _ expected: String) {
        #expect(reading(text) == expected)
    }

    @Test(
        "Scaling rounds half away from zero and tells what was lost",
        arguments: [
            ("12.5", 2, 1250, true), ("12.345", 2, 1235, false), ("-12.345", 2, -1235, false),
            ("12.344", 2, 1234, false),
            ("0.5", 0, 1, false), ("-0.5", 0, -1, false), ("0.4", 0, 0, false), ("12", 0, 12, true),
            ("1e-30", 2, 0, false),
            ("0", 30, 0, true), ("9223372036854775807", 1, nil, true), ("5", -1, nil, true),
            ("0.9223372036854775807", 0, 1, false),
        ] as [(String, Int, Int64?, Bool)])
    func scaling(_ text: String, _ places: Int, _ value: Int64?, _ exact: Bool) throws {
        let scaled = try NumberReader().read(text).value.scaled(to: places)
        #expect(scaled?.value == value)
        #expect(scaled == nil || scaled?.exact == exact)
    }

    @Test("Random numbers come back equal from every way to group them")
    func roundTrip() throws {
        var random = SplitMix64(seed: 11)
        for _ in 0..<2000 {
            let digits = Int.random(in: 0...17, using: &random)
            let limit = Int64(Decimal64.power(digits) ?? 1)
            let mantissa = Int64.random(in: -limit...limit, using: &random)
            let value = Decimal64(mantissa: mantissa, scale: Int.random(in: 0...6, using: &random))
            let parts = value.description.split(separator: ".")
            let whole = parts[0].drop { $0 == "-" }
            let sign = mantissa < 0 ? "-" : ""
            for (group, point) in [
                ("", "."), (",", "."), (".", ","), (" ", ","), ("'", "."), ("\u{202F}", ","),
            ] {
                var grouped = ""
                for (i, digit) in whole.enumerated() {
                    if i > 0, (whole.count - i).isMultiple(of: 3) { grouped += group }
                    grouped.append(digit)
                }
                // Three digits after a single comma would be a group.
                let fraction = parts.count > 1 ? parts[1] + (parts[1].count == 3 ? "0" : "") : "00"
                let text = sign + grouped + point + fraction
                #expect(try NumberReader().read(text).value == value, "\(text)")
            }
        }
    }
}

@Suite("The decimal sign of a column")
struct DecimalSignTests {
    @Test(
        "is told by the values that read only one way",
        arguments: [
            (["1.234,56", "2,50", "1.000"], DecimalSign.comma), (["1,234 €", "1,5"], .comma),
            (["1.000.000", "1.000"], .comma), (["1,234.56", "1,000"], .point), (["1.5", "1.234"], .point),
            (["1,000,000", "1.234"], .point), (["1.000", "2.000"], nil), (["1,5", "1.5"], nil),
            (["7", "", "n/a"], nil), (["1234.567"], .point),
        ] as [([String], DecimalSign?)])
    func told(values: [String], sign: DecimalSign?) {
        var evidence = DecimalSignEvidence()
        for value in values { evidence.add(value) }
        #expect(evidence.sign == sign)
    }

    @Test("stays open while every value reads both ways")
    func open() {
        var evidence = DecimalSignEvidence()
        #expect(!evidence.isOpen)
        evidence.add("1.000")
        #expect(evidence.isOpen)
        evidence.add("2,50")
        #expect(!evidence.isOpen)
    }

    @Test(
        "makes the other sign one that only groups",
        arguments: [
            ("1.000", DecimalSign.comma, "1000"), ("1,234", .comma, "1.234"), ("1.234,5", .comma, "1234.5"),
            ("1.5", .comma, nil), ("1,2,3", .comma, nil), ("1,234", .point, "1234"),
            ("1.234", .point, "1.234"),
            ("1,5", .point, nil), ("1.234,5", .point, nil), ("12", .comma, "12"),
            ("-1.000,25", .comma, "-1000.25"),
        ] as [(String, DecimalSign, String?)])
    func known(text: String, sign: DecimalSign, value: String?) {
        let reading = try? NumberReader(decimalSign: sign).read(text)
        #expect(reading?.value.description == value)
    }

    @Test("the yen sign is reported, for it belongs to two currencies")
    func yen() throws {
        #expect(
            try NumberReader().read("¥5") == NumberReading(value: Decimal64(mantissa: 5), hasYenSign: true))
        #expect(try NumberReader().read("￥5 CNY").currency == "CNY")
        #expect(try NumberReader().read("¥5 CNY").hasYenSign == false)
    }
}

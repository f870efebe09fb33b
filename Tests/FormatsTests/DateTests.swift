import Basics
import Formats
import Foundation
import Testing

@Suite("Dates")
struct DateTests {
    /// Tuesday 1 December 2026, 09:05:03 in Shanghai.
    private static let instant: Int64 = 1_796_087_103

    private func written(
        _ format: String, _ language: String? = nil, zone: String = "Asia/Shanghai",
        at instant: Int64 = instant
    ) throws -> String {
        let formats = MessageFormats(
            zone: try #require(TimeZone(identifier: zone)), language: language.flatMap { LanguageTag($0) })
        return formats.date(instant, format)
    }

    @Test(
        "a directive prints as in Ruby",
        arguments: [
            ("%Y %C %y %m %B %b %h %d %e %j", "2026 20 26 12 December Dec Dec 01  1 335"),
            ("%H %k %I %l %P %p %M %S %L %N", "09  9 09  9 am AM 05 03 000 000000000"),
            ("%z %:z %::z %:::z %A %a %u %w", "+0800 +08:00 +08:00:00 +08 Tuesday Tue 2 2"),
            ("%G %g %V %U %W %s", "2026 26 49 48 48 1796087103"), ("%n|%t|%%", "\n|\t|%"),
            ("%c", "Tue Dec  1 09:05:03 2026"), ("%D %F %v %x", "12/01/26 2026-12-01  1-DEC-2026 12/01/26"),
            ("%X %r %R %T", "09:05:03 09:05:03 AM 09:05 09:05:03"),
            // Flags and widths.
            ("%-d %-m %-H %_d %_m %03d %e %0e", "1 12 9  1 12 001  1 01"),
            (
                "%^a %^B %#b %#p %#Z|%10A|%-10A|%010A|%^10b",
                "TUE DECEMBER DEC am gmt+8|   Tuesday|Tuesday|000Tuesday|       DEC"
            ),
            ("%10Y %-5d %5S %_5S %3N %6L %12F", "0000002026 1 00003     3 000 000000   2026-12-01"),
            ("%10z|%_10z|%-z|%_z|%10:z", "+000000800|      +800|+800| +800|+000008:00"),
            ("%Ey %Od %EY %Ec", "26 01 2026 Tue Dec  1 09:05:03 2026"),
            // What is no directive.
            ("%Q %Ed %:d %", "%Q %Ed %:d %"), ("100 %!", "100 %!"), ("%1001Y %-", "%1001Y %-"),
            ("%你好", "%你好"),
            ("%-%d", "%d"),
        ])
    func directives(_ format: String, _ text: String) throws {
        #expect(try written(format) == text)
    }

    @Test("the machine's language and zone have no say in a zone's name, and summer time has another")
    func zones() throws {
        let summer: Int64 = 1_782_000_000
        #expect(try written("%Z %z", zone: "America/New_York", at: summer) == "EDT -0400")
        #expect(try written("%Z %z", zone: "America/New_York") == "EST -0500")
        #expect(try written("%z %:z %:::z", zone: "Asia/Kolkata") == "+0530 +05:30 +05:30")
    }

    @Test("years before the usual ones keep four digits, and weeks belong to the year of their Thursday")
    func calendar() throws {
        #expect(try written("%F %j", zone: "UTC", at: -62_135_596_800) == "0001-01-01 001")
        #expect(try written("%G-W%V-%u %U %W", zone: "UTC", at: 1_735_603_200) == "2025-W01-2 52 53")
        #expect(try written("%G-W%V-%u %U %W", zone: "UTC", at: 1_798_761_600) == "2026-W53-5 00 00")
    }

    @Test(
        "names are those of the language",
        arguments: [
            ("zh", "%Y年%-m月%-d日 %A %p", "2026年12月1日 星期二 上午"),
            ("de", "%A, %-d. %B %Y", "Dienstag, 1. Dezember 2026"),
            ("ru", "%-d %B %Y", "1 декабря 2026"), ("ru", "%B %Y", "декабрь 2026"),
            ("xx", "%A %B", "Tuesday December"),
            ("zh", "long", "2026年12月1日"), ("en", "short", "12/1/26"),
            ("en-GB", "full", "Tuesday, 1 December 2026"),
            ("de", "medium", "01.12.2026"), ("ja", "full", "2026年12月1日 火曜日"), ("zh-TW", "time", "上午9:05"),
            ("de", "datetime", "01.12.2026, 09:05"), ("ar-EG", "long", "١ ديسمبر، ٢٠٢٦"),
            ("fr", "%a %d %b", "mar. 01 déc."), ("es", "long", "1 de diciembre de 2026"),
            (nil, "short", "2026-12-01"), (nil, "medium", "1 Dec 2026"), (nil, "long", "1 December 2026"),
            (nil, "full", "Tuesday, 1 December 2026"), (nil, "time", "09:05"),
            (nil, "datetime", "1 Dec 2026 09:05"),
        ] as [(String?, String, String)])
    func languages(_ language: String?, _ format: String, _ text: String) throws {
        #expect(try written(format, language) == text)
    }

    @Test("every style of every language is what Foundation writes, at random times")
    func foundation() throws {
        var random = SplitMix64(seed: 11)
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        var wrong: [String] = []
        for id in [
            "en", "en-GB", "zh", "zh-TW", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "pl", "ar-EG", "cs",
            "uk", "tr", "vi", "th", "nl", "sv", "he", "fa", "hi", "fi", "bg",
        ] {
            let tag = try #require(LanguageTag(id))
            let formats = MessageFormats(zone: zone, language: tag)
            let formatter = DateFormatter()
            formatter.locale = tag.locale
            formatter.timeZone = zone
            let styles: [(String, DateFormatter.Style, DateFormatter.Style)] = [
                ("short", .short, .none), ("medium", .medium, .none), ("long", .long, .none),
                ("full", .full, .none),
                ("time", .none, .short), ("datetime", .medium, .short),
            ]
            for (name, date, time) in styles {
                formatter.dateStyle = date
                formatter.timeStyle = time
                formatter.dateFormat = formatter.dateFormat.replacing("B", with: "a")
                for _ in 0..<40 {
                    let instant = Int64(random.next() % 4_000_000_000)
                    let expected = formatter.string(from: Date(timeIntervalSince1970: Double(instant)))
                    let found = formats.date(instant, name)
                    if found != expected {
                        wrong.append("\(id) \(name) \(instant): \(found), not \(expected)")
                    }
                }
            }
        }
        #expect(wrong == [])
    }

    @Test("numeric directives are what strftime(3) writes, at random times")
    func strftimeAgrees() throws {
        var random = SplitMix64(seed: 12)
        let format = "%Y-%m-%d %H:%M:%S %j %U %W %V %G %g %u %w %e %k %l %I %C %y"
        for _ in 0..<2000 {
            let instant = Int64(random.next() % 8_000_000_000) - 2_000_000_000
            var time = time_t(instant)
            var parts = tm()
            gmtime_r(&time, &parts)
            var buffer = [CChar](repeating: 0, count: 200)
            let length = strftime(&buffer, buffer.count, format, &parts)
            let expected = String(
                decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            #expect(try written(format, zone: "UTC", at: instant) == expected)
        }
    }
}

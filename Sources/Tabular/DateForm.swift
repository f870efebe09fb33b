/// A date as it is written, before the calendar and the order of day and month are asked.
struct DateForm {
    /// The numbers in the order of the text where that is open, else as what they are.
    enum Day {
        case exact(year: Int, month: Int, day: Int)
        case ordered(first: Int, second: Int, year: Int)
    }

    var day: Day
    var secondOfDay: Int?
    var utcOffset: Int?

    /// Reads one of the forms that `DateReader` lists. The day need not exist; the time does.
    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(DateProblem) {
        var text = ByteScanner(bytes)
        var isChinese = false
        // The longest form, with a month's name, a fraction and an offset, stays well below.
        guard text.count >= 6, text.count <= 64 else { throw .notADate }
        if text.isAtLetter {
            day = try Self.monthNameFirst(&text)
        } else {
            let (value, count) = text.digits(upTo: 15)
            switch count {
            case 8: day = .exact(year: value / 10_000, month: value / 100 % 100, day: value % 100)
            case 14:
                guard text.isAtEnd else { throw .notADate }
                let date = value / 1_000_000
                day = .exact(year: date / 10_000, month: date / 100 % 100, day: date % 100)
                secondOfDay = try Self.seconds(value / 10_000 % 100, value / 100 % 100, value % 100)
                return
            case 4:
                isChinese = !Self.isSeparator(text.peek)
                day = try Self.yearFirst(&text, year: value)
            case 1, 2: day = try Self.yearLast(&text, first: value)
            default: throw .notADate
            }
        }
        if text.isAtEnd { return }
        // After 日 the time may follow at once, and 上午 may after any date.
        let isApart = text.accept(0x54) || text.accept(0x74) || text.skipBlanks()
        guard isApart || isChinese || text.peek >= 0x80 else { throw .notADate }
        secondOfDay = try Self.time(&text)
        utcOffset = try Self.zone(&text)
        guard text.isAtEnd else { throw .notADate }
    }

    /// 2024-3-5, 2024/3/5, 2024.3.5 or 2024年3月5日 after the year.
    private static func yearFirst(_ text: inout ByteScanner, year: Int) throws(DateProblem) -> Day {
        let separator = text.peek
        if isSeparator(separator) {
            text.position += 1
            let month = text.digits(upTo: 2)
            guard month.count > 0, text.accept(separator) else { throw .notADate }
            let day = text.digits(upTo: 2)
            guard day.count > 0 else { throw .notADate }
            return .exact(year: year, month: month.value, day: day.value)
        }
        text.skipBlanks()
        guard text.accept("年") else { throw .notADate }
        text.skipBlanks()
        let month = text.digits(upTo: 2)
        text.skipBlanks()
        guard month.count > 0, text.accept("月") else { throw .notADate }
        text.skipBlanks()
        let day = text.digits(upTo: 2)
        text.skipBlanks()
        guard day.count > 0, text.accept("日") || text.accept("号") else { throw .notADate }
        return .exact(year: year, month: month.value, day: day.value)
    }

    /// 3/4/2024, 3.4.24, 05-Mar-2024 or 5 March 2024 after the first number.
    private static func yearLast(_ text: inout ByteScanner, first: Int) throws(DateProblem) -> Day {
        let separator = text.peek
        guard isSeparator(separator) || separator == 0x20 || text.isAtLetter else { throw .notADate }
        if separator == 0x20 { text.skipBlanks() } else if !text.isAtLetter { text.position += 1 }
        if text.isAtLetter {
            guard let month = monthName(&text) else { throw .notADate }
            if isSeparator(separator) {
                guard text.accept(separator) else { throw .notADate }
            } else {
                text.skipBlanks()
            }
            return .exact(year: try year(&text), month: month, day: first)
        }
        guard isSeparator(separator) else { throw .notADate }
        let second = text.digits(upTo: 2)
        guard second.count > 0, text.accept(separator) else { throw .notADate }
        let year = try year(&text)
        // Dots are only used where the day comes first.
        if separator == 0x2E { return .exact(year: year, month: second.value, day: first) }
        return .ordered(first: first, second: second.value, year: year)
    }

    /// March 5, 2024
    private static func monthNameFirst(_ text: inout ByteScanner) throws(DateProblem) -> Day {
        guard let month = monthName(&text) else { throw .notADate }
        guard text.skipBlanks() || text.accept(0x2D) else { throw .notADate }
        let day = text.digits(upTo: 2)
        guard day.count > 0 else { throw .notADate }
        let isSeparated = text.accept(0x2C) || text.accept(0x2D)
        guard text.skipBlanks() || isSeparated else { throw .notADate }
        return .exact(year: try year(&text), month: month, day: day.value)
    }

    private static func year(_ text: inout ByteScanner) throws(DateProblem) -> Int {
        let year = text.digits(upTo: 5)
        switch year.count {
        case 4: return year.value
        // The pivot of POSIX strptime.
        case 2: return year.value + (year.value >= 69 ? 1900 : 2000)
        default: throw .notADate
        }
    }

    private static func monthName(_ text: inout ByteScanner) -> Int? {
        for (index, name) in monthNames.enumerated() {
            guard text.accept(name.short, ignoringCase: true) else { continue }
            _ =
                text.accept(name.rest, ignoringCase: true)
                || (index == 8 && text.accept("T", ignoringCase: true))
            _ = text.accept(0x2E)
            return text.isAtLetter ? nil : index + 1
        }
        return nil
    }

    private static let monthNames: [(short: StaticString, rest: StaticString)] = [
        ("JAN", "UARY"), ("FEB", "RUARY"), ("MAR", "CH"), ("APR", "IL"), ("MAY", ""), ("JUN", "E"),
        ("JUL", "Y"), ("AUG", "UST"), ("SEP", "TEMBER"), ("OCT", "OBER"), ("NOV", "EMBER"), ("DEC", "EMBER"),
    ]

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == 0x2D || byte == 0x2F || byte == 0x2E
    }
}

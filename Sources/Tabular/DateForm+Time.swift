extension DateForm {
    /// Reads a time: 14:30, 14:30:20.5, 2:30 PM, 下午2:30, 14点30分 or 14时30分20秒.
    static func time(_ text: inout ByteScanner) throws(DateProblem) -> Int {
        var half = half(&text, isBefore: true)
        text.skipBlanks()
        let hour = text.digits(upTo: 2)
        guard hour.count > 0 else { throw .notADate }
        var minute = 0
        var second = 0
        if text.accept(0x3A) || text.accept("：") {
            minute = try twoDigits(&text)
            if text.accept(0x3A) || text.accept("：") {
                second = try twoDigits(&text)
                if text.accept(0x2E) || text.accept(0x2C) {
                    guard text.digits(upTo: 12).count > 0 else { throw .notADate }
                }
            }
        } else if text.accept("点") || text.accept("时") {
            let minutes = text.digits(upTo: 2)
            if minutes.count > 0 {
                minute = minutes.value
                if text.accept("分") {
                    let seconds = text.digits(upTo: 2)
                    if seconds.count > 0 {
                        guard text.accept("秒") else { throw .notADate }
                        second = seconds.value
                    }
                }
            }
        } else {
            throw .notADate
        }
        let beforeHalf = text.position
        if half == nil {
            text.skipBlanks()
            half = self.half(&text, isBefore: false)
            if half == nil { text.position = beforeHalf }
        }
        guard let half else { return try seconds(hour.value, minute, second) }
        guard (1...12).contains(hour.value) else { throw .noSuchTime }
        return try seconds(hour.value % 12 + half, minute, second)
    }

    /// Reads `Z`, `UTC`, `GMT`, `+08:00`, `+0800` or `+08`; nil at the end of the text.
    static func zone(_ text: inout ByteScanner) throws(DateProblem) -> Int? {
        text.skipBlanks()
        if text.isAtEnd { return nil }
        if text.accept("Z", ignoringCase: true) || text.accept("UTC") || text.accept("GMT") { return 0 }
        let isBehind = text.accept(0x2D)
        guard isBehind || text.accept(0x2B) else { throw .notADate }
        let hours = text.digits(upTo: 2)
        let hasColon = text.accept(0x3A)
        let minutes = text.digits(upTo: 2)
        guard hours.count == 2, minutes.count == 2 || (minutes.count == 0 && !hasColon) else {
            throw .notADate
        }
        // The zones of the world lie between -12 and +14 hours.
        guard hours.value <= 14, minutes.value < 60 else { throw .noSuchTime }
        return (hours.value * 3600 + minutes.value * 60) * (isBehind ? -1 : 1)
    }

    /// The second of the day that a clock shows; 24:00 and leap seconds are refused.
    static func seconds(_ hour: Int, _ minute: Int, _ second: Int) throws(DateProblem) -> Int {
        guard hour < 24, minute < 60, second < 60 else { throw .noSuchTime }
        return hour * 3600 + minute * 60 + second
    }

    private static func twoDigits(_ text: inout ByteScanner) throws(DateProblem) -> Int {
        let (value, count) = text.digits(upTo: 2)
        guard count == 2 else { throw .notADate }
        return value
    }

    /// The hours that 上午 or 下午 before a time, or AM or PM after it, add to the hour; nil for neither.
    private static func half(_ text: inout ByteScanner, isBefore: Bool) -> Int? {
        if text.accept("上午") { return 0 }
        if text.accept("下午") { return 12 }
        if isBefore { return nil }
        if text.accept("AM", ignoringCase: true) { return 0 }
        return text.accept("PM", ignoringCase: true) ? 12 : nil
    }
}

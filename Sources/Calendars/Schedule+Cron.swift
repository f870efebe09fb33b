extension Schedule {
    /// The schedule of a line of cron; nil where the text is none but may be a sentence.
    init?(cron text: String) throws(CalendarError) {
        let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return nil }
        var fields = words
        if first.hasPrefix("@") {
            guard let line = Self.nicknames[first] else {
                throw CalendarError(
                    subject: .cron, text: text,
                    kind: .unknownWord(first, known: Self.nicknames.keys.sorted()))
            }
            if words.count > 1 { throw CalendarError(subject: .cron, text: text, kind: .extra(words[1])) }
            fields = line.split(separator: " ").map(String.init)
        } else {
            // A sentence begins with a number at most, and a word follows.
            let signs = words.prefix(2).allSatisfy {
                $0.utf8.allSatisfy { "0123456789*,-/".utf8.contains($0) }
            }
            guard first.hasPrefix("*") || (signs && words.count > 1) else { return nil }
        }
        guard fields.count == 5 else {
            throw CalendarError(subject: .cron, text: text, kind: .wrongFieldCount(fields.count))
        }
        var bits: [UInt64] = []
        for (field, words) in zip(CronField.all, fields) { bits.append(try field.bits(of: words, in: text)) }
        // 0 and 7 are Sunday, which is the last bit here.
        let weekdays = UInt8(truncatingIfNeeded: (bits[4] >> 1 & 0x7F) | (bits[4] & 1) << 6)
        let days = CronDays(
            days: UInt32(bits[2]), months: UInt16(bits[3]), weekdays: Weekdays(rawValue: weekdays),
            isEither: !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*"))
        guard days.canHold else { throw CalendarError(subject: .cron, text: text, kind: .neverRuns) }
        let minutes = (0..<1440).filter {
            bits[1] & 1 << UInt64($0 / 60) != 0 && bits[0] & 1 << UInt64($0 % 60) != 0
        }
        self.init(
            days: days.rule, minutes: minutes, repeats: fields[0].hasPrefix("*") || fields[1].hasPrefix("*"))
    }

    private static let nicknames = [
        "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
        "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
    ]
}

/// One of the five fields of a line of cron (crontab(5)).
private struct CronField {
    let name: String
    let range: ClosedRange<Int>
    /// Names of the values, from the lowest.
    var names: [String] = []

    static let all = [
        CronField(name: "minute", range: 0...59),
        CronField(name: "hour", range: 0...23),
        CronField(name: "day", range: 1...31),
        CronField(
            name: "month", range: 1...12,
            names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        CronField(
            name: "weekday", range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]

    /// A bit for each value that the field has.
    func bits(of field: String, in text: String) throws(CalendarError) -> UInt64 {
        var bits: UInt64 = 0
        for item in field.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            let values = try range(String(parts[0]), in: text)
            var step = 1
            if parts.count == 2 {
                guard parts[0] == "*" || parts[0].contains("-") else {
                    throw error(
                        text, .expected("a range or * before the step, in the \(name)", found: String(item)))
                }
                guard let number = wholeNumber(parts[1]), (1...range.upperBound).contains(number) else {
                    throw error(
                        text,
                        .badNumber(
                            String(parts[1]), of: "the step of the \(name)",
                            allowed: "from 1 to \(range.upperBound)"))
                }
                step = number
            }
            for value in stride(from: values.lowerBound, through: values.upperBound, by: step) {
                bits |= 1 << UInt64(value)
            }
        }
        return bits
    }

    private func range(_ item: String, in text: String) throws(CalendarError) -> ClosedRange<Int> {
        if item == "*" { return range }
        let ends = item.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let first = try value(String(ends[0]), in: text)
        let last = ends.count == 2 ? try value(String(ends[1]), in: text) : first
        guard first <= last else { throw error(text, .backwardCronRange(item, of: name)) }
        return first...last
    }

    private func value(_ word: String, in text: String) throws(CalendarError) -> Int {
        if let place = names.firstIndex(of: word) { return range.lowerBound + place }
        if let number = wholeNumber(word), range.contains(number) { return number }
        if !names.isEmpty, word.first?.isLetter == true {
            throw error(text, .unknownWord(word, known: names))
        }
        throw error(
            text,
            .badNumber(word, of: "the \(name)", allowed: "from \(range.lowerBound) to \(range.upperBound)"))
    }

    private func error(_ text: String, _ kind: CalendarError.Kind) -> CalendarError {
        CalendarError(subject: .cron, text: text, kind: kind)
    }
}

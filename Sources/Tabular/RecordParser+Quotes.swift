internal import Glibc

extension RecordParser {
    /// How the parse of a field in quotes ended.
    enum QuotedOutcome {
        /// The field, and the place of the delimiter or line end after it.
        case record(Field, Int)
        case incomplete
        case unterminatedQuote
    }

    /// Parses the field whose opening quote is at `open`.
    ///
    /// Text after the closing quote, which RFC 4180 forbids, is kept as part of the field.
    func quotedField(
        _ base: UnsafePointer<UInt8>, _ open: Int, _ end: Int, _ isLast: Bool
    ) -> QuotedOutcome {
        var hasDoubled = false
        var close = open + 1
        while true {
            guard let found = memchr(base + close, 0x22, end - close) else {
                return isLast ? .unterminatedQuote : .incomplete
            }
            close = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if close + 1 == end, !isLast { return .incomplete }
            guard close + 1 < end, base[close + 1] == 0x22 else { break }
            hasDoubled = true
            close += 2
        }
        var p = close + 1
        while p < end, isBlank(base[p]) || base[p] == companion, !separates(base[p]) { p += 1 }
        let isClean = p == end || separates(base[p])
        let rest = p
        if !isClean {
            while p < end, !separates(base[p]) { p += 1 }
        }
        if p == end, !isLast { return .incomplete }
        for i in open..<close where base[i] == lineEnd { lineCount += 1 }
        if isClean, !hasDoubled {
            return .record(Field(start: open + 1, end: close, isQuoted: true), p)
        }
        let start = unescaped.count
        unescape(base, open + 1, close)
        if !isClean {
            // Blanks between the closing quote and the rest belong to the text.
            let restEnd = trimmedEnd(base, rest, p, atLineEnd: p == end || base[p] == lineEnd)
            unescaped.append(base + close + 1, count: restEnd - close - 1)
        }
        return .record(Field(start: start, end: unescaped.count, isUnescaped: true, isQuoted: true), p)
    }

    /// Whether a byte outside quotes ends a field.
    private func separates(_ byte: UInt8) -> Bool {
        byte == delimiter?.byte || byte == lineEnd || (delimiter == .blanks && byte == 0x09)
    }

    /// Copies the text between quotes with each doubled quote as one.
    private func unescape(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
        var p = start
        while p < end {
            let stop =
                memchr(base + p, 0x22, end - p).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) } ?? end
            let upTo = min(stop + 1, end)
            unescaped.append(base + p, count: upTo - p)
            p = stop + 2
        }
    }
}

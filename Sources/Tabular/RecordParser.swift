/// Finds the fields of one record in a piece of text.
///
/// Fields are offsets from the start of the piece; only a field with doubled quotes, or with text after
/// its closing quote, is copied. No memory is taken per record once the field table is large enough.
final class RecordParser {
    /// How a parse ended.
    enum Outcome {
        /// A record was found.
        case record
        /// More text is needed to tell where the record ends.
        case incomplete
        /// The text ends within quotes.
        case unterminatedQuote
    }

    /// Where a field stands: in the piece of text, or in `unescaped`.
    struct Field {
        var start: Int
        var end: Int
        var isUnescaped = false
        var isQuoted = false
    }

    /// What separates fields; nil where a line is one field, whatever stands in it.
    let delimiter: Delimiter?
    /// The byte that ends a line; its companion (CR of CRLF) counts as a blank at either end of a line.
    let lineEnd: UInt8
    let companion: UInt8

    /// The fields of the record; the first `fieldCount` are valid.
    private(set) var fields: UnsafeMutablePointer<Field>
    private(set) var fieldCount = 0
    /// The copies of fields that could not be left in place.
    let unescaped = ByteBuffer()
    /// The record without its line end.
    private(set) var content = 0..<0
    /// Where the next record starts.
    private(set) var next = 0
    /// How many lines the record takes.
    var lineCount = 0
    private var capacity: Int

    /// A parser for one layout, or without a delimiter for whole lines. Lines end in LF or CRLF, with `endsInCR` in CR.
    init(delimiter: Delimiter?, endsInCR: Bool) {
        self.delimiter = delimiter
        lineEnd = endsInCR ? 0x0D : 0x0A
        companion = endsInCR ? 0x0A : 0x0D
        capacity = 64
        fields = .allocate(capacity: capacity)
    }

    deinit {
        fields.deallocate()
    }

    /// Whether the record is a line of nothing but blanks.
    var isBlank: Bool {
        // A line of tabs is one in a file with tabs between fields too.
        guard fieldCount <= 1 || delimiter == .tab else { return false }
        return (0..<fieldCount).allSatisfy(isEmptyField)
    }

    /// Whether nothing stands in a field, not even quotes.
    func isEmptyField(_ column: Int) -> Bool {
        fields[column].start == fields[column].end && !fields[column].isQuoted
    }

    /// The bytes of a field of the record, which was parsed from the text at `base`.
    func bytes(_ column: Int, in base: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let field = fields[column]
        let origin = field.isUnescaped ? UnsafePointer(unescaped.base) : base
        return UnsafeBufferPointer(start: origin + field.start, count: field.end - field.start)
    }

    /// Parses the record that starts at `start`; `end` is the end of the text at hand, and of all the text
    /// with `isLast`.
    func parse(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool) -> Outcome {
        fieldCount = 0
        lineCount = 1
        unescaped.count = 0
        return switch delimiter {
        case nil: parseLine(base, start, end, isLast)
        case .blanks: parseBlanks(base, start, end, isLast)
        case .some(let delimiter): parseDelimited(base, start, end, isLast, delimiter.byte)
        }
    }

    private func parseLine(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isLast: Bool
    ) -> Outcome {
        var p = start
        while p < end, base[p] != lineEnd { p += 1 }
        if p == end, !isLast { return .incomplete }
        finish(base, start, p, end)
        append(Field(start: content.lowerBound, end: content.upperBound))
        return .record
    }

    private func parseDelimited(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isLast: Bool, _ delimiter: UInt8
    ) -> Outcome {
        let lineEnd = lineEnd
        var p = start
        while p < end, base[p] == companion { p += 1 }
        while true {
            while p < end, isBlank(base[p]), base[p] != delimiter { p += 1 }
            var field: Field
            if p < end, base[p] == 0x22 {
                switch quotedField(base, p, end, isLast) {
                case .incomplete: return .incomplete
                case .unterminatedQuote: return .unterminatedQuote
                case .record(let found, let after):
                    field = found
                    p = after
                }
            } else {
                let from = p
                while p < end, base[p] != delimiter, base[p] != lineEnd { p += 1 }
                if p == end, !isLast { return .incomplete }
                field = Field(
                    start: from, end: trimmedEnd(base, from, p, atLineEnd: p == end || base[p] == lineEnd))
            }
            append(field)
            if p == end || base[p] == lineEnd {
                finish(base, start, p, end)
                return .record
            }
            p += 1
        }
    }

    private func parseBlanks(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ isLast: Bool
    ) -> Outcome {
        var p = start
        while true {
            while p < end, isBlank(base[p]) || base[p] == companion { p += 1 }
            if p == end, !isLast { return .incomplete }
            if p == end || base[p] == lineEnd {
                finish(base, start, p, end)
                return .record
            }
            if base[p] == 0x22 {
                switch quotedField(base, p, end, isLast) {
                case .incomplete: return .incomplete
                case .unterminatedQuote: return .unterminatedQuote
                case .record(let found, let after):
                    append(found)
                    p = after
                }
            } else {
                let from = p
                while p < end, !isBlank(base[p]), base[p] != lineEnd { p += 1 }
                if p == end, !isLast { return .incomplete }
                let atLineEnd = p == end || base[p] == lineEnd
                append(Field(start: from, end: trimmedEnd(base, from, p, atLineEnd: atLineEnd)))
            }
        }
    }

    /// A space or a tab.
    func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09
    }

    /// The end of a field without the blanks after it.
    func trimmedEnd(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, atLineEnd: Bool) -> Int {
        var end = end
        while end > start, isBlank(base[end - 1]) || (atLineEnd && base[end - 1] == companion) { end -= 1 }
        return end
    }

    private func append(_ field: Field) {
        if fieldCount == capacity {
            let larger = UnsafeMutablePointer<Field>.allocate(capacity: 2 * capacity)
            larger.update(from: fields, count: fieldCount)
            fields.deallocate()
            fields = larger
            capacity *= 2
        }
        fields[fieldCount] = field
        fieldCount += 1
    }

    private func finish(_ base: UnsafePointer<UInt8>, _ start: Int, _ p: Int, _ end: Int) {
        var from = start
        var to = p
        while from < to, base[from] == companion { from += 1 }
        while to > from, base[to - 1] == companion { to -= 1 }
        content = from..<to
        next = min(p + 1, end)
    }
}

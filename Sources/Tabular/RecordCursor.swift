/// Walks over the records of a text, with the line of each.
final class RecordCursor {
    let text: TextBuffer
    let parser: RecordParser
    /// The line on which the current record starts.
    private(set) var line = 0
    private let limit: Int
    /// Where the current record starts in the window, and where the next one does.
    private var start = 0
    private var nextStart = 0
    private var nextLine = 1

    /// A cursor before the first record. Longer records than `limit` bytes are an error.
    init(_ text: TextBuffer, parser: RecordParser, limit: Int) {
        self.text = text
        self.parser = parser
        self.limit = limit
    }

    /// Goes to the next record that is not blank; false at the end.
    func advance() throws(TabularError) -> Bool {
        while true {
            start = nextStart
            line = nextLine
            let outcome =
                start < text.end
                ? parser.parse(text.base, from: start, to: text.end, isLast: text.isAtEnd) : .incomplete
            switch outcome {
            case .record:
                guard parser.content.upperBound - start <= limit else { throw tooLong }
                nextStart = parser.next
                nextLine = line + parser.lineCount
                if !parser.isBlank { return true }
            case .incomplete:
                guard text.end - start <= limit else { throw tooLong }
                if try text.slide(to: start) {
                    nextStart = 0
                } else if let invalid = text.invalid {
                    throw invalidBytes(invalid)
                } else {
                    return false
                }
            case .unterminatedQuote:
                throw .unterminatedQuote(path: path, line: line + parser.lineCount - 1)
            }
        }
    }

    /// Makes the current record the next one again.
    func stepBack() {
        nextStart = start
        nextLine = line
    }

    private var path: String { text.stream.file.path }

    private var tooLong: TabularError {
        .recordTooLong(path: path, line: line, limit: limit)
    }

    /// The bytes stand right after the window, so the current record leads up to them.
    private func invalidBytes(_ bytes: [UInt8]) -> TabularError {
        var line = line
        var column = 1
        for i in start..<text.end {
            let byte = text.base[i]
            if byte == parser.lineEnd {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return .invalidBytes(
            path: path, encoding: text.stream.encoding, line: line, column: column, bytes: bytes)
    }
}

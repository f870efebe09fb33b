/// Reads the records of a delimited text file one after another.
///
/// The file is read in blocks, so memory does not grow with it. The current record lies in a buffer that the
/// reader owns: fields are valid until the next call of `next`. Not safe to share between threads.
public final class TabularReader {
    /// The encoding of the file, as chosen or detected.
    public let encoding: TextEncoding
    /// What separates fields, as chosen or detected.
    public let delimiter: Delimiter
    /// Whether the first record of the file names the columns.
    public let hasHeader: Bool
    /// The names of the columns, without blanks around them; `column1` and so on where the file has none.
    /// Names may occur twice, as they do in the file.
    public let header: [String]
    /// The size of the file.
    public let byteCount: Int64
    /// The line on which the current record starts, from 1.
    public var line: Int { cursor.line }
    /// How many fields the current record has: `columnCount` for a sound one. Empty fields at the end that
    /// no column has are not counted.
    public private(set) var fieldCount = 0

    private let cursor: RecordCursor
    private var isOnRecord = false

    /// Opens a file, finds out what the options leave open, and reads the header.
    public convenience init(path: String, options: TabularOptions = TabularOptions()) throws(TabularError) {
        try self.init(path: path, options: options, blockSize: 1 << 20)
    }

    /// The same with other limits, for tests.
    init(
        path: String, options: TabularOptions, blockSize: Int, recordLimit: Int = 16 << 20
    ) throws(TabularError) {
        let opened = try OpenedText(path: path, encoding: options.encoding, blockSize: blockSize)
        let layout = try opened.layout(options)
        encoding = opened.encoding
        delimiter = layout.delimiter
        hasHeader = layout.hasHeader
        byteCount = opened.text.stream.file.byteCount
        let parser = RecordParser(delimiter: delimiter, endsInCR: layout.endsInCR)
        cursor = RecordCursor(opened.text, parser: parser, limit: recordLimit)
        guard try cursor.advance() else { throw .empty(path: path) }
        if case .names(let names) = options.header {
            header = names
        } else {
            header = Self.columnNames(of: parser, in: opened.text, areGiven: hasHeader)
        }
        if !hasHeader { cursor.stepBack() }
    }

    /// The names in the first record, with a name by number for an empty one; empty ones at the end are
    /// left out, since many programs end each line with a delimiter.
    private static func columnNames(of parser: RecordParser, in text: TextBuffer, areGiven: Bool) -> [String]
    {
        var names = (0..<parser.fieldCount).map { column in
            areGiven ? String(decoding: parser.bytes(column, in: text.base), as: UTF8.self) : ""
        }
        if areGiven {
            names = names.map {
                String($0.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
            }
            while names.count > 1, names.last?.isEmpty == true { names.removeLast() }
        }
        return names.enumerated().map { $1.isEmpty ? "column\($0 + 1)" : $1 }
    }

    /// How many columns the header has.
    public var columnCount: Int { header.count }

    /// How many bytes of the file were taken in so far, for showing progress; a block ahead of the record.
    public var bytesRead: Int64 { cursor.text.stream.file.position }

    /// Goes to the next record; false at the end of the file. Blank lines are passed over.
    public func next() throws(TabularError) -> Bool {
        isOnRecord = false
        fieldCount = 0
        guard try cursor.advance() else { return false }
        isOnRecord = true
        let parser = cursor.parser
        var count = parser.fieldCount
        while count > header.count, parser.isEmptyField(count - 1) { count -= 1 }
        fieldCount = count
        return true
    }

    /// The bytes of a field as UTF-8, without quotes; empty where the record has no such field.
    public func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        guard column >= 0, column < fieldCount else { return UnsafeBufferPointer(start: nil, count: 0) }
        return cursor.parser.bytes(column, in: cursor.text.base)
    }

    /// A field as text; empty where the record has no such field.
    public func text(_ column: Int) -> String {
        String(decoding: bytes(column), as: UTF8.self)
    }

    /// The current record as it stands in the file, without its line end.
    public var rawRecord: String {
        guard isOnRecord else { return "" }
        let content = cursor.parser.content
        let start = UnsafePointer(cursor.text.base) + content.lowerBound
        return String(decoding: UnsafeBufferPointer(start: start, count: content.count), as: UTF8.self)
    }
}

/// Reads the lines of a text file one after another, of whatever format they are.
///
/// The file is read in blocks, so memory does not grow with it. Not safe to share between threads.
public final class LineReader {
    /// The encoding of the file, as chosen or detected.
    public let encoding: TextEncoding
    /// The size of the file.
    public let byteCount: Int64
    /// The number of the current line, from 1.
    public var number: Int { cursor.line }

    private let cursor: RecordCursor

    /// Opens a file, and finds out its encoding unless it is given, and how its lines end.
    public convenience init(path: String, encoding: TextEncoding? = nil) throws(TabularError) {
        try self.init(path: path, encoding: encoding, blockSize: 1 << 20)
    }

    /// The same with blocks of another size, for tests.
    init(path: String, encoding: TextEncoding?, blockSize: Int, limit: Int = 16 << 20) throws(TabularError) {
        let opened = try OpenedText(path: path, encoding: encoding, blockSize: blockSize)
        self.encoding = opened.encoding
        byteCount = opened.text.stream.file.byteCount
        let parser = RecordParser(delimiter: nil, endsInCR: Self.endsInCR(opened.sample))
        cursor = RecordCursor(opened.text, parser: parser, limit: limit)
    }

    /// Whether lines end in a bare CR: the first line end decides, for quotation marks mean nothing here.
    private static func endsInCR(_ sample: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let end = sample.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return false }
        return sample[end] == 0x0D && end + 1 < sample.count && sample[end + 1] != 0x0A
    }

    /// How many bytes of the file were taken in so far, for showing progress; a block ahead of the line.
    public var bytesRead: Int64 { cursor.text.stream.file.position }

    /// Goes to the next line; nil at the end of the file. Empty lines are passed over.
    public func next() throws(TabularError) -> String? {
        guard try cursor.advance() else { return nil }
        return String(decoding: cursor.parser.bytes(0, in: cursor.text.base), as: UTF8.self)
    }
}

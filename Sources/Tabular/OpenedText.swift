/// A file that has proved to be text.
struct OpenedText {
    let encoding: TextEncoding
    let text: TextBuffer

    /// How much text the layout is judged by.
    private static let sampleSize = 256 << 10

    /// Opens a file, refuses what is no text, and reads its beginning.
    init(path: String, encoding chosen: TextEncoding?, blockSize: Int) throws(TabularError) {
        let file = try InputFile(path: path)
        guard file.byteCount > 0 else { throw .empty(path: path) }
        let look = try file.firstLook(chosen: chosen)
        guard let encoding = look.encoding else { throw .binary(path: path, kind: look.kind) }
        file.seek(to: Int64(look.markLength))
        self.encoding = encoding
        text = TextBuffer(try TextStream(file, encoding: encoding, blockSize: blockSize))
        while text.end < Self.sampleSize, try text.slide(to: 0) {}
    }

    /// The beginning of the text; valid until the text slides on.
    var sample: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: text.base, count: text.end) }

    /// The layout of delimited text; refuses what is none.
    func layout(_ options: TabularOptions) throws(TabularError) -> Layout {
        if let format = Self.otherFormat(sample) {
            throw .notTabular(path: text.stream.file.path, format: format)
        }
        return Layout(sample, isWhole: text.isAtEnd, options: options)
    }

    /// The format of a text whose first signs no table starts with.
    private static func otherFormat(_ sample: UnsafeBufferPointer<UInt8>) -> String? {
        let signs = sample.lazy.filter { $0 > 0x20 }.prefix(2)
        guard let first = signs.first else { return nil }
        let second = signs.dropFirst().first ?? 0x20
        let isLetter = (0x41...0x5A).contains(second & 0xDF)
        switch first {
        // {"a": 1} or {}
        case 0x7B where second == 0x22 || second == 0x7D: return "JSON"
        // [{ or [[ or [" or [1; a column may be named [id]
        case 0x5B where [0x7B, 0x5B, 0x22, 0x5D].contains(second) || (0x30...0x39).contains(second):
            return "JSON"
        case 0x3C where isLetter || second == 0x21 || second == 0x3F: return "XML or HTML"
        default: return nil
        }
    }
}

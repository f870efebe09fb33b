/// A file that has proved to be text, with its layout.
struct OpenedText {
    let encoding: TextEncoding
    let text: TextBuffer
    let layout: Layout

    /// How much text the layout is judged by.
    private static let sampleSize = 256 << 10

    /// Opens a file and refuses what is no delimited text.
    init(path: String, options: TabularOptions, blockSize: Int) throws(TabularError) {
        let file = try InputFile(path: path)
        guard file.byteCount > 0 else { throw .empty(path: path) }
        let look = try file.firstLook(chosen: options.encoding)
        guard let encoding = look.encoding else { throw .binary(path: path, kind: look.kind) }
        file.seek(to: Int64(look.markLength))
        self.encoding = encoding
        text = TextBuffer(try TextStream(file, encoding: encoding, blockSize: blockSize))
        while text.end < Self.sampleSize, try text.slide(to: 0) {}
        let sample = UnsafeBufferPointer(start: text.base, count: text.end)
        if let format = Self.otherFormat(sample) { throw .notTabular(path: path, format: format) }
        layout = Layout(sample, isWhole: text.isAtEnd, options: options)
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

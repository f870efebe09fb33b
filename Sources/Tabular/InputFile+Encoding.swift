/// What the first look at a file found.
struct FirstLook {
    /// The encoding to decode with; nil where the bytes are no text.
    var encoding: TextEncoding?
    /// The length of the byte order mark.
    var markLength: Int
    /// The kind of a file that is known not to be text.
    var kind: BinaryKind?
}

extension InputFile {
    /// Judges the file by its first bytes and, where these are plain ASCII, by those around the first high
    /// byte, however far in the file it is. A chosen encoding is kept.
    func firstLook(chosen: TextEncoding?, blockSize: Int = 256 << 10) throws(TabularError) -> FirstLook {
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: blockSize)
        defer { block.deallocate() }
        let count = try read(at: 0, into: block, count: blockSize)
        let head = UnsafeBufferPointer(start: block, count: count)
        if let kind = BinaryKind(head) { return FirstLook(encoding: nil, markLength: 0, kind: kind) }
        let mark = TextEncoding.byteOrderMark(head)
        if let chosen {
            if let mark, mark.encoding == chosen || chosen.yields(to: mark.encoding) {
                return FirstLook(encoding: mark.encoding, markLength: mark.length)
            }
            return FirstLook(encoding: chosen, markLength: 0)
        }
        if let mark { return FirstLook(encoding: mark.encoding, markLength: mark.length) }
        if head.contains(0) {
            return FirstLook(encoding: TextEncoding.detect(head, whole: count < blockSize), markLength: 0)
        }
        return FirstLook(encoding: try detectAroundFirstHighByte(block, blockSize), markLength: 0)
    }

    private func detectAroundFirstHighByte(
        _ block: UnsafeMutablePointer<UInt8>, _ blockSize: Int
    ) throws(TabularError) -> TextEncoding? {
        var offset: Int64 = 0
        while true {
            let count = try read(at: offset, into: block, count: blockSize)
            let ascii = asciiPrefix(block, count)
            if ascii < count {
                // All before is ASCII, so a character starts here; some bytes of context help the statistics.
                let start = max(0, offset + Int64(ascii) - 64)
                let sampled = try read(at: start, into: block, count: blockSize)
                let sample = UnsafeBufferPointer(start: block, count: sampled)
                return TextEncoding.detect(sample, whole: start + Int64(sampled) >= byteCount)
            }
            if count < blockSize { return .utf8 }
            offset += Int64(count)
        }
    }

    private func asciiPrefix(_ block: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let raw = UnsafeRawPointer(block)
        var i = 0
        while i + 8 <= count,
            raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        { i += 8 }
        while i < count, block[i] < 0x80 { i += 1 }
        return i
    }
}

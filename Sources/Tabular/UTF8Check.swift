/// How many bytes of a block are valid UTF-8.
struct UTF8Check {
    /// The length of the longest prefix of whole, valid characters.
    private(set) var valid = 0
    /// Whether the bytes after the prefix are the start of a character that the block cuts off.
    private(set) var endsInMidst = false

    /// Checks `count` bytes. Cost: linear, 32 bytes at a time over ASCII.
    init(_ base: UnsafePointer<UInt8>, count: Int) {
        let raw = UnsafeRawPointer(base)
        var i = 0
        while i < count {
            if base[i] < 0x80 {
                while i + 32 <= count {
                    let a = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
                    let b = raw.loadUnaligned(fromByteOffset: i + 8, as: UInt64.self)
                    let c = raw.loadUnaligned(fromByteOffset: i + 16, as: UInt64.self)
                    let d = raw.loadUnaligned(fromByteOffset: i + 24, as: UInt64.self)
                    if (a | b | c | d) & 0x8080_8080_8080_8080 != 0 { break }
                    i += 32
                }
                while i < count, base[i] < 0x80 { i += 1 }
                continue
            }
            guard let shape = Self.shape(lead: base[i]) else { break }
            var length = 1
            while length < shape.length, i + length < count {
                let allowed = length == 1 ? shape.second : 0x80...0xBF
                if !allowed.contains(base[i + length]) { break }
                length += 1
            }
            if length < shape.length {
                endsInMidst = i + length == count
                break
            }
            i += length
        }
        valid = i
    }

    /// The length of a character and the range of its second byte (Unicode 16, table 3-7).
    private static func shape(lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
        switch lead {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: nil
        }
    }
}

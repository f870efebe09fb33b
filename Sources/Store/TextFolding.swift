internal import Foundation

/// Text as it is compared where a person looks for something: without regard to case, and full-width letters, digits and
/// signs as the narrow ones.
///
/// One character stays one character (simple case folding, https://www.unicode.org/reports/tr21/tr21-5.html#Caseless_Matching,
/// taken as the small letter of the capital one).
enum TextFolding {
    /// The bytes of a folded text.
    static func folded(_ text: String) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes in
            [UInt8](unsafeUninitializedCapacity: room(for: bytes.count)) { buffer, count in
                guard let start = buffer.baseAddress else { return }
                count = fold(bytes, into: start)
            }
        }
    }

    /// How many bytes a folded text may need: a letter of two bytes may have a capital of three.
    static func room(for count: Int) -> Int { 2 * count + 4 }

    /// Writes the folded text to where there is room for it, and gives how many bytes it has. Bytes that are no UTF-8 stay.
    static func fold(_ bytes: UnsafeBufferPointer<UInt8>, into out: UnsafeMutablePointer<UInt8>) -> Int {
        var length = 0
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case 0..<0x80:
                out[length] = byte &- 65 < 26 ? byte | 0x20 : byte
                length += 1
                place += 1
            case 0xE4...0xE9 where place + 2 < bytes.count:
                // Most of Chinese, which has no case.
                out[length] = byte
                out[length + 1] = bytes[place + 1]
                out[length + 2] = bytes[place + 2]
                length += 3
                place += 3
            default:
                let (scalar, size) = decoded(bytes, at: place)
                if let scalar {
                    length += encode(simple(scalar), to: out + length)
                } else {
                    out[length] = byte
                    length += 1
                }
                place += size
            }
        }
        return length
    }

    private static func simple(_ scalar: UInt32) -> UInt32 {
        scalar < UInt32(table.count) ? table[Int(scalar)] : scalar
    }

    /// What each character up to the last that has a case is compared as.
    private static let table: [UInt32] = (0..<0x1_F000).map { value in
        // The forms of ASCII for lines of Chinese, and the blank of that width.
        let narrow = (0xFF01...0xFF5E).contains(value) ? value - 0xFEE0 : value == 0x3000 ? 0x20 : value
        guard let scalar = Unicode.Scalar(UInt32(narrow)) else { return UInt32(value) }
        let properties = scalar.properties
        guard properties.changesWhenLowercased || properties.changesWhenUppercased else {
            return UInt32(narrow)
        }
        let capital = only(properties.uppercaseMapping) ?? scalar
        return (only(capital.properties.lowercaseMapping) ?? scalar).value
    }

    private static func only(_ text: String) -> Unicode.Scalar? {
        text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
    }

    /// The character at a place of a text beyond ASCII, and its length; none where there is none in UTF-8.
    private static func decoded(
        _ bytes: UnsafeBufferPointer<UInt8>, at place: Int
    ) -> (scalar: UInt32?, size: Int) {
        let first = bytes[place]
        let size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first < 0xF5, place + size <= bytes.count else { return (nil, 1) }
        var value = UInt32(first) & (0xFF >> UInt32(size + 1))
        for next in bytes[(place + 1)..<(place + size)] {
            guard next & 0xC0 == 0x80 else { return (nil, 1) }
            value = value << 6 | UInt32(next & 0x3F)
        }
        return (value, size)
    }

    private static func encode(_ scalar: UInt32, to out: UnsafeMutablePointer<UInt8>) -> Int {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: scalar >> shift) & 0x3F | 0x80 }
        switch scalar {
        case 0..<0x80:
            out[0] = UInt8(scalar)
            return 1
        case 0..<0x800:
            out[0] = UInt8(scalar >> 6) | 0xC0
            out[1] = tail(0)
            return 2
        case 0..<0x1_0000:
            out[0] = UInt8(scalar >> 12) | 0xE0
            out[1] = tail(6)
            out[2] = tail(0)
            return 3
        default:
            out[0] = UInt8(scalar >> 18) | 0xF0
            out[1] = tail(12)
            out[2] = tail(6)
            out[3] = tail(0)
            return 4
        }
    }
}

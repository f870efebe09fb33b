/// The sign between the whole and the fraction of a number; the other one groups thousands.
public enum DecimalSign: String, Sendable, CaseIterable {
    /// `1,234.50`
    case point
    /// `1.234,50`
    case comma

    var byte: UInt8 {
        switch self {
        case .point: 0x2E
        case .comma: 0x2C
        }
    }
}

/// Collects from the values of a column which sign its numbers have: `1.000` by itself may be one or a thousand,
/// beside `2,50` it is a thousand.
public struct DecimalSignEvidence: Sendable, Hashable {
    private var hasPoint = false
    private var hasComma = false
    private var hasDoubt = false

    /// No evidence yet.
    public init() {}

    /// Adds a value; what has no digit is passed over.
    public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        var commas = 0
        var points = 0
        var group = 0
        var digits = 0
        var last: UInt8 = 0
        for byte in bytes {
            switch byte {
            case 0x30...0x39:
                group += 1
                digits += 1
            case 0x2C, 0x2E:
                if byte == 0x2C { commas += 1 } else { points += 1 }
                last = byte
                group = 0
            default: break
            }
        }
        guard digits > 0, commas + points > 0 else { return }
        switch (commas, points) {
        case (1, 0), (0, 1):
            // Before exactly three digits it may as well group them.
            if group == 3, digits <= 6 { hasDoubt = true } else { note(last) }
        case (_, 0): hasPoint = true
        case (0, _): hasComma = true
        default: note(last)
        }
    }

    /// Adds a value.
    public mutating func add(_ text: String) {
        withBytes(of: text) { add($0) }
    }

    private mutating func note(_ sign: UInt8) {
        if sign == 0x2C { hasComma = true } else { hasPoint = true }
    }

    /// The sign of the column; nil where its values do not tell, or contradict each other.
    public var sign: DecimalSign? {
        switch (hasPoint, hasComma) {
        case (true, false): .point
        case (false, true): .comma
        default: nil
        }
    }

    /// Whether values that read both ways wait for one that tells.
    public var isOpen: Bool { hasDoubt && !hasPoint && !hasComma }
}

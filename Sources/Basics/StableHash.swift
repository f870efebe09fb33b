/// A hash that is the same in every process, on every machine and in every version.
///
/// Keys of imported rows, holdout buckets and content hashes are built on it, so its result must never
/// change. It is FNV-1a over 128 bits (http://www.isthe.com/chongo/tech/comp/fnv/), fields separated by a
/// byte that UTF-8 never contains. It is no protection against a person who wants a collision.
public struct StableHash: Sendable {
    private var state = UInt128(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)

    /// The hash of nothing.
    public init() {}

    /// The hash of the given texts, each ended as a field of its own.
    public init(_ fields: String...) {
        for field in fields { combine(field) }
    }

    /// Adds a text as one field.
    public mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Adds bytes as one field.
    public mutating func combine(bytes: UnsafeRawBufferPointer) {
        for byte in bytes { add(byte) }
        add(0xFF)
    }

    /// Adds a whole number as one field.
    public mutating func combine(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { combine(bytes: $0) }
    }

    private mutating func add(_ byte: UInt8) {
        state ^= UInt128(byte)
        state &*= 0x0000_0000_0100_0000_0000_0000_0000_013B
    }

    /// All 128 bits, most significant byte first.
    public var bytes: [UInt8] {
        withUnsafeBytes(of: state.bigEndian) { Array($0) }
    }

    /// 32 hexadecimal digits.
    public var hex: String {
        String(unsafeUninitializedCapacity: 32) { digits in
            for place in 0..<32 {
                let digit = UInt8(truncatingIfNeeded: state >> UInt128(124 - 4 * place)) & 15
                digits[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
            }
            return 32
        }
    }

    /// 64 well-mixed bits (the finalizer of SplitMix64), fit for buckets and seeds.
    public var value: UInt64 {
        SplitMix64.mix(UInt64(truncatingIfNeeded: state) ^ UInt64(truncatingIfNeeded: state >> 64))
    }

    /// A number in [0, 1) with 53 random bits.
    public var unitInterval: Double {
        Double(value >> 11) * 0x1p-53
    }
}

/// A Bloom filter: tells keys that were certainly never added from those that may have been, in 8 MiB.
///
/// With five million keys, about one key in fifty is taken for known; such a key only costs a look-up.
/// Source: Bloom, "Space/time trade-offs in hash coding with allowable errors", CACM 1970.
struct SeenFilter {
    private var bits = [UInt64](repeating: 0, count: 1 << 20)

    /// Adds the key; whether it may have been there before.
    mutating func add(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let hash = ByteKeyMap.hash(key)
        let (first, second) = (Int(hash & 0x3FF_FFFF), Int(hash >> 38))
        let isKnown = isSet(first) && isSet(second)
        set(first)
        set(second)
        return isKnown
    }

    private func isSet(_ bit: Int) -> Bool {
        bits[bit >> 6] & (1 << UInt64(bit & 63)) != 0
    }

    private mutating func set(_ bit: Int) {
        bits[bit >> 6] |= 1 << UInt64(bit & 63)
    }
}

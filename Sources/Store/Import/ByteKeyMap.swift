internal import Glibc

/// A hash map from byte strings to numbers that never holds more than a fixed count: a full map is emptied.
///
/// Keys lie in one block, so neither a look-up nor an insertion allocates.
struct ByteKeyMap {
    private struct Slot {
        var value: Int64
        var hash: UInt64
        var start: Int32
        var length: Int32
    }

    private let limit: Int
    private var slots: [Slot] = []
    private var table: [Int32]
    private var keys: [UInt8] = []

    /// A map of at most `limit` keys; with keys of ten bytes, a million takes 50 MB.
    init(limit: Int = 100_000) {
        self.limit = limit
        table = Array(repeating: -1, count: 1024)
    }

    /// The value of a key.
    func value(_ key: UnsafeBufferPointer<UInt8>) -> Int64? {
        let found = table[place(of: key, hash: Self.hash(key))]
        return found < 0 ? nil : slots[Int(found)].value
    }

    /// Sets the value of a key.
    mutating func set(_ key: UnsafeBufferPointer<UInt8>, _ value: Int64) {
        let hash = Self.hash(key)
        var place = place(of: key, hash: hash)
        if table[place] >= 0 {
            slots[Int(table[place])].value = value
            return
        }
        // Keys are short; long ones count for more, so that memory is bounded either way.
        if slots.count >= limit || keys.count + key.count > 64 * limit {
            slots.removeAll(keepingCapacity: true)
            keys.removeAll(keepingCapacity: true)
            for i in table.indices { table[i] = -1 }
            place = self.place(of: key, hash: hash)
        } else if 2 * slots.count >= table.count {
            grow()
            place = self.place(of: key, hash: hash)
        }
        table[place] = Int32(slots.count)
        slots.append(Slot(value: value, hash: hash, start: Int32(keys.count), length: Int32(key.count)))
        keys.append(contentsOf: key)
    }

    private mutating func grow() {
        table = Array(repeating: -1, count: 2 * table.count)
        for (index, slot) in slots.enumerated() {
            var place = Int(truncatingIfNeeded: slot.hash) & (table.count - 1)
            while table[place] >= 0 { place = (place + 1) & (table.count - 1) }
            table[place] = Int32(index)
        }
    }

    /// Where the key is in the table, or where it would go.
    private func place(of key: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
        let mask = table.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while table[place] >= 0 {
            let slot = slots[Int(table[place])]
            if slot.hash == hash, Int(slot.length) == key.count, isEqual(slot, key) { return place }
            place = (place + 1) & mask
        }
        return place
    }

    private func isEqual(_ slot: Slot, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = key.baseAddress else { return slot.length == 0 }
        return keys.withUnsafeBufferPointer { all in
            guard let base = all.baseAddress else { return false }
            return memcmp(base + Int(slot.start), start, Int(slot.length)) == 0
        }
    }

    /// Multiply and fold per eight bytes (wyhash's mixing step); only speed matters, it never leaves the run.
    static func hash(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(key.count)
        var word: UInt64 = 0
        var filled = 0
        for byte in key {
            word = word << 8 | UInt64(byte)
            filled += 1
            if filled == 8 {
                state = mix(state ^ word)
                word = 0
                filled = 0
            }
        }
        return mix(state ^ word)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
        return high ^ low
    }
}

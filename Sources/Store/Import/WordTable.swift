/// Finds the value that a word means, by its bytes.
final class WordTable {
    private var map = ByteKeyMap()
    private var folded: [UInt8] = []
    private let values: [UnsafeMutableBufferPointer<UInt8>]

    init(_ words: ImportWords) {
        values = words.entries.map { entry in
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: entry.value.utf8.count)
            _ = bytes.initialize(from: entry.value.utf8)
            return bytes
        }
        for (index, entry) in words.entries.enumerated() {
            for word in [entry.value] + entry.words {
                Array(word.utf8).withUnsafeBufferPointer { map.set($0, Int64(index)) }
            }
        }
    }

    deinit {
        for value in values { value.deallocate() }
    }

    /// The value as stored; nil for a word that means none. The bytes live as long as the table.
    func value(of word: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        index(of: word).map { UnsafeBufferPointer(values[$0]) }
    }

    /// The index of the value; nil for a word that means none.
    func index(of word: UnsafeBufferPointer<UInt8>) -> Int? {
        if let found = map.value(word) { return Int(found) }
        folded.removeAll(keepingCapacity: true)
        folded.append(contentsOf: word.lazy.map(lowercased))
        return folded.withUnsafeBufferPointer { map.value($0) }.map(Int.init)
    }
}

/// The byte with ASCII letters in lower case, as SQLite's `lower` has it.
func lowercased(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
}

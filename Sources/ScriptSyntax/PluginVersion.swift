/// Whole numbers with points between them, of which the first counts most: `1.10` is later than `1.9`.
public struct PluginVersion: Sendable, Comparable {
    private let numbers: [Int]

    /// A version of 1 to 4 numbers; nil for any other text.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
        }
        guard (1...4).contains(parts.count), numbers.count == parts.count else { return nil }
        // 1.0 and 1 are the same.
        self.numbers = Array(numbers.reversed().drop { $0 == 0 }.reversed())
    }

    /// By the first number that differs.
    public static func < (a: PluginVersion, b: PluginVersion) -> Bool {
        a.numbers.lexicographicallyPrecedes(b.numbers)
    }
}

/// A version of a plugin: three numbers, compared one by one.
public struct PluginVersion: Hashable, Sendable, Comparable {
    private let numbers: [Int]

    /// Reads `1.2.0`; nil for another text.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.count <= 9 && part.utf8.allSatisfy { (48...57).contains($0) } ? Int(part) : nil
        }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        self.numbers = numbers
    }

    /// By the first number that differs.
    public static func < (one: Self, other: Self) -> Bool {
        one.numbers.lexicographicallyPrecedes(other.numbers)
    }
}

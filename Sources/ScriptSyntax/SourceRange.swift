/// A stretch of a script, in bytes of its UTF-8 text from 0.
public struct SourceRange: Hashable, Sendable {
    /// The first byte.
    public var start: Int
    /// The byte after the last.
    public var end: Int

    /// A stretch from its first byte to before its last.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// From the beginning of this stretch to the end of another.
    public func through(_ other: SourceRange) -> SourceRange { SourceRange(start, other.end) }

    /// Whether another stretch lies within this one.
    public func contains(_ other: SourceRange) -> Bool { start <= other.start && other.end <= end }
}

/// How the values of a field are spread: how many customers lie in each of some bins with round edges.
public struct Histogram: Sendable, Hashable {
    /// What lies between two edges.
    public enum Scale: Sendable, Hashable {
        /// 1, 2 or 5 times a power of ten, in the units of the store.
        case numbers
        /// Days, from midnight to midnight.
        case days
        /// Weeks, from Monday on.
        case weeks
        /// Months.
        case months
        /// Quarters of a year.
        case quarters
        /// So many years.
        case years(Int)
    }

    /// The values from one edge to below the next.
    public struct Bin: Sendable, Hashable {
        /// The least value that belongs to it; nil where everything below `end` does.
        public let start: Value?
        /// The first value above it; nil where everything from `start` on belongs to it.
        public let end: Value?
        /// How many customers it has.
        public let count: Int

        /// A bin.
        public init(from start: Value?, to end: Value?, count: Int) {
            self.start = start
            self.end = end
            self.count = count
        }
    }

    /// The field, whose type the edges have.
    public let field: Field
    /// What lies between two edges.
    public let scale: Scale
    /// From the least to the greatest, empty ones between them too; none without values.
    public let bins: [Bin]
    /// How many customers have no value.
    public let missing: Int

    /// A histogram from its parts.
    public init(_ field: Field, scale: Scale, bins: [Bin], missing: Int) {
        self.field = field
        self.scale = scale
        self.bins = bins
        self.missing = missing
    }
}

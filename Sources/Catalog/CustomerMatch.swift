/// Who was found by a text.
public struct CustomerMatches: Sendable, Hashable {
    /// The best of them first.
    public let best: [CustomerMatch]
    /// How many there are in all.
    public let count: Int

    /// What was found.
    public init(best: [CustomerMatch], count: Int) {
        self.best = best
        self.count = count
    }
}

/// A customer who was found by a text, and by what.
public struct CustomerMatch: Sendable, Hashable {
    /// Where in a value the text stands; of several words, the worst of them counts.
    public enum Place: Int, Sendable, Comparable {
        /// Somewhere in a word.
        case inside
        /// At the beginning of the value or of a word of it.
        case beginning
        /// It is the whole value.
        case whole

        /// By how good it is.
        public static func < (a: Place, b: Place) -> Bool { a.rawValue < b.rawValue }
    }

    /// The customer.
    public let customer: Int64
    /// Where the text stands.
    public let place: Place
    /// The columns of the customer that have a word of it at its best place.
    public let columns: [String]

    /// A match.
    public init(customer: Int64, place: Place, columns: [String]) {
        self.customer = customer
        self.place = place
        self.columns = columns
    }
}

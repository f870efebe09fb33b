/// Which customers a question is about: all, but for what narrows them.
///
/// A condition is SQL over a customer `c` and their facts `f`, as ``CustomerRequest/condition`` is. What SQL cannot
/// say is found first and comes as members.
public struct Population {
    /// Only customers for whom this is 1; all where nil.
    public var condition: SQLFragment?
    /// The values of the condition's arguments that are computed, by their places.
    public var computed: [Value]
    /// Only these; all where nil.
    public var members: CustomerSet?

    /// The customers for whom the condition holds and who are members; all customers unless told.
    public init(
        where condition: SQLFragment? = nil, computed: [Value] = [], among members: CustomerSet? = nil
    ) {
        self.condition = condition
        self.computed = computed
        self.members = members
    }
}

/// What is made of the customers of a group. Missing values are left out.
public enum Aggregate: Sendable, Hashable {
    /// How many customers there are.
    case count
    /// The sum of their values, 0 without any; a float where 64 bits do not hold a sum of whole numbers.
    case sum(Field)
    /// The mean.
    case average(Field)
    /// The least value.
    case minimum(Field)
    /// The greatest value.
    case maximum(Field)
    /// The middle value; of an even number, the mean of the two in the middle.
    case median(Field)

    /// The field that it is made of; nil for the count.
    public var field: Field? {
        switch self {
        case .count: nil
        case .sum(let field), .average(let field), .minimum(let field), .maximum(let field),
            .median(let field):
            field
        }
    }

    /// The word for it at the prompt.
    public var name: String {
        switch self {
        case .count: "count"
        case .sum: "sum"
        case .average: "avg"
        case .minimum: "min"
        case .maximum: "max"
        case .median: "median"
        }
    }

    /// What the result is. Averages and medians of money are minor units that may have a fraction; instants stay whole.
    public var type: ValueType {
        switch self {
        case .count: .integer
        case .minimum(let field), .maximum(let field): field.type
        case .sum(let field): field.type == .boolean ? .integer : field.type
        case .average(let field), .median(let field):
            field.type == .money || field.type == .instant ? field.type : .number
        }
    }

    /// Whether values of that type have it.
    public func isDefined(for type: ValueType) -> Bool {
        switch self {
        case .count, .minimum, .maximum: true
        case .sum: [.integer, .number, .boolean, .money].contains(type)
        case .average, .median: [.integer, .number, .boolean, .money, .instant].contains(type)
        }
    }
}

/// What customers of one group have in common.
public enum Grouping: Sendable, Hashable {
    /// The value of a field.
    case field(Field)
    /// The month of an instant, as the wall clock shows it, or of a date: `2026-11`.
    case month(Field)

    /// The field that it is about.
    public var field: Field {
        switch self {
        case .field(let field), .month(let field): field
        }
    }
}

/// In which order rows come. Missing values come last, either way.
public struct RowOrder: Sendable, Hashable {
    /// By whose values.
    public var field: Field
    /// Whether the greatest comes first.
    public var isDescending: Bool

    /// The order of a field's values.
    public init(_ field: Field, descending: Bool = false) {
        self.field = field
        isDescending = descending
    }
}

/// The values of a field by how many customers have them.
public struct Frequencies: Sendable, Hashable {
    /// A value and its customers.
    public struct Entry: Sendable, Hashable {
        /// The value.
        public let value: Value
        /// How many customers have it.
        public let count: Int

        /// A value and its customers.
        public init(_ value: Value, _ count: Int) {
            self.value = value
            self.count = count
        }
    }

    /// The most frequent first; those of one frequency by value.
    public let entries: [Entry]
    /// How many more values there are.
    public let otherValues: Int
    /// How many customers have one of those.
    public let otherCustomers: Int
    /// How many customers have none.
    public let missing: Int

    /// Frequencies from their parts.
    public init(entries: [Entry], otherValues: Int, otherCustomers: Int, missing: Int) {
        self.entries = entries
        self.otherValues = otherValues
        self.otherCustomers = otherCustomers
        self.missing = missing
    }
}

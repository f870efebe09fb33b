/// What a fact is of the rows of its table: an aggregate, which the store computes as SQL and ``FactChange`` row by row.
public struct FactAggregate: Sendable, Hashable {
    /// What is made of the rows; the texts are columns, whose missing values do not count.
    public enum Function: Sendable, Hashable {
        /// How many there are.
        case count
        /// How many different values a column has.
        case distinct(String)
        /// The sum of a column.
        case sum(String)
        /// The least value of a column.
        case least(String)
        /// The greatest value of a column.
        case greatest(String)
    }

    /// What is made of the rows.
    public let function: Function
    /// Which of them count; all where nil.
    public let filter: RowCondition?

    /// An aggregate from its parts.
    public init(_ function: Function, filter: RowCondition? = nil) {
        self.function = function
        self.filter = filter
    }

    /// `COUNT(*)`, `MAX(occurred_at) FILTER (WHERE type = 'cart')`.
    public var sql: String {
        let call =
            switch function {
            case .count: "COUNT(*)"
            case .distinct(let column): "COUNT(DISTINCT \(column))"
            case .sum(let column): "SUM(\(column))"
            case .least(let column): "MIN(\(column))"
            case .greatest(let column): "MAX(\(column))"
            }
        return call + (filter.map { " FILTER (WHERE \($0.sql()))" } ?? "")
    }

    /// Whether it says how many there are of something.
    public var isCount: Bool {
        switch function {
        case .count, .distinct: true
        case .sum, .least, .greatest: false
        }
    }

    /// Facts that count or add up are 0 without rows; the others are missing.
    public var isZeroWithoutRows: Bool {
        if case .sum = function { true } else { isCount }
    }
}

/// What rows that are not stored make of a fact of one customer, kept current row by row.
public struct FactChange: Sendable {
    private let aggregate: FactAggregate
    /// The aggregate of the added rows alone; missing where none of them counts.
    private var total = Value.null
    /// The values that were counted.
    private var counted: Set<Value> = []
    /// Whether a sum did not fit into 64 bits.
    private var isTooLarge = false

    /// No rows yet.
    public init(_ aggregate: FactAggregate) {
        self.aggregate = aggregate
    }

    /// Adds a row of the fact's table, whose columns are found by their names; `isStored` says whether a stored row that
    /// the fact counts has that value, and is asked at most once for each.
    ///
    /// - Returns: whether the row counts.
    public mutating func add(
        _ row: (String) -> Value, isStored: (Value) throws -> Bool
    ) rethrows -> Bool {
        if let filter = aggregate.filter, !filter.holds(row) { return false }
        switch aggregate.function {
        case .count: join(.integer(1))
        case .sum(let column), .least(let column), .greatest(let column): join(row(column))
        case .distinct(let column):
            let value = row(column)
            guard value != .null, counted.insert(value).inserted else { return false }
            if try isStored(value) { return false }
            join(.integer(1))
        }
        return true
    }

    /// The fact, from what it is of the stored rows; nil where 64 bits do not hold it.
    public func fact(from stored: Value) -> Value? {
        if isTooLarge { return nil }
        return Self.joined(stored, total, aggregate.function)
    }

    private mutating func join(_ value: Value) {
        if let joined = Self.joined(total, value, aggregate.function) {
            total = joined
        } else {
            isTooLarge = true
        }
    }

    private static func joined(_ a: Value, _ b: Value, _ function: FactAggregate.Function) -> Value? {
        switch (a, b) {
        case (.null, let only), (let only, .null): return only
        case (.integer(let a), .integer(let b)):
            switch function {
            case .least: return .integer(min(a, b))
            case .greatest: return .integer(max(a, b))
            case .count, .distinct, .sum:
                let (sum, isOver) = a.addingReportingOverflow(b)
                return isOver ? nil : .integer(sum)
            }
        case (.number(let a), .number(let b)):
            switch function {
            case .least: return .number(min(a, b))
            case .greatest: return .number(max(a, b))
            case .count, .distinct, .sum: return .number(a + b)
            }
        // A column has values of one type.
        default: return nil
        }
    }
}

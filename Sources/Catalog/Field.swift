/// What a value is, for rules, imports and reports alike.
public enum ValueType: String, Sendable, CaseIterable, Codable {
    /// UTF-8 text.
    case text
    /// A 64-bit whole number.
    case integer
    /// A double.
    case number
    /// True or false; stored as 1 or 0.
    case boolean
    /// An amount in the workspace's currency: minor units in the store, major units in rules.
    case money
    /// Unix seconds, UTC.
    case instant
    /// A day without a time, `YYYY-MM-DD` text; such texts compare in the order of time.
    case date
}

/// A named, typed, documented value of a customer or of a row that belongs to one.
public struct Field: Sendable, Hashable {
    /// The name in rules: `total_spent`.
    public let name: String
    /// What it is.
    public let type: ValueType
    /// One sentence for help and the reference.
    public let doc: String
    /// The SQL expression that gives it, over the aliases that its owner documents.
    public let sql: String
    /// The values it can have, where they are few and fixed.
    public let values: [String]

    /// A field; `sql` is the column of the same name unless given.
    public init(_ name: String, _ type: ValueType, _ doc: String, sql: String? = nil, values: [String] = []) {
        self.name = name
        self.type = type
        self.doc = doc
        self.sql = sql ?? name
        self.values = values
    }
}

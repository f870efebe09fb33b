/// A named value of a table that scripts write or get.
public struct TableKey: Sendable, Hashable {
    /// The name.
    public let name: String
    /// What it holds, in the notation of LuaCATS: `string`, `fun(c: Customer): boolean?`.
    public let type: String
    /// One sentence.
    public let doc: String
    /// Whether the table always has it, or must have it where a script writes it.
    public let isRequired: Bool

    /// A key from its parts.
    public init(_ name: String, _ type: String, _ doc: String, isRequired: Bool = false) {
        self.name = name
        self.type = type
        self.doc = doc
        self.isRequired = isRequired
    }
}

/// A table that scripts write or get, under the name that types of words call it.
public struct TableShape: Sendable {
    /// The name: `SendWindow`.
    public let name: String
    /// One sentence.
    public let doc: String
    /// What it has.
    public let keys: [TableKey]

    /// A shape from its parts.
    public init(_ name: String, _ doc: String, _ keys: [TableKey]) {
        self.name = name
        self.doc = doc
        self.keys = keys
    }
}

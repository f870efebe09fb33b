internal import Catalog

/// One thing that a plugin asks to be allowed.
public struct PluginPermission: Hashable, Sendable, Comparable {
    /// What it is about.
    public enum Kind: String, Sendable, CaseIterable, Comparable {
        /// Reading a field of customers: a column, a fact, an attribute or a trait.
        case field
        /// Reading rows of customers: a relation such as `orders`, or another of ``PluginPermission/tables``.
        case table
        /// Asking for something in a journey: `send`, `award`, ….
        case act

        /// By the order of the cases.
        public static func < (one: Kind, other: Kind) -> Bool {
            order(one) < order(other)
        }

        private static func order(_ kind: Kind) -> Int { allCases.firstIndex(of: kind) ?? 0 }
    }

    /// What may be read as a table: relations, and what the methods of customers and `recommend` ask.
    public static let tables = (relations.map(\.name) + ["consents", "interests", "products", "tags"])
        .sorted()
    /// What may be asked for in journeys.
    public static let verbs = verbWords.map(\.name)

    /// What it is about.
    public let kind: Kind
    /// The field, the table or the verb.
    public let name: String

    /// A permission from its parts.
    public init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }

    /// The permission that a person types: `field:city`, `table:orders`, `act:send`; nil for another text.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.init(kind, String(parts[1]))
    }

    /// As a person types it: `field:city`.
    public var text: String { "\(kind.rawValue):\(name)" }

    /// What it allows, for a person who decides: "read c.city".
    public var phrase: String {
        switch kind {
        case .field: "read c.\(name)"
        case .table: "read \(name)"
        case .act: "\(name) in journeys"
        }
    }

    /// By kind, then by name.
    public static func < (one: Self, other: Self) -> Bool {
        (one.kind, one.name) < (other.kind, other.name)
    }
}

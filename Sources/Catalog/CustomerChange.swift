/// One thing that is to be done to many customers.
public struct CustomerChange: Sendable, Hashable {
    /// What is to be done.
    public enum Action: Sendable, Hashable {
        /// Gives a tag.
        case tag(String)
        /// Takes a tag.
        case untag(String)
        /// Gives a field another value, as the store holds it; NULL takes it away. Settable are custom attributes and
        /// ``settableColumns``.
        case set(field: String, Value)
        /// Gives a colleague something to do, until an instant where there is one.
        case task(title: String, owner: String?, due: Int64?)

        /// The word for it, as the audit log has it.
        public var name: String {
            switch self {
            case .tag: "tag"
            case .untag: "untag"
            case .set: "set"
            case .task: "task"
            }
        }
    }

    /// What is to be done.
    public let action: Action
    /// To whom, by id. Customers who are not there, or whose data was erased, stay as they are.
    public let customers: [Int64]

    /// A change.
    public init(_ action: Action, of customers: [Int64]) {
        self.action = action
        self.customers = customers
    }

    /// The columns of a customer that may be set. Addresses are none of them, for consent and suppression hang on them and
    /// an import brings both; neither are ids, and what follows from what happened.
    public static let settableColumns = [
        "name", "first_name", "last_name", "gender", "birthday", "language", "company", "industry", "country",
        "region", "city", "time_zone", "preferred_channel", "level", "source", "owner",
    ]
}

/// What a change does to its customers, or has done.
public struct ChangeOutcome: Sendable, Hashable {
    /// One customer before and after.
    public struct Example: Sendable, Hashable {
        /// The customer.
        public let customer: Int64
        /// The value, tag or title that there was.
        public let before: Value
        /// The one that there is then.
        public let after: Value

        /// An example.
        public init(customer: Int64, before: Value, after: Value) {
            self.customer = customer
            self.before = before
            self.after = after
        }
    }

    /// What is done.
    public let action: CustomerChange.Action
    /// How many different customers it was asked for.
    public let asked: Int
    /// How many of them it changes.
    public let changed: Int
    /// The first of those.
    public let examples: [Example]

    /// An outcome from its parts.
    public init(_ action: CustomerChange.Action, asked: Int, changed: Int, examples: [Example]) {
        self.action = action
        self.asked = asked
        self.changed = changed
        self.examples = examples
    }
}

/// Something that was done, and by whom.
public struct AuditEntry: Sendable, Hashable {
    /// When, Unix seconds.
    public let at: Int64
    /// Who did it.
    public let actor: String
    /// What: `import`, `tag`, `reveal`.
    public let action: String
    /// What belongs to it, as a JSON object.
    public let detail: String

    /// An entry.
    public init(at: Int64, actor: String, action: String, detail: String) {
        self.at = at
        self.actor = actor
        self.action = action
        self.detail = detail
    }
}

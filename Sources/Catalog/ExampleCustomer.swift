/// A customer that exists only in a test, in values as the store holds them.
public struct ExampleCustomer: Sendable {
    /// A row of a relation: an order, an event, a message.
    public struct Row: Sendable {
        /// When it happened, Unix seconds.
        public var time: Int64
        /// The values of the relation's fields, by name.
        public var values: [String: Value] = [:]
        /// The lines of an order: the values of ``orderItemFields``, by name.
        public var items: [[String: Value]] = []
        /// What happened to a message: a type of `message_events`, and when.
        public var events: [(type: String, time: Int64)] = []

        /// A row without values.
        public init(time: Int64) {
            self.time = time
        }
    }

    /// What the customer said about marketing on a channel.
    public enum Consent: String, Sendable, CaseIterable {
        /// Agreed, before anything else happened.
        case granted
        /// Agreed, and took it back.
        case withdrawn
        /// Never asked.
        case none
    }

    /// The columns of the customer, by name.
    public var columns: [String: Value] = [:]
    /// Facts that stand as they are given, whatever rows there are.
    public var facts: [String: Value] = [:]
    /// Custom attributes, by name.
    public var attributes: [String: Value] = [:]
    /// Values of traits over the whole population, by name: one customer has none to compute them from.
    public var populations: [String: Value] = [:]
    /// The tags.
    public var tags: [String] = []
    /// The interests, strongest first.
    public var interests: [String] = []
    /// What was said on each channel.
    public var consents: [Channel: Consent] = [:]
    /// The rows by the names of their relations.
    public var rows: [String: [Row]] = [:]

    /// A customer of whom nothing is known.
    public init() {}

    /// What happened to a message, as it is named in tests, and its type in `message_events`.
    public static let messageEvents = [
        ("delivered", "delivered"), ("opened", "open"), ("clicked", "click"), ("bounced", "hard_bounce"),
        ("complained", "complaint"), ("unsubscribed", "unsubscribe"),
    ]
}

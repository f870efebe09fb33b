/// Shares of messages, from 0 to 1, that people respond to in one way or another, each of all messages sent.
public struct ResponseRates: Sendable, Hashable {
    /// Opened.
    public var open = 0.0
    /// Clicked, and so opened.
    public var click = 0.0
    /// Followed by a purchase, and so clicked.
    public var buy = 0.0
    /// Answered by unsubscribing from the channel.
    public var unsubscribe = 0.0
    /// Reported as spam.
    public var complaint = 0.0
    /// Sent to an address that takes none, for good.
    public var bounce = 0.0
    /// The median time to the opening, in seconds; nil where nobody says.
    public var after: Int64?

    /// Shares by name; those that are left out are 0.
    public init(
        open: Double = 0, click: Double = 0, buy: Double = 0, unsubscribe: Double = 0, complaint: Double = 0,
        bounce: Double = 0, after: Int64? = nil
    ) {
        self.open = open
        self.click = click
        self.buy = buy
        self.unsubscribe = unsubscribe
        self.complaint = complaint
        self.bounce = bounce
        self.after = after
    }

    /// The names of the shares, in the order of the properties.
    public static let names = ["open", "click", "buy", "unsubscribe", "complaint", "bounce"]

    /// The share of a name of ``names``; 0 for any other, which cannot be set.
    public subscript(name: String) -> Double {
        get { Self.paths[name].map { self[keyPath: $0] } ?? 0 }
        set { if let path = Self.paths[name] { self[keyPath: path] = newValue } }
    }

    private static var paths: [String: WritableKeyPath<ResponseRates, Double>] {
        [
            "open": \.open, "click": \.click, "buy": \.buy, "unsubscribe": \.unsubscribe,
            "complaint": \.complaint, "bounce": \.bounce,
        ]
    }
}

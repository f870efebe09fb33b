/// How customers responded to messages in the past.
public struct ResponseHistory: Sendable, Hashable {
    /// What became of messages.
    public struct Counts: Sendable, Hashable {
        /// How many were sent.
        public var messages = 0
        /// How many of them were opened.
        public var opens = 0
        /// How many were clicked, and so opened.
        public var clicks = 0
        /// After how many clicks the customer bought within a week.
        public var orders = 0
        /// How many were answered by unsubscribing.
        public var unsubscribes = 0
        /// How many were reported as spam.
        public var complaints = 0
        /// How many bounced for good.
        public var bounces = 0

        /// None.
        public init() {}

        /// Counts from their parts.
        public init(
            messages: Int, opens: Int, clicks: Int, orders: Int, unsubscribes: Int = 0, complaints: Int = 0,
            bounces: Int = 0
        ) {
            self.unsubscribes = unsubscribes
            self.complaints = complaints
            self.bounces = bounces
            self.messages = messages
            self.opens = opens
            self.clicks = clicks
            self.orders = orders
        }
    }

    /// Everybody's, by channel.
    public var channels: [Channel: Counts] = [:]
    /// Seconds from message to open, in order; a sample.
    public var openDelays: [Int64] = []
    /// Seconds from open to click, in order.
    public var clickDelays: [Int64] = []
    /// Seconds from click to purchase, in order.
    public var orderDelays: [Int64] = []

    /// No history: nobody responds.
    public init() {}

    /// The same, with nobody who buys.
    public var withoutPurchases: ResponseHistory {
        var history = self
        for channel in channels.keys { history.channels[channel]?.orders = 0 }
        return history
    }
}

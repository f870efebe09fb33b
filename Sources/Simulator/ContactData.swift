public import Catalog
public import Rules

/// What the policy asks about addresses; the rooms above wire the store to it.
public protocol ContactData: CustomerData, PastData {
    /// Why the address must not be written to; nil where it may.
    func suppression(of address: String, on channel: Channel, customer: Int64) throws -> SuppressionReason?
    /// Whether the step of the campaign went to the address, or to the customer, at or after `since`.
    func wasSent(campaign: String, step: String, to address: String, customer: Int64, since: Int64) throws
        -> Bool
    /// The addresses on a channel that several customers have, as they are compared, with these customers by id.
    func sharedAddresses(on channel: Channel) throws -> [(address: String, customers: [Int64])]
    /// The customers who have an address on a channel, as addresses are compared, by id.
    func customers(with address: String, on channel: Channel) throws -> [Int64]
    /// When marketing messages were sent to a customer since an instant, by which channel, and by which campaign where
    /// that is known, in order.
    func marketingMessages(
        to customer: Int64, since: Int64
    ) throws -> [(time: Int64, channel: Channel, campaign: String?)]
    /// How many messages a customer got on each channel, and how many of them they opened or clicked.
    func answers(of customer: Int64) throws -> [Channel: ChannelAnswers]
    /// When a customer opened messages, in order.
    func opens(of customer: Int64) throws -> [Int64]
    /// How customers responded to messages in the past.
    func responseHistory() throws -> ResponseHistory
    /// What a purchase brings on average, in minor units; nil where there is none.
    func averagePurchase() throws -> Int64?
    /// Hands over fields of the customers with these ids, in their order.
    func forEachCustomer(
        in ids: ClosedRange<Int64>, _ fields: [Field], _ body: (Int64, [Value]) throws -> Void
    ) throws
    /// How many customers there are.
    func customerCount() throws -> Int
}

/// Keeps what a run decides; the rooms above wire the run file to it.
public protocol RunRecorder: AnyObject {
    /// Keeps one decision.
    func record(_ decision: Decision) throws
    /// Keeps something else that happened.
    func record(_ event: RunEvent) throws
    /// Keeps a message of a decision, unless one with its hash was kept before.
    func record(_ body: RunBody) throws
    /// Forgets all that was recorded: it comes again, for the run begins anew.
    func restart() throws
    /// Keeps what replays of a person's journeys need.
    func record(_ journeys: JourneyRecord) throws
    /// Keeps what is known at the end.
    func finish(
        _ header: RunHeader, _ campaigns: [RunCampaign], _ flow: [RunFlow], _ samples: [RunSample],
        _ problems: [RunProblem]) throws
}

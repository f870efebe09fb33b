public import Catalog

/// What counts of a decision where runs are compared or approved.
public struct ComparedDecision: Sendable, Equatable {
    /// The decision's number in its file; of two runs, the same decision may have two.
    public let id: Int64
    /// The customer's number.
    public let customer: Int64
    /// The campaign.
    public let campaign: String
    /// The step.
    public let step: String
    /// The virtual time, Unix seconds.
    public let time: Int64
    /// The channel; nil where none could be chosen.
    public let channel: Channel?
    /// What became of it.
    public let outcome: Outcome
    /// Why it was not sent; nil for `sent`.
    public let reason: Reason?
    /// The way in which the campaign is told; nil where it has one alone.
    public let variant: String?
    /// The hash of the message; nil where none was written.
    public let bodyHash: String?

    init(_ decision: Decision) {
        id = 0
        customer = decision.customer
        campaign = decision.campaign
        step = decision.step
        time = decision.time
        channel = decision.channel
        outcome = decision.outcome
        reason = decision.reason
        variant = decision.variant
        bodyHash = decision.bodyHash
    }

    init(_ row: RawStatement) {
        id = row.integer(0)
        customer = row.integer(1)
        campaign = row.text(2) ?? ""
        step = row.text(3) ?? ""
        time = row.integer(4)
        channel = row.text(5).flatMap(Channel.init(rawValue:))
        outcome = row.text(6).flatMap(Outcome.init(rawValue:)) ?? .failed
        reason = row.text(7).flatMap(Reason.init(rawValue:))
        variant = row.text(8)
        bodyHash = row.text(9)
    }

    static let columns = """
        id, customer_id, campaign, step, time, channel, outcome, reason, variant, body_hash
        """

    /// Whether it stands before another in the order of customer, campaign and step, which is that of the
    /// texts' bytes as in SQLite; nil where they stand at the same place.
    func isBefore(_ other: ComparedDecision) -> Bool? {
        if customer != other.customer { return customer < other.customer }
        for (a, b) in [(campaign.utf8, other.campaign.utf8), (step.utf8, other.step.utf8)] {
            if a.lexicographicallyPrecedes(b) { return true }
            if b.lexicographicallyPrecedes(a) { return false }
        }
        return nil
    }
}

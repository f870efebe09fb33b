/// Somebody has seen a run and says that it may become real.
public struct Approval: Sendable, Equatable, Codable {
    /// The run file, relative to the workspace where it lies in it.
    public var run: String
    /// The hash of the run's decisions.
    public var hash: String
    /// The campaigns, by name.
    public var campaigns: [String]
    /// The first instant of the run, Unix seconds.
    public var from: Int64
    /// How many days it lasts.
    public var days: Int
    /// How many decisions it has.
    public var decisions: Int
    /// How many messages would be sent.
    public var sent: Int
    /// Who approved it.
    public var by: String
    /// When, Unix seconds.
    public var at: Int64

    /// An approval from its parts.
    public init(
        run: String, hash: String, campaigns: [String], from: Int64, days: Int, decisions: Int, sent: Int,
        by: String, at: Int64
    ) {
        self.run = run
        self.hash = hash
        self.campaigns = campaigns
        self.from = from
        self.days = days
        self.decisions = decisions
        self.sent = sent
        self.by = by
        self.at = at
    }
}

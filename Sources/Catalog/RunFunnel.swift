/// A stage on the way of customers into a campaign, and how many of them came to it.
public struct RunFunnelStage: Sendable, Equatable, Codable {
    /// What the stage is.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// The customers meet a condition of the audience, and all before it.
        case condition
        /// What the campaign waits for has happened to them.
        case event
        /// It is what the campaign means: the `where` of a follow-up holds.
        case meant
        /// They are in the audience.
        case audience
    }

    /// What it is.
    public var kind: Kind
    /// The condition, the event, or the audience, as a person would write it.
    public var text: String
    /// Script and line of a condition; nil where there is none.
    public var script: String?
    /// The instant at which all customers were asked, Unix seconds; nil where each is asked at the time of
    /// the event.
    public var time: Int64?
    /// How many customers; nil where a rule raised before all were asked.
    public var count: Int?

    /// A stage from its parts.
    public init(kind: Kind, text: String, script: String? = nil, time: Int64? = nil, count: Int?) {
        self.kind = kind
        self.text = text
        self.script = script
        self.time = time
        self.count = count
    }
}

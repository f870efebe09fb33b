internal import Catalog
internal import Rules

/// A customer in a simulation.
final class CustomerRecord {
    let id: Int64
    /// The turn of the walk in which rules saw the customer first; nil before.
    var turn: UInt64?
    /// The last entry into each campaign, by its place.
    var entries: [Int: Int64] = [:]
    /// How often campaigns that were entered at an instant were entered again at it.
    var entryCount = 0
    /// The campaigns, by place, whose journeys asked for a message.
    var asked: Set<Int> = []
    /// The stages before the entry that the customer came to, where events bring customers.
    var reached: Set<FunnelMark> = []
    /// Whether the customer was in the segments that campaigns watch, at the last look.
    var wasIn: [Int: Bool] = [:]
    /// The campaigns, by place, that have kept the customer out for their limit.
    var refused: Set<Int> = []
    /// The journeys that are under way.
    var runs: [JourneyRun] = []
    /// When the customer registers, where that is in the run or later.
    var registered = Int64.min
    /// No marketing messages before this instant.
    var pausedUntil = Int64.min
    /// The marketing messages that a cap may count, stored ones included, in order; nil where nobody has
    /// asked yet.
    var counted: [Policy.Counted]?
    var contact: Contact?
    /// How the customer answered on each channel before the run; nil where nobody has asked yet.
    var answers: [Channel: ChannelAnswers]?
    /// When the customer opened messages before the run; nil where nobody has asked yet.
    var opens: [Int64]?
    /// How the customer responded in the past; nil where nobody has asked yet.
    var responded: ResponseHistory.Counts?
    var decisions: [Decision] = []

    init(id: Int64) {
        self.id = id
    }
}

/// A stage before the entry into a campaign, by its place.
struct FunnelMark: Hashable {
    var campaign: Int
    var stage: RunFunnelStage.Kind
}

/// A journey that is under way.
final class JourneyRun {
    let record: CustomerRecord
    /// The place of the campaign.
    let campaign: Int
    let journey: Journey
    /// How many journeys of the person began before.
    var number = 0
    /// What it waits for; nil while it waits for a time, or for its message.
    var waiting: EventKind?
    /// Counts how often it went on, so that what it no longer waits for is told from what it waits for.
    var turn = 0
    var hasBegun = false
    var isOver = false
    /// Whether it ended for its goal was met.
    var isGoalMet = false
    /// Whether its goal is measured when the run is over, and whether as that of one who was held out.
    var isMeasured = false
    var isHeldOut = false
    /// The place of its last message.
    var lastMessage: Int?
    /// The line of its last step; nil before the first.
    var line: String?

    init(_ record: CustomerRecord, _ campaign: Int, _ journey: Journey) {
        self.record = record
        self.campaign = campaign
        self.journey = journey
        record.runs.append(self)
    }
}

/// A message that was sent in a simulation.
struct SentMessage {
    var campaign: String
    var step: String
    var channel: Channel
    var address: String
    var time: Int64
    /// Its number among the rows that rules see.
    var row: Int64 = 0
    /// The journey that asked for it.
    let run: JourneyRun
    /// What happened to it.
    var events: [JourneyEvent] = []
}

/// A message on its way through the gates.
struct HeldMessage {
    var request: SendRequest
    /// When the journey asked for it.
    var asked: Int64
    /// Why it was held, the last time.
    var reason: Reason?
    /// The customer's best hour, which is chosen once, so that no message goes from one to the next.
    var hour: Int?
    /// The campaigns that used up the cap, the last time it held it.
    var displacedBy: [String] = []
}

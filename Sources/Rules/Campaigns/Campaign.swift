public import Calendars
public import Catalog
public import Diagnostics
internal import LuaRuntime

/// Audience, trigger, journey and policy under one name; a `follow_up` is one too.
public struct Campaign {
    /// Whether messages need consent and may be held out.
    public enum Kind: String, Sendable, CaseIterable {
        /// Every gate of the policy applies.
        case marketing
        /// An order confirmation, a password: consent, holdout, windows and caps do not apply.
        case transactional
    }

    /// A way that a campaign is told in, drawn for each person.
    public struct Variant: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// How often it is drawn, against the weights of the others; above 0.
        public let weight: Double
    }

    /// What becomes of a message that the frequency cap does not allow.
    public enum OverCap: String, Sendable, CaseIterable {
        /// It is not sent.
        case skip
        /// It waits until the cap allows it, no longer than ``Campaign/maxAge``.
        case `defer`
        /// It takes the next channel that lets it pass at once, and is not sent where none does.
        case `switch`
    }

    /// The name.
    public let name: String
    /// One sentence; empty where the script gives none.
    public let description: String
    /// Where it is defined.
    public let location: SourceLocation
    /// Whether it is a `follow_up`: one step, for each event.
    public let isFollowUp: Bool
    /// Who gets it; nil for every customer whom the trigger names.
    public let audience: SegmentExpression?
    /// When customers enter.
    public let trigger: Trigger
    /// What the messages are for.
    public let kind: Kind
    /// Of campaigns that want the same place under a cap, the one with the highest goes first.
    public let priority: Int64
    /// The share of people, 0 to 1, who are kept without messages to compare with.
    public let holdout: Double
    /// The ways it is told in; empty for one alone.
    public let variants: [Variant]
    /// After how many seconds the same person may enter again; nil for never.
    public let reentry: Int64?
    /// The channels it may use, in the order of preference; nil for all.
    public let channels: [Channel]?
    /// When its messages may go out; nil for always.
    public let sendWindow: TimeWindow?
    /// Whether a message waits for the hour in which the customer opens most, unless `send` says otherwise.
    public let bestHour: Bool
    /// What becomes of a message over the cap.
    public let overCap: OverCap
    /// How many seconds a message may wait for a window or the cap.
    public let maxAge: Int64
    /// How many customers may enter in a run; nil for any number.
    public let limit: Int64?
    /// What its messages may cost in a run, in major units of the currency; nil for any amount.
    public let budget: Double?
    let content: LuaFunction?
    let journey: LuaFunction
    let goal: LuaFunction?
    let exitWhen: LuaFunction?
    /// Of a follow-up: whether the event is meant, and after how many seconds, unless something happened.
    let filter: LuaFunction?
    let unless: LuaFunction?
    /// Of a follow-up: seconds between the event and the action.
    public let delay: Int64

    /// Whether a goal is defined.
    public var hasGoal: Bool { goal != nil }
    /// Whether a follow-up says which events it means.
    public var hasFilter: Bool { filter != nil }
    /// Whether an exit rule is defined.
    public var hasExitRule: Bool { exitWhen != nil }
}

/// When customers enter a campaign.
public enum Trigger {
    /// Once, when the campaign is started.
    case start
    /// Once, at an instant.
    case at(Int64)
    /// Again and again.
    case every(Schedule)
    /// Each time that something happens to the customer.
    case event(EventKind)
    /// Each year, before the day of a date field, on the customer's clock.
    case before(Field, Anniversary)
    /// Each time before a festival of a plugin's calendar, on the workspace's clock.
    case festival(Festival, Anniversary)
    /// When the customer begins to belong to a segment.
    case enters(SegmentExpression)
    /// When the customer no longer belongs to a segment.
    case leaves(SegmentExpression)
}

/// What can happen to a customer.
public struct EventKind: Sendable, Hashable {
    /// What it is called in scripts: `registered`, `order`, `click`, `cart`.
    public let name: String
    /// What it must be about: the tag; nil for any.
    public let subject: String?

    /// An event by its name.
    public init(_ name: String, _ subject: String? = nil) {
        self.name = name
        self.subject = subject
    }

    /// What happens to messages.
    public static let ofMessages = ["delivered", "open", "click", "bounce", "complaint", "unsubscribe"]

    /// What journeys can wait for and follow-ups can follow, beside the types of events that a workspace has of its own.
    public static let usual =
        ofMessages + ["order", "feedback", "registered", "tag", "cart", "page_view", "login", "download"]
}

/// Something that happened to a customer, as journeys see it.
public struct JourneyEvent: Sendable, Hashable {
    /// What it is called: `click`, `order`, `cart`.
    public var name: String
    /// When it happened, Unix seconds.
    public var time: Int64
    /// What is known of it, by name: `campaign` and `channel` of a message, `amount` of an order, `score` of an answer.
    public var details: [Detail]

    /// A value of an event.
    public struct Detail: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its value as it is stored.
        public let value: Value
        /// Its type.
        public let type: ValueType

        /// A detail from its parts.
        public init(_ name: String, _ value: Value, _ type: ValueType = .text) {
            self.name = name
            self.value = value
            self.type = type
        }
    }

    /// An event from its parts.
    public init(_ name: String, at time: Int64, details: [Detail] = []) {
        self.name = name
        self.time = time
        self.details = details
    }
}

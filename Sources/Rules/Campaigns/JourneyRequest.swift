public import Catalog
public import Diagnostics
internal import LuaRuntime

/// One `send` of a journey, as the script asked for it.
public struct SendRequest: Sendable, Hashable {
    /// The template's name.
    public let template: String
    /// The channel asked for; nil for the one by which the customer is best reached.
    public let channel: Channel?
    /// Whether it waits for the customer's best hour; nil for what the campaign says.
    public let bestHour: Bool?
    /// The line that asked.
    public let location: SourceLocation
}

/// What a journey asks the host for. It waits until the host answers.
public enum JourneyRequest: Sendable, Hashable {
    /// A message; the answer is whether it was sent.
    case send(SendRequest)
    /// To go on at an instant.
    case wait(until: Int64)
    /// To go on when something happens, or at an instant; the answer is the event, if there was one.
    case waitFor(EventKind, until: Int64?)
    /// To give the customer a tag.
    case tag(String)
    /// To take a tag away.
    case untag(String)
    /// To give a field another value.
    case set(Field, Value)
    /// Work for a colleague.
    case task(WorkItem)
    /// A complaint or a question for the service.
    case ticket(WorkItem)
    /// Loyalty points, which may be negative.
    case award(points: Int64, reason: String?)
    /// No marketing messages to the customer until an instant.
    case pause(until: Int64)
    /// To end the journey.
    case exit(reason: String?)
    /// A sentence for whoever reads the story.
    case note(String)

    /// The word in scripts that asks for it.
    public var word: String {
        switch self {
        case .send: "send"
        case .wait: "wait"
        case .waitFor: "wait_for"
        case .tag: "tag"
        case .untag: "untag"
        case .set: "set"
        case .task: "task"
        case .ticket: "ticket"
        case .award: "award"
        case .pause: "pause"
        case .exit: "exit"
        case .note: "note"
        }
    }
}

/// A task or a ticket.
public struct WorkItem: Sendable, Hashable {
    /// What is to be done.
    public let title: String
    /// Who does it; nil where nobody is named.
    public let owner: String?
    /// When it is due, Unix seconds; nil where the script does not say.
    public let due: Int64?
}

/// A request and the line that asked.
public struct JourneyStep: Sendable, Hashable {
    /// What is asked for.
    public let request: JourneyRequest
    /// The line that asked.
    public let location: SourceLocation
}

/// A step on its way from the journey to the host; no script ever holds it.
final class StepObject: LuaObject {
    let step: JourneyStep

    init(_ step: JourneyStep, kind: LuaObjectKind) {
        self.step = step
        super.init(kind: kind)
    }
}

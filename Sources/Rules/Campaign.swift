public import Catalog
public import Diagnostics
internal import LuaRuntime

/// Audience, content, journey and policy under one name.
public struct Campaign {
    /// Whether messages need consent and may be held out.
    public enum Kind: String, Sendable, CaseIterable {
        /// Needs consent; holdout and duplicate checks apply.
        case marketing
        /// An order confirmation, a password: consent and holdout do not apply.
        case transactional
    }

    /// The name.
    public let name: String
    /// One sentence; empty where the script gives none.
    public let description: String
    /// Where it is defined.
    public let location: SourceLocation
    /// Who gets it.
    public let audience: SegmentExpression
    /// What the messages are for.
    public let kind: Kind
    /// The share of people, 0 to 1, who are kept without messages to compare with.
    public let holdout: Double
    /// After how many seconds the same person may get it again; nil for never.
    public let reentry: Int64?
    /// The channels it may use, in the order of preference; nil for all.
    public let channels: [Channel]?
    let content: LuaFunction?
    let journey: LuaFunction
    let goal: LuaFunction?
    let exitWhen: LuaFunction?
}

/// One `send` of a journey, as the script asked for it.
public struct SendRequest {
    /// The template's name.
    public let template: String
    /// The channel asked for; nil for the customer's preferred one.
    public let channel: Channel?
    /// The line that asked.
    public let location: SourceLocation
}

/// A request on its way from the journey to the host; no script ever holds it.
final class RequestObject: LuaObject {
    let request: SendRequest

    init(_ request: SendRequest, kind: LuaObjectKind) {
        self.request = request
        super.init(kind: kind)
    }
}

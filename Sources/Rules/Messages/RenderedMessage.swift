public import Catalog
public import Diagnostics
internal import LuaRuntime
public import Messages

/// What became of a message that was to be written.
public enum Rendering {
    /// It was written.
    case written(RenderedMessage)
    /// It is not sent, for this reason: there is none in the customer's language, a value is missing, its template aborted
    /// it, or it is too long. The branches are those that ran until then (``RenderedMessage/branches``).
    case heldBack(Reason, detail: String, branches: MessageBranches? = nil)
}

/// A message as one customer would get it.
public struct RenderedMessage: Sendable {
    /// The subject line; nil where the template has none.
    public let subject: String?
    /// The line that mail programs show behind the subject; nil where the template has none.
    public let preheader: String?
    /// The sender's name; nil where the template has none or prints nothing for it.
    public let fromName: String?
    /// The address that answers go to; nil where the template has none or prints nothing for it.
    public let replyTo: String?
    /// The HTML body; nil where the message is text alone.
    public internal(set) var html: String?
    /// The text that the template has; nil where the HTML says it.
    var writtenText: String?
    /// How long a text message is by the rules of the program; nil on other channels, and where a plugin counts.
    public internal(set) var length: SMSLength?
    /// In how many parts it goes out; nil where nothing counts them.
    public internal(set) var parts: Int?
    /// Outputs that were missing and had no default.
    public internal(set) var missing: [MissingValue]
    /// What else its author should know, such as a translation that is not there.
    public internal(set) var problems: [MessageProblem]
    /// The branches of its templates that ran; nil unless they were asked for (``MessageOptions/notesBranches``).
    public internal(set) var branches: MessageBranches?

    /// The text body: the template's own, else that of the HTML (``Messages/plainText(ofHTML:)``). Cost: linear in the
    /// HTML, each time, where it is made from it.
    public var text: String { writtenText ?? html.map(plainText) ?? "" }

    /// Whose message it is; nil where it is written with given values.
    var identity: MessageIdentity?
    var links = MessageLinks()

    /// What is sent, as texts to compare two messages by.
    public var fingerprint: [String] {
        [subject, preheader, fromName, replyTo, html, writtenText].map { $0 ?? "" }
    }
}

/// Which branches of its templates made a message.
public struct MessageBranches: Sendable {
    /// Those that ran.
    public let run: Set<MessageBranch>
    /// The others of the same files.
    public let others: Set<MessageBranch>
}

/// One way that a message can go.
public struct MessageBranch: Sendable, Hashable, Comparable {
    /// Where its tag stands.
    public let location: SourceLocation
    /// The tag, without its braces, in one line: `if customer.tier == "gold"`.
    public let tag: String
    /// Whether nothing of the tag's block runs.
    public let isSkipped: Bool

    /// By their places.
    public static func < (a: MessageBranch, b: MessageBranch) -> Bool {
        (a.location.file, a.location.line, a.location.column ?? 0, a.isSkipped ? 1 : 0)
            < (b.location.file, b.location.line, b.location.column ?? 0, b.isSkipped ? 1 : 0)
    }
}

/// An output of a template that was empty for a customer.
public struct MissingValue: Sendable {
    /// As written: `customer.name`.
    public let path: String
    /// Where.
    public let location: SourceLocation
}

/// The values that a campaign's `content` gave for the customer whose turn it is.
public struct MessageContent {
    let values: LuaReference?

    /// No values.
    public static var none: MessageContent { MessageContent(values: nil) }
}

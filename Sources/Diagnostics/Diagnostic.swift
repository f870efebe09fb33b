/// One thing to tell the person: what is wrong, where, and what to do next.
///
/// Errors of the modules hold facts; each module turns its errors into diagnostics in one file by
/// conforming them to ``Diagnosable``. Only the outermost layer prints.
public struct Diagnostic: Error, Sendable, Hashable {
    /// How much it matters: an error stops the command, a warning does not.
    public enum Severity: String, Sendable, Codable {
        /// The command could not do what was asked.
        case error
        /// The command went on; the person should know.
        case warning
        /// Nothing is wrong; the person may want to know.
        case note
    }

    /// How much it matters.
    public var severity: Severity
    /// One sentence without a full stop that names the thing, what was expected and what came.
    public var message: String
    /// Where it is; nil for things that are not in a text.
    public var location: SourceLocation?
    /// The word at the location that is wrong; the caret is drawn under it.
    public var token: String?
    /// The next step, as a sentence.
    public var hint: String?
    /// Further lines below the caret, such as a Lua traceback in the words of the rules.
    public var notes: [String]

    /// An error unless said otherwise.
    public init(
        _ message: String, severity: Severity = .error, at location: SourceLocation? = nil,
        token: String? = nil,
        hint: String? = nil, notes: [String] = []
    ) {
        self.severity = severity
        self.message = message
        self.location = location
        self.token = token
        self.hint = hint
        self.notes = notes
    }
}

/// An error that knows how to tell itself to the person.
public protocol Diagnosable: Error {
    /// What to tell.
    var diagnostic: Diagnostic { get }
}

extension Diagnostic: Diagnosable {
    /// Itself.
    public var diagnostic: Diagnostic { self }
}

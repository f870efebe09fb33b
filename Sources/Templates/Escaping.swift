/// What becomes of the text that outputs print.
public enum Escaping: Sendable {
    /// `& < > " '` become entities, unless the value went through `escape`, `escape_once`, `newline_to_br`
    /// (which then escapes before it adds its tags) or `raw`, or is the text of a `capture`.
    case html
    /// Printed as it is: for subjects, SMS and chat.
    case none

    /// The word by which a chunk asks for partials.
    var form: String {
        switch self {
        case .html: "html"
        case .none: "text"
        }
    }

    init?(form: String) {
        switch form {
        case "html": self = .html
        case "text": self = .none
        default: return nil
        }
    }
}

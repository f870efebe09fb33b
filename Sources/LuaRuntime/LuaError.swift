public import Diagnostics

/// An error that Lua reported: a syntax error, a runtime error, or one that a host function raised.
public struct LuaError: Error {
    /// The message without the place.
    public let message: String
    /// The line of the script, where Lua knew it.
    public let location: SourceLocation?
    /// The next step, where the host knew one.
    public var hint: String?

    init(text: String, sources: [String: String]) {
        // Lua writes "source:line: message", the source cut to 59 bytes.
        if let match = text.prefixMatch(of: #/(?s)(.+?):([0-9]+): (.*)/#), let line = Int(match.2),
            let file = sources[String(match.1)]
        {
            location = SourceLocation(file: file, line: line)
            message = String(match.3)
        } else {
            location = nil
            message = text
        }
    }

    /// An error of the host itself, at a known place or none.
    public init(_ message: String, at location: SourceLocation? = nil, hint: String? = nil) {
        self.message = message
        self.location = location
        self.hint = hint
    }
}

extension LuaError: Diagnosable {
    /// The error in words: Lua's messages as they are, with a hint where rules meet them most.
    public var diagnostic: Diagnostic {
        Diagnostic(message, at: location, token: token, hint: hint ?? knownHint)
    }

    /// The quoted name in the message, which Lua and the host words put there: "field 'name'". In a syntax
    /// error that is the word it stopped at: "'then' expected near 'the'".
    private var token: String? {
        let match = message.firstMatch(of: #/near '([^']+)'/#) ?? message.firstMatch(of: #/'([^']+)'/#)
        guard let match, match.1 != "<eof>" else { return nil }
        return String(match.1)
    }

    private var knownHint: String? {
        if message.hasPrefix("attempt to concatenate a nil value") {
            return "the value is missing for this customer: write (value or \"…\"), or test it first"
        }
        if message.hasPrefix("attempt to compare") {
            return "the two sides are of different types: compare a number with a number, a text with a text"
        }
        return nil
    }
}

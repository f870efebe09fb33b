internal import Basics
public import Diagnostics

/// Why a call was ended by force.
public enum LuaStop: Hashable, Sendable {
    /// The call would have held more bytes than its kind may.
    case memory(Int, LuaBudgets.Kind)
    /// All scripts together would have held more bytes than they may.
    case totalMemory(Int)
    /// A table would have had more keys, beside those of its sequence, than Lua can handle in time.
    case hugeTable
    /// It took longer than its kind may.
    case time(seconds: Double, LuaBudgets.Kind)
    /// It took more steps than its kind may.
    case steps(Int, LuaBudgets.Kind)
    /// Someone asked to stop.
    case interrupted
}

/// One of the functions of scripts that had called each other when an error was raised.
public struct LuaFrame: Sendable {
    /// The line it was at.
    public let location: SourceLocation
    /// What it is called: "segment 'dormant'", "function 'big'"; nil for a whole script.
    public let function: String?
}

/// An error that Lua reported: a syntax error, a runtime error, or one that a host function raised.
public struct LuaError: Error {
    /// The message without the place.
    public let message: String
    /// The line of the script, where Lua knew it.
    public let location: SourceLocation?
    /// The next step, where the host knew one.
    public var hint: String?

    /// Why the call was ended by force, where it was; the state then runs nothing more.
    public var stop: LuaStop?
    /// The functions of scripts that had called each other, innermost first.
    public var trace: [LuaFrame] = []

    init(text: String, sources: [String: String], trace: [LuaFrame]) {
        self.trace = trace
        // Lua writes "source:line: message", the source cut to 59 bytes.
        let text = Self.cut(text)
        guard let match = text.prefixMatch(of: #/(?s)(.+?):([0-9]+): (.*)/#), let line = Int(match.2) else {
            // An error raised by a function in C names no line.
            location = trace.first?.location
            message = text
            return
        }
        if let file = sources[String(match.1)] {
            location = SourceLocation(file: file, line: line)
            message = String(match.3)
        } else {
            // A line of the host's own Lua says nothing to a person.
            let isInternal = match.1.hasPrefix("(") && match.1.hasSuffix(")")
            location = trace.first?.location
            message = isInternal ? String(match.3) : text
        }
    }

    /// A script may raise megabytes, which would go into every report.
    private static func cut(_ text: String) -> String {
        let limit = 2000
        guard text.utf8.count > limit else { return text }
        return String(decoding: text.utf8.prefix(limit), as: UTF8.self) + "…"
    }

    /// The error of a call that was ended by force.
    /// - Parameter manifest: the file whose limits they are, where not the workspace's.
    init(_ stop: LuaStop, trace: [LuaFrame], limitsOf manifest: String? = nil) {
        self.init(stop.message, at: trace.first?.location, hint: stop.hint(manifest))
        self.stop = stop
        self.trace = trace
    }

    /// An error of the host itself, at a known place or none.
    public init(_ message: String, at location: SourceLocation? = nil, hint: String? = nil) {
        self.message = message
        self.location = location
        self.hint = hint
    }
}

/// 0.5 as "0.5", 2.0 as "2".
private func shortest(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(number)
}

extension LuaStop {
    fileprivate var message: String {
        switch self {
        case .memory(let bytes, let kind):
            "not enough memory: \(kind.described) may hold \(bytes >> 20) MB\(kind.extent)"
        case .totalMemory(let bytes): "not enough memory: scripts may hold \(bytes >> 20) MB at a time"
        case .hugeTable: "a table with more than 32,768 keys beside 1, 2, 3, …"
        case .time(let seconds, let kind):
            "too slow: \(kind.described) may take \(shortest(seconds)) s of computing\(kind.extent)"
        case .steps(let steps, let kind):
            "too long: \(kind.described) may take \(grouped(steps)) steps\(kind.extent)"
        case .interrupted: "interrupted"
        }
    }

    fileprivate func hint(_ manifest: String?) -> String? {
        let name: String
        var owner: LuaBudgets.Kind?
        switch self {
        case .memory(_, let kind): (name, owner) = ("memory_mb", kind)
        case .totalMemory: name = "memory_mb"
        case .time(_, let kind): (name, owner) = ("seconds", kind)
        case .steps(_, let kind): (name, owner) = ("steps", kind)
        case .interrupted: return nil
        case .hugeTable: return "keep data in the customer database, or in a list"
        }
        let place =
            manifest.map { "limits.\(name) in \($0)" }
            ?? "budgets.\(owner.map { $0.rawValue + "." } ?? "")\(name) in workspace.lua"
        return "look for a loop without end, or raise \(place)"
    }
}

extension LuaError: Diagnosable {
    /// The error in words: Lua's messages as they are, with a hint where rules meet them most.
    public var diagnostic: Diagnostic {
        Diagnostic(message, at: location, token: token, hint: hint ?? knownHint, notes: callers)
    }

    /// How the script came to where the error was raised, one line a function.
    private var callers: [String] {
        trace.dropFirst().map { frame in
            "called at \(frame.location)" + (frame.function.map { ", in \($0)" } ?? "")
        }
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

/// A value that a statement gets when it runs, apart from its text.
public enum SQLArgument: Hashable, Sendable {
    /// A value that is always the same.
    case value(Value)
    /// The instant that the question is about, Unix seconds.
    case now
    /// A value that depends on time: a place in the table of what is computed before the statement runs.
    case computed(Int)
}

/// A piece of SQL with its arguments in their places.
///
/// It is written as a text: `"\(field) = \(argument: .now)"`. What stands in the text itself is SQL of the program; a
/// value that a person wrote is always an argument.
public struct SQLFragment: Hashable, Sendable {
    /// SQL text and arguments, in turn.
    public enum Piece: Hashable, Sendable {
        /// SQL.
        case text(String)
        /// A value.
        case argument(SQLArgument)
    }

    /// What it is made of.
    public private(set) var pieces: [Piece]

    /// SQL without arguments.
    public init(_ text: String) {
        pieces = [.text(text)]
    }

    /// A value.
    public init(_ argument: SQLArgument) {
        pieces = [.argument(argument)]
    }

    fileprivate init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// How long it is, about, in bytes.
    public var length: Int {
        pieces.reduce(0) { sum, piece in
            switch piece {
            case .text(let text): sum + text.utf8.count
            case .argument: sum + 4
            }
        }
    }

    /// The text with every argument as `write` writes it.
    public func text(_ write: (SQLArgument) -> String) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .argument(let argument): text += write(argument)
            }
        }
        return text
    }

    /// The text with every argument written out, as of an instant and with the values that are computed. No text of a person
    /// can be taken for SQL in it.
    public func writtenOut(now: Int64, computed: [Value]) -> String {
        text { argument in
            switch argument {
            case .now: "\(now)"
            case .value(let value): value.literal
            case .computed(let place): computed[place].literal
            }
        }
    }

    /// Whether its value is the same whatever the time.
    public var isTimeless: Bool {
        pieces.allSatisfy { piece in
            switch piece {
            case .text, .argument(.value): true
            case .argument(.now), .argument(.computed): false
            }
        }
    }

    /// The fragment in the place of every argument `from` has `to`.
    public func replacing(_ from: String, with to: SQLFragment) -> SQLFragment {
        var result: [Piece] = []
        for piece in pieces {
            guard case .text(let text) = piece else {
                result.append(piece)
                continue
            }
            for (index, part) in text.split(separator: from, omittingEmptySubsequences: false).enumerated() {
                if index > 0 { result += to.pieces }
                result.append(.text(String(part)))
            }
        }
        return SQLFragment(pieces: result)
    }
}

extension SQLFragment: ExpressibleByStringInterpolation {
    /// Collects the pieces of a fragment.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        /// An empty fragment.
        public init(literalCapacity: Int, interpolationCount: Int) {}

        /// SQL of the program.
        public mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { pieces.append(.text(text)) }
        }

        /// Another fragment.
        public mutating func appendInterpolation(_ fragment: SQLFragment) {
            pieces += fragment.pieces
        }

        /// SQL of the program.
        public mutating func appendInterpolation(raw text: String) {
            appendLiteral(text)
        }

        /// A value.
        public mutating func appendInterpolation(argument: SQLArgument) {
            pieces.append(.argument(argument))
        }
    }

    /// SQL of the program.
    public init(stringLiteral text: String) {
        self.init(text)
    }

    /// A fragment from its pieces.
    public init(stringInterpolation: StringInterpolation) {
        self.init(pieces: stringInterpolation.pieces)
    }
}

extension Sequence<SQLFragment> {
    /// The fragments with SQL between them.
    public func joined(separator: String) -> SQLFragment {
        var pieces: [SQLFragment.Piece] = []
        for (index, fragment) in enumerated() {
            if index > 0 { pieces.append(.text(separator)) }
            pieces += fragment.pieces
        }
        return SQLFragment(pieces: pieces)
    }
}

/// Numbers the arguments of a statement: `?3` for the first that is not among the `reserved`, and one number for each
/// argument however often it stands there.
public struct SQLNumbering: Sendable {
    /// The arguments in the order of their numbers.
    public private(set) var arguments: [SQLArgument] = []
    private let reserved: Int
    private var numbers: [SQLArgument: Int] = [:]

    /// Begins after so many numbers that the statement uses for itself.
    public init(reserved: Int = 0) {
        self.reserved = reserved
    }

    /// The fragment as SQL.
    public mutating func text(_ fragment: SQLFragment) -> String {
        fragment.text { argument in
            if let number = numbers[argument] { return "?\(number)" }
            arguments.append(argument)
            let number = reserved + arguments.count
            numbers[argument] = number
            return "?\(number)"
        }
    }
}

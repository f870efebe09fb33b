import Diagnostics

/// Reads the markup of one tag or output.
struct ExpressionParser {
    let text: TemplateText
    /// Filters beside those of Liquid.
    let addedFilters: Set<String>
    private let lexemes: [Lexeme]
    private var index = 0
    private var depth = 0

    /// Brackets in each other beyond this are refused: Lua's parser has a limit of its own.
    private static let depthLimit = 30
    /// A Lua call carries at most about 250 values, less what its function keeps.
    static let valueLimit = 100
    /// Conditions, filters or names in a row. Lua's compiler takes time by the square of the number of conditions, 0.7 s
    /// for 20,000, and cannot be interrupted.
    static let partLimit = 1000

    init(text: TemplateText, range: Range<Int>, addedFilters: Set<String>) throws(TemplateError) {
        self.text = text
        self.addedFilters = addedFilters
        lexemes = try ExpressionLexer.lexemes(of: text, in: range)
    }

    var isAtEnd: Bool { current.kind == .end }

    var current: Lexeme { lexemes[index] }

    /// The next word if it is this symbol, which is then read.
    mutating func accept(symbol: String) -> Bool {
        guard current.kind == .symbol, current.text == symbol else { return false }
        index += 1
        return true
    }

    /// The next word if it is this name, which is then read.
    mutating func accept(name: String) -> Bool {
        guard current.kind == .name, current.text == name else { return false }
        index += 1
        return true
    }

    mutating func expect(symbol: String) throws(TemplateError) {
        guard accept(symbol: symbol) else { throw unexpected("'\(symbol)'") }
    }

    mutating func name(_ expected: String) throws(TemplateError) -> String {
        guard current.kind == .name else { throw unexpected(expected) }
        return take().text
    }

    func expectEnd(_ expected: String) throws(TemplateError) {
        guard isAtEnd else { throw unexpected(expected) }
    }

    /// The error that the current word is not what was expected.
    func unexpected(_ expected: String) -> TemplateError {
        let found = isAtEnd ? "the end" : "'\(text.string(current.range))'"
        return TemplateError(
            kind: .unexpected(found: found, expected: expected),
            location: text.location(at: current.range.lowerBound), token: text.string(current.range))
    }

    /// The source text between two words of the markup.
    func source(from start: Int, to end: Int) -> String {
        text.string(text.trimmed(lexemes[start].range.lowerBound..<lexemes[end - 1].range.upperBound))
    }

    /// Where the parser is, for ``source(from:to:)``.
    var mark: Int { index }

    mutating func take() -> Lexeme {
        let lexeme = lexemes[index]
        if index + 1 < lexemes.count { index += 1 }
        return lexeme
    }

    /// A value. `blank` and `empty` are themselves in conditions and empty text elsewhere.
    mutating func expression(inCondition: Bool = false) throws(TemplateError) -> LiquidExpression {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.depthLimit {
            throw TemplateError(
                kind: .tooDeep(limit: Self.depthLimit), location: text.location(at: current.range.lowerBound),
                token: current.text)
        }
        switch current.kind {
        case .string: return .string(take().text)
        case .number: return try number()
        case .name: return try nameOrLookup(inCondition: inCondition)
        case .symbol where current.text == "[": return .lookup(try lookup())
        case .symbol where current.text == "(": return try range()
        default: throw unexpected("a value")
        }
    }

    private mutating func number() throws(TemplateError) -> LiquidExpression {
        let lexeme = take()
        if !lexeme.text.contains("."), Int64(lexeme.text) == nil {
            throw TemplateError(
                kind: .numberTooLarge(lexeme.text), location: text.location(at: lexeme.range.lowerBound),
                token: lexeme.text)
        }
        return .number(lexeme.text)
    }

    private mutating func range() throws(TemplateError) -> LiquidExpression {
        try expect(symbol: "(")
        let first = try expression()
        try expect(symbol: "..")
        let last = try expression()
        try expect(symbol: ")")
        return .range(first, last)
    }

    private mutating func nameOrLookup(inCondition: Bool) throws(TemplateError) -> LiquidExpression {
        let word = current.text
        let next = lexemes[min(index + 1, lexemes.count - 1)]
        let hasSteps = next.kind == .symbol && (next.text == "." || next.text == "[")
        if !hasSteps, let literal = Self.literal(word, inCondition: inCondition) {
            index += 1
            return literal
        }
        return .lookup(try lookup())
    }

    private static func literal(_ word: String, inCondition: Bool) -> LiquidExpression? {
        switch word {
        case "nil", "null": .null
        case "true": .boolean(true)
        case "false": .boolean(false)
        case "blank": inCondition ? .blank : .string("")
        case "empty": inCondition ? .empty : .string("")
        default: nil
        }
    }

    private mutating func lookup() throws(TemplateError) -> LiquidLookup {
        let start = index
        let location = text.location(at: current.range.lowerBound)
        let root: LiquidLookup.Root
        if accept(symbol: "[") {
            root = try bracketed().map(name: LiquidLookup.Root.name, value: LiquidLookup.Root.dynamic)
        } else {
            root = .name(take().text)
        }
        var steps: [LiquidLookup.Step] = []
        while true {
            try checkCount(steps.count)
            if accept(symbol: ".") {
                // A dot makes even an operator's word a name.
                guard current.kind == .name || current.text == "contains" else { throw unexpected("a name") }
                let name = take().text
                steps.append(["size", "first", "last"].contains(name) ? .command(name) : .name(name))
            } else if accept(symbol: "[") {
                steps.append(
                    try bracketed().map(name: LiquidLookup.Step.name, value: LiquidLookup.Step.index))
            } else {
                break
            }
        }
        return LiquidLookup(
            root: root, steps: steps, path: source(from: start, to: index), line: location.line,
            column: location.column ?? 1)
    }

    private mutating func bracketed() throws(TemplateError) -> Bracketed {
        let value = try expression()
        try expect(symbol: "]")
        if case .string(let name) = value { return .name(name) }
        return .value(value)
    }

    /// What stands in brackets: a text literal is as good as a name.
    private enum Bracketed {
        case name(String)
        case value(LiquidExpression)

        func map<T>(name: (String) -> T, value: (LiquidExpression) -> T) -> T {
            switch self {
            case .name(let text): name(text)
            case .value(let expression): value(expression)
            }
        }
    }
}

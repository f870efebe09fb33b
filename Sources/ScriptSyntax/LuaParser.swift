/// Reads the lexemes of a script into a tree, as Lua 5.4 reads them, and finds out what each name stands for.
///
/// What Lua refuses becomes an error; the parser then goes on behind it (``LuaParser/resynchronise(from:)``).
struct LuaParser {
    /// How many errors are kept; a script with more is no Lua.
    static let errorLimit = 20
    /// LUAI_MAXCCALLS.
    static let levelLimit = 200
    /// How tall a tree may grow by chains that Lua follows in a loop, such as `a + a + a`: a walk recurses over them.
    static let heightLimit = 1000

    let source: SourceText
    let lexemes: [LuaLexeme]
    var position = 0
    var errors: [LuaSyntaxError]
    var scopes = LuaScopes()
    /// Open round, curly and square brackets.
    var brackets = 0
    /// The nesting as Lua counts it; 1 is the protected call that loads the script.
    var level = 1
    /// The height of the expression that was read last.
    var height = 0
    /// Whether something could not be read: what is missing later is most likely missing by that.
    var isBroken = false
    /// Whether an expression was taller than ``heightLimit``: what stood in it is dropped, so that nothing is too tall
    /// to be walked or freed.
    private(set) var isTooTall = false
    /// The line of the last `else if`, which is two words and begins a block more than `elseif`.
    var elseIfLine: Int?
    /// The block whose end stands further left than its beginning, when no error has been told since.
    var suspect: LuaSyntaxError.Suspect?

    /// Why a part of the grammar was left; the error is noted already.
    enum Stop: Error {
        /// The statement is no good; the next one may be.
        case statement
        /// There is no point in going on.
        case script
    }

    init(_ source: SourceText, lexer: LuaLexer) {
        self.source = source
        lexemes = lexer.lexemes
        errors = lexer.errors
        isBroken = !errors.isEmpty
    }

    /// The lexeme that comes next.
    var current: LuaLexeme { lexemes[position] }

    /// The one behind it.
    var following: LuaLexeme { lexemes[min(position + 1, lexemes.count - 1)] }

    /// Where the last lexeme that was taken ends.
    var lastEnd: Int { position > 0 ? lexemes[position - 1].range.end : 0 }

    /// From the beginning of a lexeme to here.
    func range(from start: LuaLexeme) -> SourceRange { range(from: start.range) }

    /// From the beginning of a stretch to here.
    func range(from start: SourceRange) -> SourceRange {
        SourceRange(start.start, max(lastEnd, start.start))
    }

    /// Whether a word comes next.
    func isNext(_ word: LuaWord) -> Bool { current.kind == .word(word) }

    /// Goes behind the next lexeme; the end stays.
    mutating func advance() {
        if position + 1 < lexemes.count { position += 1 }
    }

    /// Takes a word where it comes next.
    mutating func take(_ word: LuaWord) -> Bool {
        guard isNext(word) else { return false }
        advance()
        return true
    }

    /// Takes a word that must come next; `after` says behind what.
    mutating func expect(_ word: LuaWord, after: String) throws(Stop) {
        guard !take(word) else { return }
        throw fail(.expected(.word(word, after: after), got: current.kind))
    }

    /// Takes a name that must come next; `purpose` says of what.
    mutating func expectName(_ purpose: String) throws(Stop) -> LuaToken {
        guard case .name(let text) = current.kind else {
            throw fail(.expected(.name(purpose), got: current.kind))
        }
        let token = LuaToken(text, current.range)
        advance()
        return token
    }

    /// Counts a level of nesting, as Lua does before it recurses.
    mutating func enter() throws(Stop) {
        level += 1
        guard level < Self.levelLimit else { throw giveUp(.tooDeep) }
    }

    /// Counts a level back.
    mutating func leave() { level -= 1 }

    /// Notes an error at the next lexeme, or where it is said to be.
    mutating func fail(_ reason: LuaSyntaxError.Reason, at range: SourceRange? = nil) -> Stop {
        note(reason, at: range)
        isBroken = true
        return errors.count < Self.errorLimit ? .statement : .script
    }

    /// Notes an error behind which nothing can be read.
    mutating func giveUp(_ reason: LuaSyntaxError.Reason, at range: SourceRange? = nil) -> Stop {
        note(reason, at: range)
        isBroken = true
        return .script
    }

    /// Notes an error, unless its line has one: what follows on the line is most likely caused by it.
    mutating func note(_ reason: LuaSyntaxError.Reason, at range: SourceRange? = nil) {
        if case .unclosed(_, _, _, _, .end) = reason, isBroken { return }
        let range = range ?? current.range
        let line = source.line(of: range.start)
        guard !errors.contains(where: { source.line(of: $0.range.start) == line }) else { return }
        errors.append(LuaSyntaxError(reason: reason, range: range, suspect: suspect))
        suspect = nil
    }

    /// An expression whose children have a height of at most `below`.
    mutating func make(
        _ kind: LuaExpression.Kind, _ range: SourceRange, below: Int
    ) throws(Stop) -> LuaExpression {
        height = below + 1
        guard height <= Self.heightLimit else {
            isTooTall = true
            height = 2
            scopes.noteHeight(height)
            return LuaExpression(kind.hollow(range), range)
        }
        scopes.noteHeight(height)
        return LuaExpression(kind, range)
    }
}

extension LuaExpression.Kind {
    /// An expression of the same kind, as far as the grammar asks for it, with nothing in it.
    fileprivate func hollow(_ range: SourceRange) -> Self {
        let leaf = LuaExpression(.nil, range)
        return switch self {
        case .index: .index(leaf, key: leaf)
        case .call: .call(leaf, [])
        case .methodCall(_, let method, _): .methodCall(leaf, method: method, [])
        case .parenthesized: .parenthesized(leaf)
        default: .nil
        }
    }
}

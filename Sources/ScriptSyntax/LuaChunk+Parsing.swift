internal import Diagnostics

extension LuaChunk {
    /// Reads a script.
    ///
    /// It is accepted, with no ``errors``, where Lua 5.4.4 accepts it as the loader of scripts gives it to Lua: as text,
    /// in one protected call. The limits of Lua's code generator are left to the loader: registers ("function or
    /// expression needs too many registers"), constants, and the length of jumps; also the limits that a text of 64 KB,
    /// the most that the loader takes, cannot reach.
    ///
    /// Lua reads chains such as `a + a + a` in a loop, however long they are. A tree taller than 1,000 is judged, but not
    /// kept: see ``isTooTall``.
    ///
    /// Cost: linear in the length of the text, however wrong it is. At most 20 errors are told, one in a line.
    public init(parsing text: String, path: String) {
        let source = SourceText(text)
        let lexer = LuaLexer(source)
        var parser = LuaParser(source, lexer: lexer)
        let block = parser.script()
        self.init(
            path: path, source: source,
            block: parser.isTooTall ? LuaBlock(range: SourceRange(0, 0), statements: []) : block,
            variables: parser.isTooTall ? [] : parser.variables, comments: lexer.comments,
            errors: parser.errors.sorted { $0.range.start < $1.range.start }
                .prefix(LuaParser.errorLimit).map { $0.diagnostic(in: source, path: path) },
            isTooTall: parser.isTooTall)
    }
}

extension LuaParser {
    /// The whole text.
    mutating func script() -> LuaBlock {
        var statements: [LuaStatement] = []
        do throws(LuaParser.Stop) {
            while true {
                let block = try self.statements()
                statements += block.statements
                guard current.kind != .end else { break }
                if case .word(let word) = current.kind, !isBroken {
                    note(.unexpectedCloser(word))
                    isBroken = true
                }
                advance()
                guard errors.count < Self.errorLimit else { break }
            }
            noteOpenGotos()
        } catch {
            // What was read before is dropped: a script that ends early is no more than its errors.
        }
        let range = statements.first.flatMap { first in statements.last.map { first.range.through($0.range) }
        }
        return LuaBlock(range: range ?? SourceRange(0, 0), statements: statements)
    }
}

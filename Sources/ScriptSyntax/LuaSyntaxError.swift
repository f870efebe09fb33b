/// What is wrong with a script, and where.
struct LuaSyntaxError: Sendable {
    /// What is wrong.
    let reason: Reason
    /// Where.
    let range: SourceRange
    /// Where the block ends whose `end` may be another's; see ``Suspect``.
    var suspect: Suspect?

    /// What can be wrong.
    enum Reason: Sendable {
        // Characters and literals.
        case character(replacement: String?)
        case operatorOfOthers(LuaWord)
        case byteOrderMark
        case firstLine
        case unfinishedString
        case unfinishedLongBracket(isComment: Bool)
        case longBracketDelimiter
        case malformedNumber
        case escape(EscapeError)

        // What the grammar expects.
        case expected(Expectation, got: LuaLexeme.Kind, of: Opener? = nil)
        case unclosed(LuaWord, line: Int, closer: LuaWord, item: String? = nil, got: LuaLexeme.Kind)
        case elseIf(line: Int)
        case unexpectedCloser(LuaWord)
        case notAStatement(got: LuaLexeme.Kind)
        case cannotAssign(got: LuaLexeme.Kind)
        case afterReturn(got: LuaLexeme.Kind)

        // What a well-formed script must not do.
        case varargsOutside
        case breakOutside
        case noLabel(String)
        case labelTwice(String, line: Int)
        case jumpIntoScope(label: String, variable: String)
        case assignmentToConstant(String, attribute: String)
        case unknownAttribute(String)
        case closeTwice

        // Limits.
        case tooDeep
        case tooMany(String, limit: Int, functionLine: Int)
    }

    /// The word that begins what an error is in.
    struct Opener: Sendable {
        let kind: LuaLexeme.Kind
        let line: Int

        init(_ lexeme: LuaLexeme) {
            kind = lexeme.kind
            line = lexeme.line
        }
    }

    /// What is wrong with an escape of a string.
    enum EscapeError: Sendable {
        case unknown
        case hexadecimal
        case decimal
        case unicodeBrace
        case unicodeDigits
        case unicodeTooLarge
    }

    /// What could have stood at a place.
    enum Expectation: Sendable {
        /// A word after something, such as "the condition of 'if'".
        case word(LuaWord, after: String)
        /// A name for something, such as "the variable of 'for'".
        case name(String)
        /// A value, after a word where it is known.
        case expression(after: LuaWord?)
        /// The arguments of a method call.
        case arguments(method: String)
        /// `=` or `in` after the first name of a `for`.
        case loopKind
    }

    /// A block whose end stands further left than its beginning: it may be the end of the block around it.
    struct Suspect: Sendable {
        /// The word that opens the block.
        let opener: LuaWord
        /// Where it stands.
        let openerLine: Int
        /// Where the `end` stands that closes it.
        let closerLine: Int
    }
}

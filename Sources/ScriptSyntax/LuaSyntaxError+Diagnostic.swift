internal import Diagnostics

extension LuaSyntaxError {
    /// The error as the person reads it.
    func diagnostic(in source: SourceText, path: String) -> Diagnostic {
        let words = Prose(error: self, source: source)
        let (message, hint) = words.text(of: reason)
        let text = source[range]
        // The caret stays on the line where the error begins.
        let token = text.split(whereSeparator: \.isNewline).first.map(String.init)
        return Diagnostic(
            message, at: source.location(of: range.start, in: path),
            token: token.flatMap { $0.isEmpty ? nil : $0 },
            hint: words.suspicion ?? hint)
    }
}

extension SourceText {
    /// The text of a stretch in quotes, cut where it is long.
    func quoted(_ range: SourceRange) -> String {
        let text = self[SourceRange(range.start, min(range.end, range.start + 200))]
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let isWhole = line.count <= 40 && line.utf8.count == range.end - range.start
        return "'\(isWhole ? line : line.prefix(39) + "…")'"
    }
}

/// The sentences of syntax errors.
private struct Prose {
    let error: LuaSyntaxError
    let source: SourceText

    typealias Text = (message: String, hint: String?)

    /// What stands at the error.
    private var got: String { source.quoted(error.range) }

    /// The block that most likely lacks its end.
    var suspicion: String? {
        guard let suspect = error.suspect, case .expected = error.reason else {
            guard let suspect = error.suspect else { return nil }
            switch error.reason {
            case .unclosed, .unexpectedCloser, .notAStatement: return Self.text(of: suspect)
            default: return nil
            }
        }
        return Self.text(of: suspect)
    }

    private static func text(of suspect: LuaSyntaxError.Suspect) -> String {
        "does the '\(suspect.opener.rawValue)' in line \(suspect.openerLine) lack its 'end'? "
            + "the one in line \(suspect.closerLine) stands further left"
    }

    func text(of reason: LuaSyntaxError.Reason) -> Text {
        switch reason {
        case .character, .operatorOfOthers, .unfinishedString, .unfinishedLongBracket, .longBracketDelimiter,
            .malformedNumber, .escape:
            lexical(reason)
        case .varargsOutside, .breakOutside, .noLabel, .labelTwice, .jumpIntoScope, .assignmentToConstant,
            .unknownAttribute, .closeTwice:
            rule(reason)
        case .tooDeep, .tooTall, .tooMany: limit(reason)
        default: grammar(reason)
        }
    }

    private func lexical(_ reason: LuaSyntaxError.Reason) -> Text {
        switch reason {
        case .character(let replacement?):
            (
                "unexpected character \(got)",
                "this is not the '\(replacement)' of a keyboard; type '\(replacement)'"
            )
        case .character:
            (
                "unexpected \(source[error.range].count > 1 ? "characters" : "character") \(got)",
                "names have the letters a to z, digits and '_'; other text stands in quotes"
            )
        case .operatorOfOthers(let word): ("\(got) is no operator of Lua", "write '\(word.rawValue)'")
        case .unfinishedString:
            ("the text \(got) does not end in its line", "close it with the quote that opens it")
        case .unfinishedLongBracket(let isComment):
            (
                "the \(isComment ? "comment" : "text") that begins with \(got) does not end",
                "close it with '\(closer)'"
            )
        case .longBracketDelimiter:
            ("\(got) begins no text", "a long text begins with '\(got.dropFirst().dropLast())['")
        case .malformedNumber:
            ("\(got) is no number", "text stands in quotes; names do not begin with a digit")
        case .escape(let escape): self.escape(escape)
        default: grammar(reason)
        }
    }

    /// What closes the long bracket at the error.
    private var closer: String {
        String(source[error.range].drop { $0 == "-" }.map { $0 == "[" ? "]" : $0 })
    }

    private func escape(_ escape: LuaSyntaxError.EscapeError) -> Text {
        switch escape {
        case .unknown: ("unknown escape \(got) in a text", #"a backslash is written '\\'"#)
        case .hexadecimal: (#"'\x' takes two hexadecimal digits, got \#(got)"#, #"such as '\x41'"#)
        case .decimal: ("the escape \(got) is more than 255", #"write '\u{…}' for a character by its number"#)
        case .unicodeBrace, .unicodeDigits:
            (#"'\u' takes hexadecimal digits in curly brackets, got \#(got)"#, #"such as '\u{20AC}'"#)
        case .unicodeTooLarge: ("the escape \(got) is more than 7FFFFFFF", #"characters end at '\u{10FFFF}'"#)
        }
    }

    private func grammar(_ reason: LuaSyntaxError.Reason) -> Text {
        switch reason {
        case .expected(let expectation, let kind, let opener):
            expected(expectation, kind, opener)
        case .unclosed(let opener, let line, let closer, let kind):
            unclosed(opener, line, closer, kind)
        case .unexpectedCloser(let word):
            (
                "unexpected '\(word.rawValue)': no block is open here",
                "remove it, or look for an 'end' too many above it"
            )
        case .notAStatement(let kind):
            (
                "expected a statement, got \(describe(kind))",
                "a statement is a call, an assignment or begins with a word such as 'local', 'if' or 'return'"
            )
        case .cannotAssign:
            ("\(got) cannot be assigned to", "only variables and fields can; to compare write '=='")
        case .afterReturn(let kind):
            (
                "expected 'end' after 'return', got \(describe(kind))",
                "nothing can follow 'return' in its block"
            )
        default: ("unexpected \(got)", nil)
        }
    }

    private func expected(
        _ expectation: LuaSyntaxError.Expectation, _ kind: LuaLexeme.Kind, _ opener: LuaSyntaxError.Opener?
    ) -> Text {
        let got = "got \(describe(kind))"
        var hint = foreign(kind)
        if hint == nil, let opener, case .word(let word) = opener.kind,
            opener.line != source.line(of: error.range.start)
        {
            hint = "the '\(word.rawValue)' begins in line \(opener.line)"
        }
        switch expectation {
        case .word(.assign, let after) where after.hasPrefix("'"):
            let value = kind == .word(.equal) ? "to assign write '='" : "a value alone does nothing"
            return ("expected '=' or a call after \(after), \(got)", hint ?? value)
        case .word(let word, let after):
            if kind == .word(.assign), word == .then || word == .do { hint = "to compare write '=='" }
            return ("expected '\(word.rawValue)' after \(after), \(got)", hint)
        case .name(let purpose):
            if case .word(let word) = kind, word.rawValue.first?.isLetter == true {
                return (
                    "expected the name of \(purpose), \(got)",
                    "'\(word.rawValue)' is a word of Lua; choose another name"
                )
            }
            return ("expected the name of \(purpose), \(got)", hint)
        case .expression(let before):
            return ("expected a value\(before.map { " after '\($0.rawValue)'" } ?? ""), \(got)", hint)
        case .arguments(let method):
            return (
                "expected the arguments of '\(method)', \(got)",
                "write '\(method)()' for none; a field has a dot before it"
            )
        case .loopKind:
            return ("expected '=' or 'in' after the variable of 'for', \(got)", "such as 'for i = 1, 10 do'")
        }
    }

    /// Operators of other languages.
    private func foreign(_ kind: LuaLexeme.Kind) -> String? {
        switch kind {
        case .word(.ampersand): "write 'and'"
        case .word(.bar): "write 'or'"
        case .word(.assign) where before.map { "+-*/%.".contains($0) } == true:
            "write the variable twice: 'n = n + 1'"
        case .word(.assign): "to compare write '=='"
        case .word(.else): nil
        default: nil
        }
    }

    /// The character before the error.
    private var before: Character? {
        error.range.start > 0 ? source[SourceRange(error.range.start - 1, error.range.start)].first : nil
    }

    private func unclosed(_ opener: LuaWord, _ line: Int, _ closer: LuaWord, _ kind: LuaLexeme.Kind) -> Text {
        let isHere = line == source.line(of: error.range.start)
        let hint = isHere ? nil : "the '\(opener.rawValue)' begins in line \(line)"
        let isSeparated = opener == .openCurly || opener == .openRound
        let expected = isSeparated ? "',' or '\(closer.rawValue)'" : "'\(closer.rawValue)'"
        return (
            "expected \(expected) to go with '\(opener.rawValue)', got \(describe(kind))",
            foreign(kind) ?? hint
        )
    }

    private func describe(_ kind: LuaLexeme.Kind) -> String {
        switch kind {
        case .end: "the end of the script"
        case .string: "the text \(got)"
        default: got
        }
    }

    private func rule(_ reason: LuaSyntaxError.Reason) -> Text {
        switch reason {
        case .varargsOutside: ("'...' stands in a function that does not take it", "write 'function(...)'")
        case .breakOutside: ("'break' stands in no loop", "'return' leaves a function")
        case .noLabel(let label):
            ("no label '\(label)' that 'goto' could go to", "a label is written '::\(label)::'")
        case .labelTwice(let label, let line):
            ("the label '\(label)' is declared twice", "the other one stands in line \(line)")
        case .jumpIntoScope(let label, let variable):
            (
                "'goto \(label)' jumps over the declaration of '\(variable)'",
                "declare '\(variable)' before the 'goto', or put 'do … end' around it"
            )
        case .assignmentToConstant(let name, let attribute):
            ("'\(name)' cannot be assigned to: it is declared <\(attribute)>", "use another variable")
        case .unknownAttribute(let attribute):
            ("unknown attribute '\(attribute)'", "Lua has <const> and <close>")
        case .closeTwice: ("a second <close> in one 'local'", "write two statements")
        default: ("unexpected \(got)", nil)
        }
    }

    private func limit(_ reason: LuaSyntaxError.Reason) -> Text {
        switch reason {
        case .tooDeep:
            (
                "blocks or brackets are nested too deeply",
                "Lua takes about 190 levels; use locals or functions"
            )
        case .tooTall(let limit):
            (
                "an expression with more than \(limit) operators or fields in a row",
                "keep parts of it in locals, or use a table"
            )
        case .tooMany(let things, let limit, let line):
            (
                "more than \(limit) \(things) in \(line == 0 ? "the script" : "the function in line \(line)")",
                "keep some of them in a table"
            )
        default: ("unexpected \(got)", nil)
        }
    }
}

extension SyntaxProse {
    /// Errors of what follows what.
    func grammar(_ reason: LuaSyntaxError.Reason) -> Text {
        switch reason {
        case .expected(let expectation, let kind, let opener): expected(expectation, kind, opener)
        case .unclosed(let opener, let line, let closer, let item, let kind):
            unclosed(opener, line, closer, item, kind)
        case .elseIf(let line):
            (
                "expected another 'end', got the end of the script",
                "the 'else if' in line \(line) begins a second 'if'; write 'elseif'"
            )
        case .unexpectedCloser(let word):
            (
                "unexpected '\(word.rawValue)': no block is open here",
                "remove it, or look for an 'end' too many above it"
            )
        case .notAStatement(let kind):
            (
                "expected a statement, got \(describe(kind))",
                doubled
                    ?? "a statement is a call, an assignment, or begins with a word such as 'if' or 'return'"
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
        var place: String?
        if let opener, case .word(let word) = opener.kind, opener.line != line {
            place = "the '\(word.rawValue)' begins in line \(opener.line)"
        }
        switch expectation {
        case .word(.assign, let after) where after.hasPrefix("'"):
            let hint = kind == .word(.equal) ? "to assign write '='" : "a value alone does nothing"
            return ("expected '=' or a call after \(after), \(got)", doubled ?? hint)
        case .word(let word, let after):
            let isCondition = kind == .word(.assign) && (word == .then || word == .do)
            return (
                "expected '\(word.rawValue)' after \(after), \(got)",
                isCondition ? "to compare write '=='" : place
            )
        case .name(let purpose):
            var hint = place
            if case .word(let word) = kind, word.rawValue.first?.isLetter == true {
                hint = "'\(word.rawValue)' is a word of Lua; choose another name"
            }
            return ("expected the name of \(purpose), \(got)", hint)
        case .expression(let before):
            return (
                "expected a value\(before.map { " after '\($0.rawValue)'" } ?? ""), \(got)",
                statementHint(kind, after: before) ?? place
            )
        case .arguments(let method):
            return (
                "expected the arguments of '\(method)', \(got)",
                "a method is called, as '\(method)()'; a field has a dot before it"
            )
        case .loopKind:
            return ("expected '=' or 'in' after the variable of 'for', \(got)", "such as 'for i = 1, 10 do'")
        }
    }

    private func unclosed(
        _ opener: LuaWord, _ line: Int, _ closer: LuaWord, _ item: String?, _ kind: LuaLexeme.Kind
    ) -> Text {
        let hint = line == self.line ? nil : "the '\(opener.rawValue)' begins in line \(line)"
        if let item, kind != .end {
            let article = item == "argument" ? "an" : "a"
            return (
                "expected ',' or '\(closer.rawValue)' after \(article) \(item), got \(describe(kind))",
                comparison(kind) ?? hint
            )
        }
        return (
            "expected '\(closer.rawValue)' to close '\(opener.rawValue)', got \(describe(kind))",
            comparison(kind) ?? hint
        )
    }

    /// A word that begins a statement has no value.
    private func statementHint(_ kind: LuaLexeme.Kind, after before: LuaWord?) -> String? {
        switch kind {
        case .word(.if), .word(.for), .word(.while), .word(.repeat), .word(.local), .word(.return):
            before == .comma || before == .openRound || before == .assign
                ? "\(got) begins a statement, which has no value" : nil
        case .word(.assign) where before?.binaryOperator == nil: comparison(kind)
        default: nil
        }
    }

    private func comparison(_ kind: LuaLexeme.Kind) -> String? {
        kind == .word(.assign) ? "to compare write '=='" : nil
    }

    /// `x += 1` and `x++` of other languages.
    private var doubled: String? {
        let end = min(error.range.end + 1, source.bytes.count)
        let next = source[SourceRange(error.range.end, end)]
        guard ["+", "-", "*", "/", "%", ".."].contains(source[error.range]), next == "=" || next == "+" else {
            return nil
        }
        return "Lua writes the variable twice, as in 'n = n + 1'"
    }

    private func describe(_ kind: LuaLexeme.Kind) -> String {
        switch kind {
        case .end: "the end of the script"
        // It has quotes of its own.
        case .string: "the text \(got.dropFirst().dropLast())"
        default: got
        }
    }
}

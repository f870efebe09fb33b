/// The sentences of syntax errors.
struct SyntaxProse {
    let error: LuaSyntaxError
    let source: SourceText

    /// What is wrong, and the next step.
    typealias Text = (message: String, hint: String?)

    /// What stands at the error, in quotes.
    var got: String { source.quoted(error.range) }

    /// The line of the error.
    var line: Int { source.line(of: error.range.start) }

    /// The block that most likely lacks its end.
    var suspicion: String? {
        guard let suspect = error.suspect else { return nil }
        switch error.reason {
        case .unclosed, .unexpectedCloser, .notAStatement, .expected:
            return "does the '\(suspect.opener.rawValue)' in line \(suspect.openerLine) lack its 'end'? "
                + "the one in line \(suspect.closerLine) stands further left"
        default: return nil
        }
    }

    func text(of reason: LuaSyntaxError.Reason) -> Text {
        switch reason {
        case .character, .byteOrderMark, .firstLine, .operatorOfOthers, .unfinishedString,
            .unfinishedLongBracket, .longBracketDelimiter, .malformedNumber, .escape:
            lexical(reason)
        case .varargsOutside, .breakOutside, .noLabel, .labelTwice, .jumpIntoScope, .assignmentToConstant,
            .unknownAttribute, .closeTwice:
            rule(reason)
        case .tooDeep, .tooMany: limit(reason)
        default: grammar(reason)
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
        case .tooMany(let things, let limit, let line):
            (
                "more than \(limit) \(things) in \(line == 0 ? "the script" : "the function in line \(line)")",
                "keep some of them in a table"
            )
        default: ("unexpected \(got)", nil)
        }
    }
}

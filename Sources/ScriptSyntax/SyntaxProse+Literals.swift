extension SyntaxProse {
    /// Errors of characters and literals.
    func lexical(_ reason: LuaSyntaxError.Reason) -> Text {
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
        case .byteOrderMark:
            ("the script begins with a byte order mark", "save it as UTF-8 without one")
        case .firstLine:
            ("a script that is loaded has no line with '#!'", "remove the line")
        case .operatorOfOthers(let word): ("\(got) is no operator of Lua", "write '\(word.rawValue)'")
        case .unfinishedString:
            (
                "the quote \(source[error.range].prefix(1)) is not closed in its line",
                "a text of several lines stands in [[ and ]]"
            )
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
        default: ("unexpected \(got)", nil)
        }
    }

    /// What closes the long bracket at the error.
    private var closer: String {
        String(source[error.range].drop { $0 == "-" }.map { $0 == "[" ? "]" : $0 })
    }

    private func escape(_ escape: LuaSyntaxError.EscapeError) -> Text {
        switch escape {
        case .unknown: ("unknown escape \(got) in a text", #"a backslash is written '\\'"#)
        case .hexadecimal: (#"expected two hexadecimal digits after '\x', got \#(got)"#, #"such as '\x41'"#)
        case .decimal: ("the escape \(got) is more than 255", #"'\u{…}' is a character by its number"#)
        case .unicodeBrace, .unicodeDigits:
            (
                #"expected hexadecimal digits in curly brackets after '\u', got \#(got)"#,
                #"such as '\u{20AC}'"#
            )
        case .unicodeTooLarge:
            ("the escape \(got) is more than 7FFFFFFF", #"characters end at '\u{10FFFF}'"#)
        }
    }
}

internal import Diagnostics
internal import LuaRuntime

/// An error of a host word is raised in Lua as a text and comes back as one. The host remembers what it was,
/// so that the person sees its place, its word and its next step, however many scripts it came through.
extension RuleHost {
    /// An error as the host raised it.
    struct Raised {
        let text: String
        let diagnostic: Diagnostic
        /// The turn of the walk: an error of one customer says nothing about the next, whatever its text.
        let turn: UInt64?
    }

    /// Runs a body of a host word and remembers what it throws.
    package func remembering<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            _ = textToRaise(error)
            throw error
        }
    }

    /// Remembers an error, and gives the text that Lua raises for it.
    func textToRaise(_ error: any Error) -> String {
        guard let error = error as? any Diagnosable else { return "\(error)" }
        let diagnostic = error.diagnostic
        // The form in which the Lua state writes the error; it leaves out the hint for Lua's own messages.
        let hint = (error as? LuaError).map(\.hint) ?? diagnostic.hint
        let text = hint.map { "\(diagnostic.message); \($0)" } ?? diagnostic.message
        raised = Raised(text: text, diagnostic: diagnostic, turn: walk?.row.turn)
        return text
    }

    /// Runs what calls Lua; an error that a host word raised inside is thrown as it was raised, as a
    /// ``Diagnostic``.
    package func explaining<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try afresh(body)
        } catch let error as LuaError {
            throw explained(error)
        } catch let error as RuleError {
            throw located(error.diagnostic)
        }
    }

    /// Runs what calls Lua so that its error is not taken for one of the same text that a script had
    /// swallowed before. Where all goes well, that one is remembered again: the script may still raise it.
    func afresh<Result>(_ body: () throws -> Result) rethrows -> Result {
        let before = raised
        raised = nil
        let result = try body()
        raised = before
        return result
    }

    /// An error of Lua as a person sees it: that of a host word as it was raised.
    func explained(_ error: LuaError) -> Diagnostic {
        var diagnostic = error.diagnostic
        if let raised, raised.turn == walk?.row.turn, error.message.hasSuffix(raised.text) {
            diagnostic = raised.diagnostic
            diagnostic.notes += error.diagnostic.notes
            if diagnostic.location == nil { diagnostic.location = error.location }
        }
        return located(diagnostic)
    }

    /// With the column of the wrong word, where it stands in the line as a word of its own, and with the
    /// whole expression that a field ends: `c.total_spnet`.
    private func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let place = diagnostic.location, place.column == nil, let token = diagnostic.token,
            let line = lines(of: place.file).dropFirst(place.line - 1).first
        else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.location?.column = columnOfWord(token, in: line)
        if let range = diagnostic.message.firstRange(of: "field '\(token)'"),
            let expression = expression(endingIn: token, in: line)
        {
            diagnostic.message.replaceSubrange(range, with: "field '\(expression)'")
        }
        return diagnostic
    }

    /// The chain of names that ends in `token`, such as `c.orders.token`; nil where the line has several.
    private func expression(endingIn token: String, in line: Substring) -> String? {
        var chains: Set<Substring> = []
        for range in line.ranges(of: token)
        where !isWordCharacter(line[..<range.lowerBound].last)
            && !isWordCharacter(line[range.upperBound...].first)
        {
            let start = line[..<range.lowerBound].lastIndex { !isWordCharacter($0) && $0 != "." }
            let chain = line[(start.map(line.index(after:)) ?? line.startIndex)..<range.upperBound]
            chains.insert(chain)
        }
        // A chain that begins with a dot hangs on something longer than a name.
        guard chains.count == 1, let chain = chains.first, !chain.hasPrefix(".") else { return nil }
        return String(chain)
    }

    /// The line of a definition that sets `key`; the definition's first line where it cannot be found.
    func place(of key: String, in definition: SourceLocation) -> SourceLocation {
        let lines = lines(of: definition.file)
        for (index, line) in lines.enumerated().dropFirst(definition.line - 1) {
            // The next definition, or the end of this one.
            if index >= definition.line, let first = line.first, !first.isWhitespace, first != "-" { break }
            guard !line.drop(while: \.isWhitespace).hasPrefix("--") else { continue }
            for range in line.ranges(of: key)
            where !isWordCharacter(line[..<range.lowerBound].last) {
                let rest = line[range.upperBound...].drop(while: \.isWhitespace)
                if rest.hasPrefix("="), !rest.hasPrefix("==") {
                    return SourceLocation(
                        file: definition.file, line: index + 1,
                        column: line.distance(from: line.startIndex, to: range.lowerBound) + 1)
                }
            }
        }
        return definition
    }

    /// Names a function of a script in traces; those of plugins have their names in the plugin's state.
    func name(_ function: LuaFunction, _ name: String) {
        if guestFunction(function) == nil { state.name(function, name) }
    }

    /// What errors call the Lua that a person typed.
    static var commandLine: String { "the command line" }

    private func lines(of file: String) -> [Substring] {
        let text = file == Self.commandLine ? lineText : self.text(of: file) ?? ""
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }
}

/// The column of a word's first place in a line that is no part of a longer word; nil where there is none.
func columnOfWord(_ word: String, in line: Substring) -> Int? {
    var rest = line
    while let range = rest.firstRange(of: word) {
        let continuesBefore = isWordCharacter(line[..<range.lowerBound].last) && isWordCharacter(word.first)
        let continuesAfter = isWordCharacter(line[range.upperBound...].first) && isWordCharacter(word.last)
        if !continuesBefore, !continuesAfter {
            return line.distance(from: line.startIndex, to: range.lowerBound) + 1
        }
        rest = line[range.upperBound...]
    }
    return nil
}

private func isWordCharacter(_ character: Character?) -> Bool {
    guard let character else { return false }
    return character.isLetter || character.isNumber || character == "_"
}

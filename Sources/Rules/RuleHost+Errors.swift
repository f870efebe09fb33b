internal import Diagnostics
internal import LuaRuntime

/// An error of a host word is raised in Lua as a text and comes back as one. The host remembers what it was, so
/// that the person sees its place, its word and its next step, however many scripts it came through.
extension RuleHost {
    /// An error as the host raised it.
    struct Raised {
        let text: String
        let diagnostic: Diagnostic
    }

    /// Runs a body of a host word and remembers what it throws.
    func remembering<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as any Diagnosable {
            let diagnostic = error.diagnostic
            // The form in which the Lua state writes the error.
            raised = Raised(
                text: diagnostic.hint.map { "\(diagnostic.message); \($0)" } ?? diagnostic.message,
                diagnostic: diagnostic)
            throw error
        }
    }

    /// Runs what calls Lua; an error that a host word raised inside is thrown as it was raised.
    func explaining<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as LuaError {
            throw located(original(of: error))
        }
    }

    private func original(of error: LuaError) -> Diagnostic {
        guard let raised, error.message.hasSuffix(raised.text) else { return error.diagnostic }
        var diagnostic = raised.diagnostic
        if diagnostic.location == nil { diagnostic.location = error.location }
        return diagnostic
    }

    /// With the column of the wrong word, where it stands in the line as a word of its own.
    private func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard let place = diagnostic.location, place.column == nil, let token = diagnostic.token,
            let line = lines(of: place.file).dropFirst(place.line - 1).first
        else { return diagnostic }
        var rest = line[...]
        while let range = rest.firstRange(of: token) {
            let before = line[..<range.lowerBound].last
            let after = line[range.upperBound...].first
            if !Self.isWordCharacter(before) || !Self.isWordCharacter(token.first),
                !Self.isWordCharacter(after) || !Self.isWordCharacter(token.last)
            {
                var diagnostic = diagnostic
                diagnostic.location?.column = line.distance(from: line.startIndex, to: range.lowerBound) + 1
                return diagnostic
            }
            rest = line[range.upperBound...]
        }
        return diagnostic
    }

    /// The line of a definition that sets `key`; the definition's first line where it cannot be found.
    func place(of key: String, in definition: SourceLocation) -> SourceLocation {
        let lines = lines(of: definition.file)
        for (index, line) in lines.enumerated().dropFirst(definition.line - 1) {
            // The next definition, or the end of this one.
            if index >= definition.line, let first = line.first, !first.isWhitespace, first != "-" { break }
            guard !line.drop(while: \.isWhitespace).hasPrefix("--") else { continue }
            for range in line.ranges(of: key)
            where !Self.isWordCharacter(line[..<range.lowerBound].last) {
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

    private func lines(of file: String) -> [Substring] {
        scripts[file]?.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) ?? []
    }

    private static func isWordCharacter(_ character: Character?) -> Bool {
        guard let character else { return false }
        return character.isLetter || character.isNumber || character == "_"
    }
}

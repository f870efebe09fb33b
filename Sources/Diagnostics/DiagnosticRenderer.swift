/// Turns a diagnostic into the text a terminal shows.
public struct DiagnosticRenderer {
    /// Gives the text of a file by the name that locations use; nil where it cannot be read.
    private let source: (String) -> String?

    /// A renderer that reads the excerpt from `source`.
    public init(source: @escaping (String) -> String?) {
        self.source = source
    }

    /// The diagnostic as lines:
    ///
    ///     error: unknown field 'total_spnet' of a customer
    ///      --> scripts/vip.lua:4:14
    ///       |
    ///     4 |     return c.total_spnet > 5000
    ///       |              ^^^^^^^^^^^
    ///       = did you mean 'total_spent'?
    public func render(_ diagnostic: Diagnostic) -> String {
        var lines = ["\(diagnostic.severity.rawValue): \(printable(diagnostic.message))"]
        var gutter = ""
        if let location = diagnostic.location {
            let excerpt = excerpt(at: location, token: diagnostic.token)
            gutter = String(repeating: " ", count: String(location.line).count)
            lines.append("\(gutter)--> \(excerpt?.location ?? location)")
            if let excerpt {
                lines.append("\(gutter) |")
                lines.append("\(location.line) | \(excerpt.line)")
                if let underline = excerpt.underline { lines.append("\(gutter) | \(underline)") }
            }
        }
        let margin = diagnostic.location == nil ? "  " : "\(gutter) = "
        if let hint = diagnostic.hint { lines.append(margin + printable(hint)) }
        for note in diagnostic.notes { lines.append(margin + printable(note)) }
        return lines.joined(separator: "\n")
    }

    /// What data or scripts put into a message, without what would steer the terminal, and not without end.
    private func printable(_ text: String) -> String {
        let safe = String(text.map { steersTerminal($0) ? " " : $0 })
        return safe.count > 1000 ? safe.prefix(1000) + "…" : safe
    }

    private struct Excerpt {
        var location: SourceLocation
        var line: String
        var underline: String?
    }

    /// The line of the location, without what would steer the terminal, with a caret under the token. Where the
    /// column is unknown, the token's first place in the line decides.
    private func excerpt(at location: SourceLocation, token: String?) -> Excerpt? {
        guard let text = source(location.file) else { return nil }
        // Swift reads "\r\n" as one character.
        let all = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
        guard location.line >= 1, location.line <= all.count else { return nil }
        let line = all[location.line - 1]
        var located = location
        if located.column == nil, let token, let range = line.firstRange(of: token) {
            located.column = line.distance(from: line.startIndex, to: range.lowerBound) + 1
        }
        let length = line.count
        let column = located.column.flatMap { (1...length + 1).contains($0) ? $0 : nil }
        let start = max(0, min((column ?? 1) - 1 - Self.room / 2, length - Self.room))
        let shown =
            (start > 0 ? "…" : "")
            + line.dropFirst(start).prefix(Self.room).map { $0 == "\t" || !steersTerminal($0) ? $0 : " " }
        let end = start + Self.room < length ? "…" : ""
        guard let column else { return Excerpt(location: located, line: shown + end, underline: nil) }
        // Tabs are kept in the padding so that the caret stands under the word at any tab width.
        let padding = shown.prefix(column - 1 - start + (start > 0 ? 1 : 0)).map { character in
            character == "\t" ? "\t" : String(repeating: " ", count: displayWidth(of: character))
        }
        let width = max(1, min(token.map(displayWidth) ?? 1, Self.room / 2))
        return Excerpt(
            location: located, line: shown + end,
            underline: padding.joined() + String(repeating: "^", count: width))
    }

    /// So many characters of a line are shown, around its place: a mail may be one line, a file of values too.
    private static let room = 200
}

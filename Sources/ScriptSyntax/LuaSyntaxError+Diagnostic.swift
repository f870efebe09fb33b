internal import Diagnostics

extension LuaSyntaxError {
    /// The error as the person reads it.
    func diagnostic(in source: SourceText, path: String) -> Diagnostic {
        let words = SyntaxProse(error: self, source: source)
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

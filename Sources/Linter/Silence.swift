internal import Diagnostics
internal import ScriptSyntax

/// A comment that says `check: ignore id, id` or `check: ignore-file id`.
struct Silence {
    /// What it names.
    let ids: [LuaToken]
    /// The line that it silences; nil for the whole file.
    let line: Int?
    /// What is wrong with it; nil where nothing is.
    let mistake: String?
    let range: SourceRange

    private static let prefix = "check:"

    /// Those of the comments of a file that silence something, or try to.
    static func all(_ comments: [LintComment], in source: SourceText, rules: Set<String>) -> [Silence] {
        zip(comments, lines(of: comments, in: source)).compactMap { comment, line in
            guard comment.text.hasPrefix(prefix) else { return nil }
            let words = words(String(comment.text.dropFirst(prefix.count)), rules)
            guard let verb = words.first else { return nil }
            guard verb == "ignore" || verb == "ignore-file" else {
                return Silence(
                    ids: [], line: nil, mistake: "unknown word '\(verb)' behind 'check:'",
                    range: comment.range)
            }
            guard words.count > 1 else {
                return Silence(
                    ids: [], line: nil, mistake: "'check: \(verb)' names no rule", range: comment.range)
            }
            return Silence(
                ids: tokens(words.dropFirst(), of: comment, in: source),
                line: verb == "ignore" ? line : nil, mistake: nil, range: comment.range)
        }
    }

    /// The verb and the ids: a word behind a comma is meant as one, a word behind a blank that is none begins
    /// a reason.
    private static func words(_ text: String, _ rules: Set<String>) -> [String] {
        var words: [String] = []
        var isListed = true
        for part in text.split(whereSeparator: \.isWhitespace) {
            for (number, word) in part.split(separator: ",").map(String.init).enumerated() {
                guard words.count < 2 || isListed || number > 0 || rules.contains(word) else {
                    return words
                }
                words.append(word)
                isListed = false
            }
            if part.hasPrefix(",") || part.hasSuffix(",") { isListed = true }
        }
        return words
    }

    /// The words with their places, from left to right.
    private static func tokens(
        _ words: ArraySlice<String>, of comment: LintComment, in source: SourceText
    ) -> [LuaToken] {
        var start = comment.range.start
        return words.map { word in
            let rest = Array(source.bytes[start..<comment.range.end])
            let sought = Array(word.utf8)
            let place = rest.indices.first { rest[$0...].starts(with: sought) } ?? 0
            let range = SourceRange(start + place, start + place + sought.count)
            start = range.end
            return LuaToken(word, range)
        }
    }

    /// The line that each comment speaks of: its own, or of one that stands alone the next one that has more.
    private static func lines(of comments: [LintComment], in source: SourceText) -> [Int] {
        var lines: [Int] = []
        // From the last on, so that a comment above another asks it.
        var below: (line: Int, target: Int)?
        for comment in comments.reversed() {
            let line = source.line(of: comment.range.start)
            let next = source.line(of: max(comment.range.start, comment.range.end - 1)) + 1
            let lineEnd = source.offset(line: next, column: 1)
            let rest = source[SourceRange(comment.range.end, max(comment.range.end, lineEnd))]
            guard comment.isAlone, rest.allSatisfy(\.isWhitespace) else {
                lines.append(line)
                below = nil
                continue
            }
            let target = below.map { $0.line == next ? $0.target : next } ?? next
            lines.append(target)
            below = (line, target)
        }
        return lines.reversed()
    }
}

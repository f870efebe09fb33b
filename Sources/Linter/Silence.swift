internal import Diagnostics
internal import ScriptSyntax

/// A comment `-- check: ignore id, id` or `-- check: ignore-file id`.
struct Silence {
    /// What it names.
    let ids: [LuaToken]
    /// The line that it silences; nil for the whole file.
    let line: Int?
    /// What is wrong with it; nil where nothing is.
    let mistake: String?
    let range: SourceRange

    private static let prefix = "check:"

    /// The comments of a script that silence something, or try to.
    static func all(in chunk: LuaChunk) -> [Silence] {
        chunk.comments.enumerated().compactMap { index, comment in
            guard comment.text.hasPrefix(prefix) else { return nil }
            let words = comment.text.dropFirst(prefix.count).split { $0.isWhitespace || $0 == "," }.map(
                String.init)
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
                ids: tokens(words.dropFirst(), of: comment, in: chunk),
                line: verb == "ignore" ? line(of: index, in: chunk) : nil, mistake: nil, range: comment.range)
        }
    }

    /// The words with their places, from left to right.
    private static func tokens(
        _ words: ArraySlice<String>, of comment: LuaComment, in chunk: LuaChunk
    ) -> [LuaToken] {
        var start = comment.range.start
        return words.map { word in
            let rest = Array(chunk.source.bytes[start..<comment.range.end])
            let sought = Array(word.utf8)
            let place = rest.indices.first { rest[$0...].starts(with: sought) } ?? 0
            let range = SourceRange(start + place, start + place + sought.count)
            start = range.end
            return LuaToken(word, range)
        }
    }

    /// Its own line, or behind comments that stand alone the next one with Lua.
    private static func line(of index: Int, in chunk: LuaChunk) -> Int {
        let comment = chunk.comments[index]
        var line = chunk.source.line(of: comment.range.start)
        let rest = chunk.source[SourceRange(comment.range.end, chunk.source.bytes.count)]
        guard comment.isAlone, rest.prefix(while: { !$0.isNewline }).allSatisfy(\.isWhitespace) else {
            return line
        }
        line = chunk.source.line(of: max(comment.range.start, comment.range.end - 1)) + 1
        for next in chunk.comments[(index + 1)...]
        where next.isAlone && chunk.source.line(of: next.range.start) == line {
            line = chunk.source.line(of: max(next.range.start, next.range.end - 1)) + 1
        }
        return line
    }
}

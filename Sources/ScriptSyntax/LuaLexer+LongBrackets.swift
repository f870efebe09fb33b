extension LuaLexer {
    /// Steps over a comment and keeps it.
    mutating func skipComment() {
        let start = position
        position += 2
        if let level = longBracketLevel() {
            let content = skipLongBracket(level: level) { .unfinishedLongBracket(isComment: $0) }
            return addComment(from: start, content: content)
        }
        while let byte = peek(), !Self.isLineEnd(byte) { position += 1 }
        addComment(from: start, content: SourceRange(start + 2, position))
    }

    /// Takes `[[ … ]]`, `[=[ … ]=]` and so on.
    mutating func scanLongString() {
        let start = position
        let startLine = line
        guard let level = longBracketLevel() else {
            position += 1
            while peek() == UInt8(ascii: "=") { position += 1 }
            fail(.longBracketDelimiter, from: start)
            return add(.word(.openSquare), from: start, line: startLine)
        }
        let content = skipLongBracket(level: level) { _ in .unfinishedLongBracket(isComment: false) }
        add(.string(normalised(content)), from: start, line: startLine)
    }

    /// How many `=` stand in a long bracket that opens here; nil where none opens.
    private func longBracketLevel() -> Int? {
        guard peek() == UInt8(ascii: "[") else { return nil }
        var level = 0
        while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
        return peek(1 + level) == UInt8(ascii: "[") ? level : nil
    }

    /// Goes behind the bracket that closes the one here; gives what stands between them.
    private mutating func skipLongBracket(
        level: Int, error: (Bool) -> LuaSyntaxError.Reason
    ) -> SourceRange {
        let start = position
        position += level + 2
        let content = position
        while let byte = peek() {
            if Self.isLineEnd(byte) {
                skipLineEnd()
                continue
            }
            if byte == UInt8(ascii: "]") {
                var count = 0
                while peek(1 + count) == UInt8(ascii: "=") { count += 1 }
                if count == level, peek(1 + count) == UInt8(ascii: "]") {
                    let end = position
                    position += level + 2
                    return SourceRange(content, end)
                }
                position += count
            }
            position += 1
        }
        fail(error(true), from: start, to: content)
        return SourceRange(content, position)
    }

    /// The text between long brackets as Lua has it: without a first line end, and with `\n` for every other.
    private func normalised(_ range: SourceRange) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.end - range.start)
        var index = range.start
        while index < range.end {
            let byte = source.bytes[index]
            index += 1
            guard Self.isLineEnd(byte) else {
                bytes.append(byte)
                continue
            }
            let isFirst = index - 1 == range.start
            if index < range.end, source.bytes[index] != byte, Self.isLineEnd(source.bytes[index]) {
                index += 1
            }
            if !isFirst { bytes.append(0x0A) }
        }
        return bytes
    }
}

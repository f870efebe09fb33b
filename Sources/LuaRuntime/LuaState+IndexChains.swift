internal import Diagnostics

extension LuaState {
    /// Indexes in a row that a script may write: `a.b.c` has two. Lua 5.4.4 follows the chain by recursion in C
    /// when it names the value in an error, and runs out of stack at some thousands.
    private static var chainLimit: Int { 200 }

    /// Refuses a text with an index chain that could crash Lua.
    ///
    /// Cost: one pass over the bytes.
    func checkIndexChains(in text: String, name: String) throws {
        var scanner = ChainScanner(bytes: Array(text.utf8))
        guard let line = scanner.line(ofChainAbove: Self.chainLimit) else { return }
        throw LuaError(
            "an expression with more than \(Self.chainLimit) indexes in a row",
            at: SourceLocation(file: name, line: line), hint: "keep a part of it in a local")
    }
}

/// Goes over the tokens of a Lua text and counts indexes in a row. It need not tell right texts from wrong ones.
private struct ChainScanner {
    let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The line where a chain grows longer than `limit`; nil where none does.
    mutating func line(ofChainAbove limit: Int) -> Int? {
        // The length of the chain that is going on, and of those around the open brackets.
        var length = 0
        var around: [Int] = []
        var isAfterDot = false
        while let byte = peek() {
            let wasAfterDot = isAfterDot
            isAfterDot = false
            switch byte {
            case "\n":
                line += 1
                position += 1
                isAfterDot = wasAfterDot
            case " ", "\t", "\r", "\u{0B}", "\u{0C}":
                position += 1
                isAfterDot = wasAfterDot
            case "-" where peek(1) == "-":
                skipComment()
                isAfterDot = wasAfterDot
            case "\"", "'": skipQuoted(byte)
            case "[" where longBracketLevel() != nil: skipLongBracket()
            case "[", "(", "{":
                around.append(length)
                length = 0
                position += 1
            case "]", ")", "}":
                let outer = around.popLast() ?? 0
                // Round brackets may hold the beginning of the chain: `(a.b).c`.
                length = byte == "]" ? outer + 1 : max(outer, length)
                position += 1
            case ".", ":":
                if byte == ".", peek(1) != "." { length += 1 }
                if byte == ".", peek(1) == "." { length = 0 }
                isAfterDot = true
                position += peek(1) == byte ? 2 : 1
            case _ where Self.isWord(byte):
                if !wasAfterDot { length = 0 }
                while let next = peek(), Self.isWord(next) { position += 1 }
            default:
                length = 0
                position += 1
            }
            if length > limit { return line }
        }
        return nil
    }

    private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        position + offset < bytes.count ? Unicode.Scalar(bytes[position + offset]) : nil
    }

    private static func isWord(_ byte: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(byte) || ("A"..."Z").contains(byte) || ("0"..."9").contains(byte) || byte == "_"
    }

    private mutating func skipComment() {
        position += 2
        if longBracketLevel() != nil { return skipLongBracket() }
        while let byte = peek(), byte != "\n", byte != "\r" { position += 1 }
    }

    private mutating func skipQuoted(_ quote: Unicode.Scalar) {
        position += 1
        while let byte = peek(), byte != quote {
            if byte == "\n" { line += 1 }
            position += byte == "\\" ? 2 : 1
        }
        position += 1
    }

    /// How many `=` stand in a long bracket that opens here: `[[` has none.
    private func longBracketLevel() -> Int? {
        guard peek() == "[" else { return nil }
        var level = 0
        while peek(1 + level) == "=" { level += 1 }
        return peek(1 + level) == "[" ? level : nil
    }

    private mutating func skipLongBracket() {
        guard let level = longBracketLevel() else { return }
        let end = Array("]\(String(repeating: "=", count: level))]".utf8)
        position += level + 2
        while position < bytes.count, !bytes[position...].starts(with: end) {
            if bytes[position] == 10 { line += 1 }
            position += 1
        }
        position += end.count
    }
}

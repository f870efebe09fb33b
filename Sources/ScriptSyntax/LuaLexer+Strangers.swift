extension LuaLexer {
    /// Signs that editors and input methods put in the place of Lua's.
    private static var lookalikes: [Unicode.Scalar: String] {
        [
            "（": "(", "）": ")", "［": "[", "］": "]", "【": "[", "】": "]", "｛": "{", "｝": "}", "，": ",",
            "；": ";", "：": ":", "＝": "=", "＜": "<", "＞": ">", "＋": "+", "－": "-", "–": "-", "—": "-",
            "＊": "*", "×": "*", "／": "/", "÷": "/", "％": "%", "～": "~", "＃": "#", "。": ".", "．": ".",
            "“": "\"", "”": "\"", "„": "\"", "＂": "\"", "‘": "'", "’": "'", "＇": "'", "≠": "~=",
            "≤": "<=", "≥": ">=", "\u{3000}": " ", "\u{A0}": " ", "…": "...",
        ]
    }

    /// Steps over characters that begin nothing in Lua.
    mutating func scanStranger() {
        let start = position
        if peek() == UInt8(ascii: "!") {
            let isUnequal = peek(1) == UInt8(ascii: "=")
            position += isUnequal ? 2 : 1
            fail(.operatorOfOthers(isUnequal ? .notEqual : .not), from: start)
            return add(.word(isUnequal ? .notEqual : .not), from: start, line: line)
        }
        if start == 0, source.text.unicodeScalars.first == "\u{FEFF}" {
            position = 3
            return fail(.byteOrderMark, from: start)
        }
        // A lookalike is one error; letters of other scripts are one as far as they go.
        let index = source.text.utf8.index(source.text.utf8.startIndex, offsetBy: start)
        let scalar = source.text.unicodeScalars[index]
        if let replacement = Self.lookalikes[scalar] {
            position += UTF8.width(scalar)
            fail(.character(replacement: replacement), from: start)
            if let word = LuaWord.known[replacement] { add(.word(word), from: start, line: line) }
            return
        }
        guard !scalar.isASCII, scalar.properties.isAlphabetic else {
            position += UTF8.width(scalar)
            // A run of one sign is one error.
            while scalar.isASCII, peek() == source.bytes[start] { position += 1 }
            return fail(.character(replacement: nil), from: start)
        }
        while let byte = peek(), byte >= 0x80 || Self.isLetter(byte) || Self.isDigit(byte) { position += 1 }
        fail(.character(replacement: nil), from: start)
        add(.name(source[SourceRange(start, position)]), from: start, line: line)
    }
}

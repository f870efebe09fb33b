/// `text` as a Lua string literal on one line; it reads back byte for byte.
package func luaLiteral(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": literal += "\\\""
        case "\\": literal += "\\\\"
        case "\n": literal += "\\n"
        case "\r": literal += "\\r"
        case "\t": literal += "\\t"
        // Three digits, so that a digit that follows is not read as part of the number.
        case "\0"..."\u{1F}", "\u{7F}":
            let digits = String(scalar.value)
            literal += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        default: literal.unicodeScalars.append(scalar)
        }
    }
    return literal + "\""
}

/// Whether Lua reads a text as a name (https://www.lua.org/manual/5.4/manual.html#3.1).
package func isLuaName(_ text: String) -> Bool {
    guard let first = text.utf8.first, LuaLexer.isLetter(first), LuaWord(rawValue: text) == nil else {
        return false
    }
    return text.utf8.allSatisfy { LuaLexer.isLetter($0) || LuaLexer.isDigit($0) }
}

/// What stands behind a table to read one of its fields: `.vip`, `["big spenders"]`.
package func luaAccess(_ field: String) -> String {
    isLuaName(field) ? ".\(field)" : "[\(luaLiteral(field))]"
}

/// A field as it is written in a table: `city`, `["last city"]`.
package func luaKey(_ field: String) -> String {
    isLuaName(field) ? field : "[\(luaLiteral(field))]"
}

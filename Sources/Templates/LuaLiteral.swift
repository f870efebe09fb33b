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

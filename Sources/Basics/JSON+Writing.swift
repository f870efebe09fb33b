extension JSON {
    /// The text: in one line, or with each member and element in a line of its own, indented by two blanks.
    public func text(indented: Bool = false) -> String {
        var text = ""
        write(to: &text, indent: indented ? "" : nil)
        return text
    }

    private func write(to text: inout String, indent: String?) {
        switch self {
        case .null: text += "null"
        case .boolean(let flag): text += flag ? "true" : "false"
        case .integer(let number): text += String(number)
        // JSON has no endless numbers.
        case .number(let number): text += number.isFinite ? "\(number)" : "null"
        case .text(let string): Self.quote(string, into: &text)
        case .array(let values):
            Self.write(values, "[", "]", to: &text, indent: indent) { value, text, inner in
                value.write(to: &text, indent: inner)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &text, indent: indent) { member, text, inner in
                Self.quote(member.name, into: &text)
                text += inner == nil ? ":" : ": "
                member.value.write(to: &text, indent: inner)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], _ opening: String, _ closing: String, to text: inout String, indent: String?,
        _ body: (Item, inout String, String?) -> Void
    ) {
        text += opening
        let inner = indent.map { $0 + "  " }
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            if let inner { text += "\n" + inner }
            body(item, &text, inner)
        }
        if let indent, !items.isEmpty { text += "\n" + indent }
        text += closing
    }

    private static func quote(_ string: String, into text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

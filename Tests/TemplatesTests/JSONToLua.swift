import Basics

extension JSON {
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    var items: [JSON] {
        if case .array(let items) = self { items } else { [] }
    }

    /// The members that are texts.
    var texts: [String: String] {
        guard case .object(let members) = self else { return [:] }
        return Dictionary(
            members.compactMap { member in member.value.text.map { (member.name, $0) } },
            uniquingKeysWith: { $1 })
    }

    /// A Lua expression that makes the value out of `A` and `O`.
    var lua: String {
        switch self {
        case .null: return "nil"
        case .boolean(let value): return "\(value)"
        case .integer(let number): return "(\(number))"
        case .number(let number): return "(\(number))"
        case .text(let text): return Self.quoted(text)
        case .array(let items): return "A({\(items.map(\.lua).joined(separator: ","))},\(items.count))"
        case .object(let members):
            let keys = members.map { Self.quoted($0.name) }
            let values = members.map { "[\(Self.quoted($0.name))]=\($0.value.lua)" }
            return "O({\(keys.joined(separator: ","))},{\(values.joined(separator: ","))})"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\""
    }
}

/// Reads JSON and keeps the order of objects, which Foundation's reader loses.
indirect enum JSONValue {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    subscript(key: String) -> JSONValue? {
        guard case .object(let fields) = self else { return nil }
        return fields.first { $0.key == key }?.value
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The texts of an object by their keys.
    var texts: [String: String] {
        guard case .object(let fields) = self else { return [:] }
        return Dictionary(fields.compactMap { field in field.value.text.map { (field.key, $0) } }) { $1 }
    }

    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    init(parsing text: String) {
        var reader = Reader(scalars: Array(text.unicodeScalars))
        self = reader.value()
    }

    /// A Lua expression that makes the value out of `A` and `O`.
    var lua: String {
        switch self {
        case .null: return "nil"
        case .boolean(let value): return "\(value)"
        case .number(let digits): return "(\(digits))"
        case .string(let text): return Self.quoted(text)
        case .array(let items): return "A({\(items.map(\.lua).joined(separator: ","))},\(items.count))"
        case .object(let fields):
            let keys = fields.map { Self.quoted($0.key) }
            let values = fields.map { "[\(Self.quoted($0.key))]=\($0.value.lua)" }
            return "O({\(keys.joined(separator: ","))},{\(values.joined(separator: ","))})"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\""
    }

    private struct Reader {
        var scalars: [Unicode.Scalar]
        var place = 0

        mutating func value() -> JSONValue {
            skipBlanks()
            switch scalars[place] {
            case "{":
                return .object(
                    list("}") { reader in
                        let key = reader.string()
                        reader.skipBlanks()
                        reader.place += 1
                        return (key, reader.value())
                    })
            case "[": return .array(list("]") { $0.value() })
            case "\"": return .string(string())
            default: break
            }
            let start = place
            while place < scalars.count, !",]} \n".unicodeScalars.contains(scalars[place]) { place += 1 }
            let word = String(String.UnicodeScalarView(scalars[start..<place]))
            switch word {
            case "null": return .null
            case "true", "false": return .boolean(word == "true")
            default: return .number(word)
            }
        }

        private mutating func list<T>(_ close: Unicode.Scalar, _ item: (inout Reader) -> T) -> [T] {
            place += 1
            var items: [T] = []
            skipBlanks()
            while scalars[place] != close {
                items.append(item(&self))
                skipBlanks()
                if scalars[place] == "," { place += 1 }
                skipBlanks()
            }
            place += 1
            return items
        }

        private mutating func string() -> String {
            place += 1
            var units: [UInt16] = []
            while scalars[place] != "\"" {
                if scalars[place] == "\\" {
                    place += 1
                    switch scalars[place] {
                    case "n": units.append(10)
                    case "t": units.append(9)
                    case "r": units.append(13)
                    case "b": units.append(8)
                    case "f": units.append(12)
                    case "u":
                        let digits = String(String.UnicodeScalarView(scalars[place + 1...place + 4]))
                        units.append(UInt16(digits, radix: 16) ?? 0)
                        place += 4
                    default: units += String(scalars[place]).utf16
                    }
                } else {
                    units += String(scalars[place]).utf16
                }
                place += 1
            }
            place += 1
            return String(decoding: units, as: UTF16.self)
        }

        private mutating func skipBlanks() {
            while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 }
        }
    }
}

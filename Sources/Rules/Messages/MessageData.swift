public import Basics
internal import LuaRuntime

/// Values that a message is written with in place of a customer's, such as a JSON file gives them.
///
/// Templates see what they see of Shopify's: objects in their order, lists with what is missing in them.
public struct MessageData {
    let encoded: LuaValue
    /// The customer's language, where the values have a customer with one.
    public let language: LanguageTag?

    /// No values.
    public static var none: MessageData { MessageData() }

    private init() {
        encoded = Self.encoded(.object([]))
        language = nil
    }

    /// The members of an object; nil for any other value.
    public init?(_ value: JSON) {
        guard case .object = value else { return nil }
        encoded = Self.encoded(value)
        if case .text(let text)? = value["customer"]?["language"] {
            language = LanguageTag(ofLocale: text)
        } else {
            language = nil
        }
    }

    /// As `messages.lua` takes it: a list is its items and their number, an object its names and its values.
    private static func encoded(_ value: JSON) -> LuaValue {
        switch value {
        case .null: return .missing
        case .boolean(let flag): return .boolean(flag)
        case .integer(let number): return .integer(number)
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .array(let items):
            return .table(
                LuaTable(fields: [
                    ("items", .table(LuaTable(array: items.map(encoded)))),
                    ("count", .integer(Int64(items.count))),
                ]))
        case .object(let members):
            var seen: Set<String> = []
            let names = members.map(\.name).filter { seen.insert($0).inserted }
            return .table(
                LuaTable(fields: [
                    ("names", .table(LuaTable(array: names.map(LuaValue.text)))),
                    ("values", .table(LuaTable(fields: members.map { ($0.name, encoded($0.value)) }))),
                ]))
        }
    }
}

internal import Catalog
internal import ScriptSyntax

/// `word "name" { key = value, … }` at any place of a script, or `word "name" (settings)`.
struct Definition: Sendable {
    /// The word, such as `segment`.
    let word: String
    /// Where the word stands.
    let wordRange: SourceRange
    /// The name.
    let name: String
    /// Where the name stands, with its quotes.
    let nameRange: SourceRange
    /// The settings with a name that can be seen.
    let settings: [Setting]

    /// One of the settings.
    struct Setting: Sendable {
        let key: String
        let keyRange: SourceRange
        let value: LuaExpression
    }

    /// Settings whose value is a function of a customer.
    static let customerSettings: Set<String> = [
        "where", "content", "journey", "goal", "exit_when", "audience", "of", "action", "rates",
    ]

    /// Settings whose function answers true or false.
    static let predicateSettings: Set<String> = ["where", "audience", "goal", "exit_when"]

    subscript(_ key: String) -> LuaExpression? { settings.last { $0.key == key }?.value }

    /// The field that a trait declares itself to be; nil where it does not, or where that cannot be seen.
    var declaredField: LintField? {
        if ["rank", "quantiles", "count"].contains(where: { self[$0] != nil }) {
            return LintField(Field(name, .integer, ""))
        }
        if self["share"] != nil { return LintField(Field(name, .number, "")) }
        var values: [String] = []
        if let list = self["values"] {
            guard case .table(let items) = list.unwrapped.kind else { return nil }
            for item in items {
                guard case .position(let value) = item, let text = value.text else { return nil }
                values.append(text)
            }
        }
        let types: [String: ValueType] = [
            "text": .text, "number": .number, "integer": .integer, "boolean": .boolean, "money": .money,
            "date": .date, "time": .instant,
        ]
        guard let type = values.isEmpty ? self["type"]?.text.flatMap({ types[$0] }) : .text else {
            return nil
        }
        return LintField(Field(name, type, "", values: values))
    }

    /// The definitions of a script.
    static func all(in index: SyntaxIndex, _ world: LintWorld) -> [Definition] {
        index.expressions.compactMap { expression in
            guard case .call(let callee, let arguments) = expression.kind, arguments.count == 1,
                case .call(let word, let names) = callee.kind, names.count == 1,
                let name = names[0].text, case .name(let global) = word.kind, global.variable == nil,
                world.words.contains(where: { $0.name == global.text && !$0.settings.isEmpty })
            else { return nil }
            var seen: [Setting] = []
            if case .table(let items) = arguments[0].unwrapped.kind { seen = settings(of: items) }
            return Definition(
                word: global.text, wordRange: global.range, name: name, nameRange: names[0].range,
                settings: seen)
        }
    }

    /// The words of definitions that a script uses in other ways too, so that it may define any name with
    /// them.
    static func openWords(
        in index: SyntaxIndex, _ definitions: [Definition], _ world: LintWorld
    ) -> Set<String> {
        let words = Set(world.words.filter { !$0.settings.isEmpty }.map(\.name))
        var plain = Set(definitions.map(\.wordRange))
        for expression in index.expressions {
            // `segment.vip` names one, and defines none.
            if case .index(let object, _) = expression.kind { plain.insert(object.unwrapped.range) }
        }
        var open: Set<String> = []
        for expression in index.expressions {
            guard case .name(let name) = expression.kind else { continue }
            // Through the table of globals, and in texts that are loaded, each of them can be had.
            if ["_ENV", "_G", "load"].contains(name.text) { return words }
            if name.variable == nil, words.contains(name.text), !plain.contains(name.range) {
                open.insert(name.text)
            }
        }
        return open
    }

    /// The fields of a table whose keys can be seen.
    static func settings(of items: [LuaTableItem]) -> [Setting] {
        items.compactMap { item in
            guard case .field(let key, let value) = item, let text = key.text else { return nil }
            return Setting(key: text, keyRange: key.range, value: value)
        }
    }
}

extension LuaExpression {
    /// The text of a literal, where it is UTF-8.
    var text: String? {
        guard case .string(let bytes) = kind else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// What stands in the brackets around it, or itself.
    var unwrapped: LuaExpression {
        var result = self
        while case .parenthesized(let inner) = result.kind { result = inner }
        return result
    }
}

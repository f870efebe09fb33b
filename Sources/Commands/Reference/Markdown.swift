internal import Catalog
internal import LuaRuntime
internal import Rules

/// Blocks of Markdown, each with a line break at its end.
enum Markdown {
    /// A table.
    static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header, header.map { _ in "---" }] + rows
        return lines.map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
            .joined(separator: "\n") + "\n"
    }

    /// Text as code; nothing stays nothing.
    static func code(_ text: String) -> String { text.isEmpty ? "" : "`\(text)`" }

    /// A word with its settings and an example, below a heading of its own.
    static func section(_ word: HostWord) -> String {
        let takes = word.parameters.isEmpty ? "" : " Takes \(takes(word))."
        let gives = word.result.isEmpty ? "" : " Gives \(code(word.result))."
        let settings = word.settingKeys.isEmpty ? "" : keys(word.settingKeys) + "\n"
        return
            "### `\(word.signature)`\n\n\(word.doc)\(takes)\(gives)\n\n\(settings)```lua\n\(word.example)\n```\n"
    }

    /// Methods, a row for each.
    static func methods(_ words: [HostWord]) -> String {
        table(
            ["call", "takes", "gives", "what it is", "example"],
            words.map { [code($0.signature), takes($0), code($0.result), $0.doc, code($0.example)] })
    }

    /// The arguments and what each takes: "`n`: a number".
    private static func takes(_ word: HostWord) -> String {
        word.parameters.map { "`\($0.name)`: \($0.expected)\($0.isSaidOptional ? ", or nothing" : "")" }
            .joined(separator: "; ")
    }

    /// The keys of a table that scripts write or get; `noun` is what they are called, and `needed` what is said of those that
    /// are always there.
    static func keys(_ keys: [TableKey], _ noun: String = "setting", needed: String = "needed") -> String {
        table(
            [noun, "type", "what it says"],
            keys.map { key in
                [code(key.name), code(key.type) + (key.isRequired ? ", \(needed)" : ""), key.doc]
            })
    }

    /// Fields, a row for each.
    static func fields(_ fields: [Field]) -> String { table(["field", "type", "what it is"], rows(fields)) }

    /// The rows of a table of fields.
    static func rows(_ fields: [Field]) -> [[String]] {
        fields.map { field in
            let values = field.values.isEmpty ? "" : " One of \(field.values.joined(separator: ", "))."
            return [code(field.name), field.type.rawValue, field.doc + values]
        }
    }

    /// The tables that words take or give, those of words behind their names: each with its keys.
    static func shapes(of words: [HostWord]) -> [String] {
        let types = words.flatMap { word in
            word.settingKeys.map(\.type) + word.parameters.map(\.type) + [word.result]
        }
        var names = Set(types.flatMap(self.names))
        var found: [TableShape] = []
        // What a shape has may be a shape again.
        while let next = tableShapes.first(where: { shape in
            names.contains(shape.name) && !found.contains { $0.name == shape.name }
        }) {
            found.append(next)
            names.formUnion(next.keys.flatMap { self.names($0.type) })
        }
        return tableShapes.filter { shape in found.contains { $0.name == shape.name } }.map { shape in
            "### `\(shape.name)`\n\n\(shape.doc)\n\n" + keys(shape.keys, "key", needed: "always")
        }
    }

    /// The names in a type of LuaCATS.
    private static func names(_ type: String) -> [String] {
        type.matches(of: #/[A-Za-z]+/#).map { String($0.output) }
    }
}

internal import Catalog
internal import Foundation
internal import LuaRuntime
internal import Rules

/// Pieces of a file of annotations for lua-language-server, each with a line break at its end.
///
/// The notation is described at <https://luals.github.io/wiki/annotations/>.
enum LuaCATS {
    /// `---@alias NAME TYPE`
    static func alias(_ name: String, _ type: String, _ doc: String) -> String {
        comment(doc) + "---@alias \(name) \(type)\n"
    }

    /// `---@alias NAME string` with values that are offered, of which there may be others.
    static func openAlias(_ name: String, _ values: [(name: String, doc: String)], _ doc: String) -> String {
        let lines = values.map { value in
            "---| \(literals([value.name]))\(value.doc.isEmpty ? "" : " # \(oneLine(value.doc))")\n"
        }
        return comment(doc) + "---@alias \(name) string\n" + lines.joined()
    }

    /// `---@class NAME` with its fields, which no script may add to. A local of that name takes its methods where it has
    /// some.
    static func type(
        _ name: String, _ doc: String, fields: [TableKey] = [], operators: [String] = [],
        methods: [String] = []
    ) -> String {
        let head = comment(doc) + "---@class (exact) \(name)\n"
        let lines = operators.map { "---@operator \($0)\n" } + fields.map(field)
        return head + lines.joined()
            + (methods.isEmpty ? "" : "local \(name) = {}\n\n" + methods.joined(separator: "\n"))
    }

    /// `---@field name? type One sentence.`
    private static func field(_ key: TableKey) -> String {
        let isPlace = key.name.hasPrefix("[")
        let name = isPlace || isName(key.name) ? key.name : "[\(literals([key.name]))]"
        // A mark behind brackets is not understood everywhere.
        let isMarked = !key.isRequired && !name.hasPrefix("[")
        let type = key.isRequired || isMarked ? key.type : optional(key.type)
        return "---@field \(name)\(isMarked ? "?" : "") \(bracketed(type)) \(oneLine(key.doc))".trimmed + "\n"
    }

    /// A function with its parameters and what it gives; `owner` is what stands before its name: `Customer:`. Of a method of
    /// relations, as `relation` has it.
    static func function(_ word: HostWord, owner: String = "", of relation: Relation? = nil) -> String {
        let parameters = word.parameters.map { parameter in
            let own = relation?.luaType(of: parameter, word)
            return (
                parameter.name, own ?? word.luaType(of: parameter),
                parameter.isPlain ? "" : parameter.expected
            )
        }
        // Examples of methods of relations are about orders.
        let isApt = relation.map { word.example.contains("c.\($0.name)") } ?? true
        return function(
            "\(owner)\(word.name)", doc: word.doc, example: isApt ? word.example : "", parameters: parameters,
            result: relation?.luaResult(of: word) ?? word.result, deprecated: word.deprecated)
    }

    /// A word or a method of a plugin, which says no more of what it takes than its signature does.
    static func provided(_ word: HostWord, owner: String = "") -> String {
        let list = word.signature.firstMatch(of: #/\(([^()]*)\)/#)?.1 ?? ""
        let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let known = names.allSatisfy(isName) ? names : ["..."]
        return function(
            "\(owner)\(word.name)", doc: word.doc, example: word.example,
            parameters: known.map { ($0, "any", "") }, result: "any")
    }

    /// A function from its parts.
    static func function(
        _ name: String, doc: String, example: String = "",
        parameters: [(name: String, type: String, doc: String)] = [], result: String = "",
        deprecated: String? = nil
    ) -> String {
        let shown = example.isEmpty ? "" : "---\n---```lua\n" + comment(example) + "---```\n"
        let takes = parameters.map { "---@param \($0.name) \($0.type) \($0.doc)".trimmed + "\n" }
        let gives = result.isEmpty ? "" : "---@return \(result)\n"
        let warning = deprecated.map { "---@deprecated Better write \($0).\n" } ?? ""
        return comment(doc) + shown + warning + takes.joined() + gives
            + "function \(name)(\(parameters.map(\.name).joined(separator: ", "))) end\n"
    }

    /// Lines behind three dashes; nothing for an empty text.
    static func comment(_ text: String) -> String {
        text.isEmpty ? "" : text.split(separator: "\n").map { "---\($0)\n" }.joined()
    }

    /// A text of a person as one line, without what would end or divide the annotation.
    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// A type that may be missing.
    private static func optional(_ type: String) -> String {
        type.contains("|") || type.hasPrefix("fun(") ? "(\(type))?" : "\(type)?"
    }

    /// Several types in brackets, so that what follows is not read as one more.
    private static func bracketed(_ type: String) -> String {
        type.contains("|") && !type.hasPrefix("(") ? "(\(type))" : type
    }

    private static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: #/[A-Za-z_][A-Za-z0-9_]*/#) != nil
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}

extension LuaParameterInfo {
    /// Whether what it takes says no more than its type.
    fileprivate var isPlain: Bool {
        ["a text", "a number", "a table", "a function", "a value", "a time", "a customer"].contains(expected)
    }
}

extension HostWord {
    /// What a parameter takes: what it names, or else its own type.
    func luaType(of parameter: LuaParameterInfo) -> String {
        guard parameter.kind == .text, parameter.type.hasPrefix("string"),
            let name = thing(named: parameter.name)?.luaType
        else { return parameter.type }
        return name + (parameter.isOptional ? "?" : "")
    }
}

extension NamedThing {
    /// The type of its names; nil for what depends on where it stands.
    fileprivate var luaType: String? {
        switch self {
        case .template: "TemplateName"
        case .tag: "TagName"
        case .channel: "Channel"
        case .event: "EventName"
        case .property: literals(ProductProperty.self)
        case .oneOf(let words): literals(words)
        default: nil
        }
    }
}

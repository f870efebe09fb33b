internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Rules
internal import ScriptSyntax
internal import Store

/// What was defined at the prompt, as a script.
struct SavedScript {
    /// `scripts/vip.lua`
    let path: String
    private let word: String
    private let name: String
    private let chunk: LuaChunk
    private let definition: LuaExpression
    private let table: LuaExpression
    /// Variables of the prompt that it reads, as declarations.
    private let variables: [String]
    /// Custom attributes that the definition reads, in the order of their definitions.
    private let attributes: [String]
    /// The text of the definition, and of the segments that it asks.
    private let texts: String

    /// - Throws: an error with the next step where nothing of that name was defined at the prompt, or where it needs what a
    ///   script does not have.
    init(_ name: String, path: String, _ session: PromptSession) throws {
        self.name = name
        self.path = try Self.path(path)
        let host = session.host
        let known: [(word: String, location: SourceLocation?)] = [
            ("segment", host.segments[name]?.location), ("trait", host.traits[name]?.location),
            ("campaign", host.campaigns.first { $0.name == name }?.location),
            ("response", host.responses[name]?.location),
        ]
        let inputs = host.prompt?.inputs ?? [:]
        guard let found = known.first(where: { $0.location.map { inputs[$0.file] != nil } ?? false }),
            let location = found.location, let input = inputs[location.file]
        else {
            if let script = known.compactMap(\.location).first {
                throw LuaError("'\(name)' stands in \(script.file) already", hint: "edit \"\(script.file)\"")
            }
            throw LuaError(
                "nothing called '\(name)' was defined at the prompt",
                hint: "define it first, as in segment \"\(name)\" { where = function(c) return … end }")
        }
        let expression = LuaChunk(parsing: "return \(input.text)\n", path: input.path)
        chunk = expression.errors.isEmpty ? expression : LuaChunk(parsing: input.text, path: input.path)
        let calls = chunk.block.statements.flatMap(\.values)
        guard let (call, table) = calls.lazy.compactMap({ $0.definition(of: name) }).first else {
            throw LuaError(
                "the text that defines '\(name)' stands inside something else",
                hint: "type the definition once more, in a line of its own")
        }
        (word, definition, self.table) = (call.word, call.expression, table)
        let read = Set(
            chunk.source[definition.range].matches(of: #/\.([A-Za-z_]\w*)/#).map { String($0.1) })
        attributes = session.snapshot.attributes.map(\.name).filter(read.contains)
        texts = Self.texts(chunk.source[definition.range], host)
        variables = try Self.variables(in: chunk.source[definition.range], host, except: name)
    }

    private static func path(_ text: String) throws -> String {
        var path = text.hasPrefix("scripts/") ? text : "scripts/\(text)"
        if !path.hasSuffix(".lua") { path += ".lua" }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") }), !path.contains("\0") else {
            throw LuaError("a script is saved in scripts/, got '\(text)'", hint: "such as scripts/vip.lua")
        }
        return path
    }

    /// A definition with those of the segments that it names, and that those name.
    private static func texts(_ text: String, _ host: RuleHost) -> String {
        var found = [text]
        var known: Set<String> = []
        var place = 0
        while place < found.count {
            for match in found[place].matches(of: #/segment(?:\.(\w+)|\["([^"]+)"\])/#) {
                guard let name = (match.1 ?? match.2).map(String.init), known.insert(name).inserted,
                    let file = host.segments[name]?.location.file, let text = host.text(of: file)
                else { continue }
                let chunk = LuaChunk(parsing: text, path: file)
                let calls = chunk.block.statements.flatMap(\.values)
                guard let call = calls.lazy.compactMap({ $0.definition(of: name)?.call.expression }).first
                else { continue }
                found.append(chunk.source[call.range])
            }
            place += 1
        }
        return found.joined(separator: "\n")
    }

    /// Declarations of the prompt's variables that a text reads.
    private static func variables(in text: String, _ host: RuleHost, except name: String) throws -> [String] {
        var declarations: [String] = []
        let names = Set(text.matches(of: #/(?:^|[^.:\w"'])([A-Za-z_]\w*)/#).map { String($0.1) })
        for variable in names.intersection(host.variableNames).sorted() {
            guard let value = host.variable(variable) else { continue }
            guard let literal = literal(host.shape(of: value, LuaShapeLimits(depth: 3, values: 200))) else {
                throw LuaError(
                    "'\(variable)' is a variable of the prompt whose value a script cannot have",
                    hint: "write what it does into the definition")
            }
            declarations.append("local \(variable) = \(literal)")
        }
        let typed = host.segments.values.filter { host.isTyped($0.location) }
        for other in typed.map(\.name).sorted() where other != name {
            if text.contains("segment.\(other)") || text.contains("segment[\"\(other)\"]") {
                throw LuaError(
                    "it uses segment '\(other)', which stands in no script yet",
                    hint: "first: save(\"\(other)\", \"scripts/…\")")
            }
        }
        return declarations
    }

    /// The value as Lua writes it; nil for what is no plain data.
    private static func literal(_ shape: LuaShape) -> String? {
        switch shape {
        case .boolean(let flag): return flag ? "true" : "false"
        case .integer(let number): return String(number)
        case .number(let number): return number.isFinite ? "\(number)" : nil
        case .text(let text): return luaLiteral(text)
        case .table(let items, let named, 0):
            let values = items.map(literal)
            let fields = named.map { entry -> String? in
                guard case .text(let key) = entry.key, let value = literal(entry.value) else { return nil }
                return "\(luaKey(key)) = \(value)"
            }
            let parts = (values + fields).compactMap(\.self)
            return parts.count == items.count + named.count ? "{ \(parts.joined(separator: ", ")) }" : nil
        default: return nil
        }
    }

    /// Whether it defines a segment, which tests can ask.
    var isSegment: Bool { word == "segment" }

    /// The setting that says what it is.
    private var descriptionKey: String { word == "trait" ? "doc" : "description" }

    /// The text of the script; `description` is for a definition that has none.
    func text(description given: String?, tests: [String]) -> String {
        let own = described
        let description = own ?? given ?? standardDescription
        var body = TidyLua(chunk).text(of: table)
        if own == nil, ["segment", "campaign", "trait"].contains(word) {
            body =
                body.hasPrefix("{\n")
                ? "{\n  \(descriptionKey) = \(luaLiteral(description)),\n" + body.dropFirst(2)
                : "{\n  \(descriptionKey) = \(luaLiteral(description)),\n  "
                    + body.dropFirst().dropLast().trimmed
                    + ",\n}"
        }
        let sentence = description.last.map { ".!?。".contains($0) } == true ? description : description + "."
        var text = "--- \(sentence)\n"
        if !attributes.isEmpty { text += "---\n" }
        for attribute in attributes { text += "--- @needs field \(attribute)\n" }
        text += "\n"
        if !variables.isEmpty { text += variables.joined(separator: "\n") + "\n\n" }
        text += "\(word) \(luaLiteral(name)) \(body)\n"
        for test in tests { text += "\n" + test }
        return text
    }

    private var described: String? {
        guard case .table(let items) = table.kind else { return nil }
        for case .field(let key, let value) in items {
            if case .string(let name) = key.kind, name == Array(descriptionKey.utf8),
                case .string(let text) = value.kind
            {
                return String(decoding: text, as: UTF8.self)
            }
        }
        return nil
    }

    /// Where there is no description: the condition itself.
    private var standardDescription: String {
        guard isSegment, let condition else { return "The \(word) \(name)" }
        return "Customers where " + condition
    }

    private var condition: String? {
        guard case .table(let items) = table.kind else { return nil }
        for case .field(_, let value) in items {
            if case .function(let body) = value.kind, body.body.statements.count == 1,
                case .return(let values) = body.body.statements[0].kind, let only = values.first
            {
                return chunk.source[only.range].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
        }
        return nil
    }

    /// Texts that stand behind `c.` or are named behind `c:has_tag`, `c:likes` and `c:consents_to`.
    func names(behind pattern: Regex<(Substring, Substring)>) -> [String] {
        var found: [String] = []
        for match in texts.matches(of: pattern)
        where !found.contains(String(match.1)) {
            found.append(String(match.1))
        }
        return found
    }
}

extension LuaStatement {
    /// The expressions whose values a statement at the top takes.
    fileprivate var values: [LuaExpression] {
        switch kind {
        case .return(let values), .local(_, let values), .assignment(_, let values): values
        case .call(let call): [call]
        default: []
        }
    }
}

extension LuaExpression {
    /// `word "name" { … }` for a name.
    fileprivate func definition(
        of name: String
    ) -> (call: (word: String, expression: LuaExpression), table: LuaExpression)? {
        guard case .call(let callee, let tables) = kind, let table = tables.first, case .table = table.kind,
            case .call(let word, let names) = callee.kind, case .name(let token) = word.kind,
            case .string(let bytes)? = names.first?.kind, bytes.elementsEqual(name.utf8)
        else { return nil }
        return ((token.text, self), table)
    }
}

extension StringProtocol {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines.union([","])) }
}

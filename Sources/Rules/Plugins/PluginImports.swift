package import Catalog
package import Diagnostics
internal import LuaRuntime
internal import ScriptSyntax

/// A custom attribute that a plugin makes known: `plugin.field "card_number" { … }`.
package struct ProvidedField {
    /// The attribute, as rules read it.
    package let field: Field
    /// Names of columns of imported files that hold it.
    package let headers: [String]

    /// - Throws: ``LuaError`` or ``RuleError`` about a name or a setting that it cannot have.
    init(_ name: String, _ settings: Settings) throws {
        guard isLuaName(name) else {
            throw LuaError(
                "plugin.field takes a name that Lua reads behind a dot, got '\(name)'",
                hint: "letters without accents, digits and _, such as card_number")
        }
        if let owner = Trait.owner(ofName: name) {
            throw RuleError.nameTaken(trait: name, by: owner, at: settings.location)
        }
        guard let kind = try settings.choice("type", Kind.self) else {
            throw settings.missing("type", example: "type = \"text\"")
        }
        field = Field(name, kind.type, try settings.text("doc") ?? "")
        headers = try settings.names("headers") ?? []
    }

    /// What scripts call the types of attributes.
    private enum Kind: String, CaseIterable {
        case text, number, integer, boolean, date, time

        var type: ValueType {
            switch self {
            case .text: .text
            case .number: .number
            case .integer: .integer
            case .boolean: .boolean
            case .date: .date
            case .time: .instant
            }
        }
    }
}

/// Other names of columns for a kind of import: `plugin.headers "orders" { … }`.
package struct ProvidedHeaders {
    /// The kind of import, as `moonletter import` takes it.
    package let kind: String
    /// Where they are defined.
    package let location: SourceLocation
    /// Lists of headers by the field that they stand for.
    package let names: [String: [String]]

    /// - Throws: ``RuleError`` about `names` that are no lists of texts by name.
    init(_ kind: String, _ settings: Settings) throws {
        (self.kind, location) = (kind, settings.location)
        guard case .table(let table) = settings["names"], table.array.isEmpty else {
            throw settings.wrong("names", Self.expected, settings["names"].described)
        }
        var names: [String: [String]] = [:]
        for (field, value) in table.fields {
            guard let list = value.texts else {
                throw settings.wrong("names", Self.expected, value.described)
            }
            names[field] = list
        }
        self.names = names
    }

    private static let expected = "lists of headers by field, such as { order_number = { \"订单编号\" } }"
}

/// A way to read a file that is no table of columns: `plugin.importer "cdnow" { … }`.
package struct ProvidedImporter {
    /// Its name, as `--importer` takes it.
    package let name: String
    /// Where it is defined.
    package let location: SourceLocation
    /// What its rows are, as `moonletter import` takes it.
    package let kind: String
    /// The headers of what it gives, in order.
    package let columns: [String]
    private let read: LuaFunction

    /// - Throws: ``RuleError`` about a setting that it cannot have.
    init(_ name: String, _ settings: Settings) throws {
        (self.name, location) = (name, settings.location)
        kind = try settings.text("kind") ?? ""
        columns = try settings.names("columns") ?? []
        guard !columns.isEmpty else {
            throw settings.wrong("columns", "a list of headers", "an empty one")
        }
        guard case .function(let read) = settings["read"] else {
            throw settings.wrong("read", "a function", settings["read"].described)
        }
        self.read = read
    }

    /// The values of a line of the file, its number counted from 1; nil where the line is to be left out.
    ///
    /// - Throws: the plugin's error as a ``Diagnostic``, also where it gives no list of texts and numbers.
    package func values(ofLine number: Int, _ line: String, _ host: RuleHost) throws -> [String]? {
        let answer = try host.call(read, .value(.text(line)), .value(.integer(Int64(number))))
        if case .missing = answer { return nil }
        guard case .table(let table) = answer, table.fields.isEmpty else {
            throw wrong("a list of values, or nothing", answer.described)
        }
        return try table.array.map { value in
            switch value {
            case .text(let text): return text
            case .integer(let number): return String(number)
            case .number(let number): return Self.text(of: number)
            default: throw wrong("texts and numbers", value.described)
            }
        }
    }

    private func wrong(_ expected: String, _ got: String) -> Diagnostic {
        Diagnostic(
            "'read' of importer '\(name)' gives \(expected), got \(got)", at: location,
            hint: "give an empty text for a value that the line does not have")
    }

    /// Three decimals would pass for thousands: 1.234 becomes 1.2340.
    private static func text(of number: Double) -> String {
        let text = "\(number)"
        let decimals = text.split(separator: ".").last.map(\.count)
        return decimals == 3 && !text.contains("e") ? text + "0" : text
    }
}

extension RuleHost {
    /// The custom attributes that plugins make known.
    package var providedFields: [ProvidedField] {
        get throws { try provisions(of: .field).map { try ProvidedField($0.name, settings(of: $0)) } }
    }

    /// The names of columns that plugins know.
    package var providedHeaders: [ProvidedHeaders] {
        get throws { try provisions(of: .headers).map { try ProvidedHeaders($0.name, settings(of: $0)) } }
    }

    /// The files that plugins can read.
    package var providedImporters: [ProvidedImporter] {
        get throws { try provisions(of: .importer).map { try ProvidedImporter($0.name, settings(of: $0)) } }
    }

    /// What a provision says, to be read key by key.
    func settings(of provision: Provision) -> Settings {
        Settings(
            "\(provision.kind.rawValue) '\(provision.name)'", provision.settings, self, at: provision.location
        )
    }
}

extension Settings {
    /// A list of texts.
    func names(_ key: String) throws -> [String]? {
        if case .missing = table[key] { return nil }
        guard let texts = table[key].texts else { throw wrong(key, "a list of texts", table[key].described) }
        return texts
    }
}

extension LuaValue {
    /// The texts of a list of nothing else; nil for another value.
    var texts: [String]? {
        guard case .table(let table) = self, table.fields.isEmpty else { return nil }
        let texts = table.array.compactMap {
            if case .text(let text) = $0, !text.isEmpty { text } else { nil }
        }
        return texts.count == table.array.count ? texts : nil
    }
}

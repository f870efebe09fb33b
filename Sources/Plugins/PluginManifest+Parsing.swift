internal import Basics
internal import LuaRuntime
internal import Rules

extension PluginManifest {
    /// Reads and checks the text of a `plugin.json`.
    ///
    /// - Parameter file: its path, for errors; the name of its folder must be the plugin's.
    /// - Throws: ``PluginError`` that names the key.
    public init(parsing text: String, at file: String) throws(PluginError) {
        let json: JSON
        do {
            json = try JSON(parsing: text)
        } catch {
            throw .notJSON(file: file, reason: error.message, line: error.line, column: error.column)
        }
        let root = ManifestReader(file: file, path: "", json: json)
        try root.allow(Self.keys.map(\.name))
        let name = try root.text("name", expected: "a name such as \"rfm\"")
        guard Self.isName(name) else {
            throw root.wrong("name", "small letters, digits and hyphens, at most 40", "'\(name)'")
        }
        let folder = file.split(separator: "/").dropLast().last.map(String.init)
        if let folder, folder != name {
            throw root.wrong("name", "the name of its folder, '\(folder)'", "'\(name)'")
        }
        let api = try root.integer("api", expected: "the number of the interface, \(Self.api)")
        guard api == Self.api else { throw .otherAPI(plugin: name, wants: api, has: Self.api) }
        let version = try root.text("version", expected: "a version such as \"1.0.0\"")
        guard PluginVersion(version) != nil else {
            throw root.wrong("version", "three numbers such as \"1.0.0\"", "'\(version)'")
        }
        let entry = try root.optionalText("entry") ?? "main.lua"
        guard entry.hasSuffix(".lua"), Self.isInside(entry) else {
            throw root.wrong("entry", "a Lua file in the plugin's folder", "'\(entry)'")
        }
        self.init(
            name: name, version: version,
            description: try root.text("description", expected: "one sentence"),
            license: try root.text("license", expected: "a licence such as \"MIT\""),
            author: try root.optionalText("author"), entry: entry, permissions: try Self.permissions(root),
            budgets: try Self.budgets(root), options: try Self.options(root),
            provides: try Self.provides(root))
    }

    /// Whether a text may be a plugin's name.
    public static func isName(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.first != "-"
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    /// Whether a path stays in its folder.
    static func isInside(_ path: String) -> Bool {
        !path.hasPrefix("/") && !path.contains("\\")
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && $0 != "." && $0 != ".."
            }
    }

    private static func permissions(_ root: ManifestReader) throws(PluginError) -> Set<PluginPermission> {
        guard let permissions = try root.object("permissions", allowing: ["read", "act"]) else { return [] }
        var found: Set<PluginPermission> = []
        if let read = try permissions.object("read", allowing: ["fields", "tables"]) {
            for name in try read.texts("fields") { found.insert(PluginPermission(.field, name)) }
            for name in try read.texts("tables") {
                guard PluginPermission.tables.contains(name) else {
                    throw read.wrong(
                        "tables", "a list of \(PluginPermission.tables.joined(separator: ", "))", "'\(name)'")
                }
                found.insert(PluginPermission(.table, name))
            }
        }
        for name in try permissions.texts("act") {
            guard PluginPermission.verbs.contains(name) else {
                throw permissions.wrong(
                    "act", "a list of \(PluginPermission.verbs.joined(separator: ", "))", "'\(name)'")
            }
            found.insert(PluginPermission(.act, name))
        }
        return found
    }

    /// The standard limits, or those that the plugin sets itself, which may be lower only.
    private static func budgets(_ root: ManifestReader) throws(PluginError) -> LuaBudgets {
        var budgets = LuaBudgets.standard
        budgets.manifest = root.file
        guard let limits = try root.object("limits", allowing: ["memory_mb", "steps", "seconds"]) else {
            return budgets
        }
        let memory = try limits.optionalNumber("memory_mb", in: 1...Double(budgets.memory >> 20))
        let steps = try limits.optionalNumber("steps", in: 1000...1e10)
        let seconds = try limits.optionalNumber("seconds", in: 0.01...3600)
        if let memory { budgets.memory = Int(memory) << 20 }
        for kind in LuaBudgets.Kind.allCases {
            if let memory { budgets[kind].memory = min(budgets[kind].memory, Int(memory) << 20) }
            if let steps { budgets[kind].steps = min(budgets[kind].steps, Int(steps)) }
            if let seconds { budgets[kind].seconds = min(budgets[kind].seconds, seconds) }
        }
        return budgets
    }

    private static func options(_ root: ManifestReader) throws(PluginError) -> [Option] {
        guard let options = try root.object("options", allowing: nil) else { return [] }
        var found: [Option] = []
        for member in options.members {
            guard let entry = try options.object(member.name, allowing: ["type", "values", "default", "doc"])
            else {
                continue
            }
            let type = try entry.text("type", expected: "the kind of its values")
            guard let kind = Option.Kind(rawValue: type) else {
                throw entry.wrong(
                    "type", "one of \(Option.Kind.allCases.map(\.rawValue).joined(separator: ", "))",
                    "'\(type)'")
            }
            guard let standard = entry.json["default"] else {
                throw entry.wrong("default", "the value where the workspace sets none", "nothing")
            }
            var values: [JSON] = []
            switch entry.json["values"] {
            case nil: break
            case .array(let items)?: values = items
            case let other?: throw entry.wrong("values", "a list", other.described)
            }
            let option = Option(
                name: member.name, kind: kind, values: values, standard: standard,
                doc: try entry.text("doc", expected: "one sentence"))
            guard option.takes(standard) else {
                throw entry.wrong("default", option.expected, standard.described)
            }
            found.append(option)
        }
        return found
    }

    private static func provides(_ root: ManifestReader) throws(PluginError) -> [PluginKind: [String]] {
        let known = PluginKind.allCases.map(\.manifestKey)
        guard let provides = try root.object("provides", allowing: known) else { return [:] }
        var found: [PluginKind: [String]] = [:]
        for member in provides.members {
            guard let kind = PluginKind(manifestKey: member.name) else { continue }
            let names = try provides.texts(member.name)
            guard Set(names).count == names.count else {
                throw provides.wrong(member.name, "a list of different names", "one twice")
            }
            found[kind] = names
        }
        return found
    }
}

/// An object of a manifest, read key by key with errors that name the key.
private struct ManifestReader {
    let file: String
    /// The keys that lead here, each with a point behind it.
    let path: String
    let json: JSON

    var members: [JSON.Member] { if case .object(let members) = json { members } else { [] } }

    func allow(_ known: [String]) throws(PluginError) {
        guard case .object(let members) = json else {
            throw .wrong(
                file: file, key: path.isEmpty ? "it" : String(path.dropLast()), expected: "an object",
                got: json.described)
        }
        for member in members where !known.contains(member.name) {
            throw .unknownKey(file: file, key: path + member.name, known: known)
        }
    }

    func wrong(_ key: String, _ expected: String, _ got: String) -> PluginError {
        .wrong(file: file, key: path + key, expected: expected, got: got)
    }

    func optionalText(_ key: String) throws(PluginError) -> String? {
        switch json[key] {
        case nil: return nil
        case .text(let text)? where !text.isEmpty && text.count <= 500 && !text.contains(where: \.isNewline):
            return text
        case let other?: throw wrong(key, "a text of one line", other.described)
        }
    }

    func text(_ key: String, expected: String) throws(PluginError) -> String {
        guard let text = try optionalText(key) else { throw wrong(key, expected, "nothing") }
        return text
    }

    func integer(_ key: String, expected: String) throws(PluginError) -> Int64 {
        guard case .integer(let number)? = json[key] else {
            throw wrong(key, expected, json[key]?.described ?? "nothing")
        }
        return number
    }

    func optionalNumber(_ key: String, in range: ClosedRange<Double>) throws(PluginError) -> Double? {
        let number: Double
        switch json[key] {
        case nil: return nil
        case .integer(let whole)?: number = Double(whole)
        case .number(let value)?: number = value
        case let other?: throw wrong(key, "a number", other.described)
        }
        guard range.contains(number) else {
            throw wrong(key, "a number from \(range.lowerBound) to \(range.upperBound)", "\(number)")
        }
        return number
    }

    func texts(_ key: String) throws(PluginError) -> [String] {
        switch json[key] {
        case nil: return []
        case .array(let items)?:
            var texts: [String] = []
            for item in items {
                guard case .text(let text) = item, !text.isEmpty, text.count <= 100 else {
                    throw wrong(key, "a list of names", item.described)
                }
                texts.append(text)
            }
            return texts
        case let other?: throw wrong(key, "a list of names", other.described)
        }
    }

    /// The object under a key; nil where there is none.
    func object(_ key: String, allowing known: [String]?) throws(PluginError) -> ManifestReader? {
        guard let inner = json[key] else { return nil }
        let reader = ManifestReader(file: file, path: "\(path)\(key).", json: inner)
        if let known {
            try reader.allow(known)
        } else {
            try reader.allow(reader.members.map(\.name))
        }
        return reader
    }
}

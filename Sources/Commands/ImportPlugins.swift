internal import Catalog
internal import Diagnostics
internal import Rules
internal import Store

extension Workspace {
    /// What plugins say about imports; nil where none says anything.
    ///
    /// Cost: only plugins that provide fields, headers or importers are loaded.
    func importPlugins() throws -> ImportPlugins? {
        let kinds: Set<PluginKind> = [.field, .headers, .importer]
        let codes = try plugins().filter { !kinds.isDisjoint(with: $0.provides.keys) }
        return codes.isEmpty ? nil : try ImportPlugins(codes, self)
    }
}

/// What plugins say about imports: the attributes, the headers and the files that they know.
struct ImportPlugins {
    private let host: RuleHost

    fileprivate init(_ codes: [PluginCode], _ workspace: Workspace) throws {
        let settings = workspace.settings
        host = try RuleHost(
            clock: settings.clock(nil), budgets: settings.budgets, seed: settings.seed,
            language: settings.language)
        host.load(plugins: codes)
        host.pluginProblems.forEach(PluginWarnings.shared.tell)
    }

    /// The custom attributes that they make known.
    var fields: [Field] { get throws { try host.providedFields.map(\.field) } }

    /// Lets an import know their headers.
    ///
    /// - Throws: a ``Diagnostic`` about headers of a kind or a field that there is not.
    func addHeaders(to request: inout ImportRequest) throws {
        for provided in try host.providedHeaders {
            guard let kind = ImportKind(rawValue: provided.kind) else {
                throw Self.unknownKind(provided.kind, "plugin.headers", at: provided.location)
            }
            let fields = kind.fields.map(\.name)
            for (field, headers) in provided.names.sorted(by: { $0.key < $1.key }) {
                guard fields.contains(field) else {
                    throw Diagnostic(
                        "'\(field)' is no field of \(kind.rawValue)", at: provided.location, token: field,
                        hint: suggestion(field, fields, what: "field"))
                }
                if kind == request.kind { request.headers[field, default: []] += headers }
            }
        }
        for provided in try host.providedFields {
            request.attributeHeaders[provided.field.name] = provided.headers
        }
    }

    /// The importer of that name, which has to read what is asked for; the plugin runs for every line.
    ///
    /// - Throws: a ``Diagnostic`` where there is none, or one of another kind.
    func importer(_ name: String, _ kind: ImportKind) throws -> LineImporter {
        let importers = try host.providedImporters
        guard let importer = importers.first(where: { $0.name == name }) else {
            throw Self.unknownImporter(name, known: importers.map(\.name))
        }
        guard let its = ImportKind(rawValue: importer.kind) else {
            throw Self.unknownKind(importer.kind, "importer '\(name)'", at: importer.location)
        }
        guard its == kind else {
            throw Diagnostic(
                "importer '\(name)' reads \(its.rawValue), not \(kind.rawValue)",
                hint: "moonletter import \(its.rawValue) FILE --importer \(name)")
        }
        let host = host
        return LineImporter(name: name, columns: importer.columns) { line, number in
            try importer.values(ofLine: number, line, host)
        }
    }

    /// No plugin that runs has an importer of that name.
    static func unknownImporter(_ name: String, known: [String]) -> Diagnostic {
        Diagnostic(
            "there is no importer '\(name)'",
            hint: known.isEmpty
                ? "importers come with plugins: moonletter plugins list"
                : suggestion(name, known, what: "importer"))
    }

    private static func unknownKind(_ kind: String, _ what: String, at place: SourceLocation) -> Diagnostic {
        Diagnostic(
            "\(what) names '\(kind)', which is no kind of import", at: place, token: kind,
            hint: suggestion(kind, ImportKind.allCases.map(\.rawValue), what: "kind"))
    }
}

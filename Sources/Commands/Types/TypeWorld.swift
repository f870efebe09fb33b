internal import Catalog
internal import Foundation
internal import Rules
internal import Store

/// What the types of a workspace are made from, besides the words of the program.
struct TypeWorld {
    /// A name that something has, and what is said of it.
    typealias Named = (name: String, doc: String)

    /// The custom attributes.
    var attributes: [Field] = []
    /// The fields that scripts define, by name.
    var traits: [Trait] = []
    /// The fields that plugins provide, which no import has brought yet.
    var provided: [TableKey] = []
    /// The words and methods of plugins.
    var words: [HostWord] = []
    /// The segments, by name.
    var segments: [Named] = []
    /// The campaigns and follow-ups, by name.
    var campaigns: [Named] = []
    /// The templates by name, with the channels they are written for.
    var templates: [Named] = []

    /// Nothing but what every workspace has.
    init() {}

    /// What a workspace has.
    ///
    /// - Throws: the first error of a script, and where the database cannot be read.
    init(_ workspace: Workspace) throws {
        if FileManager.default.fileExists(atPath: workspace.path(Workspace.databaseName)) {
            attributes = try workspace.openStore().read(asOf: .max) { $0.attributes }
        }
        templates = channelsByTemplate(try workspace.templates()).sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.map(\.rawValue).joined(separator: ", "))
        }
        let clock = try workspace.settings.clock(nil)
        let host = try workspace.ruleSource(at: clock, templates: false).makeHost()
        provided = host.provisions(of: .field).filter { field in
            !attributes.contains { $0.name == field.name }
        }.map { TableKey($0.name, Self.luaType(ofField: $0.text("type") ?? ""), $0.doc) }
        words = host.pluginEntries
        traits = host.traits.values.sorted { $0.name < $1.name }
        segments = host.segments.values.sorted { $0.name < $1.name }.map { ($0.name, $0.description) }
        campaigns = host.campaigns.map { ($0.name, $0.description) }
    }

    /// What rules read of a field that a plugin declares; `time` is what plugins call an instant.
    private static func luaType(ofField type: String) -> String {
        type == "time" ? ValueType.instant.luaType : ValueType(rawValue: type)?.luaType ?? "any"
    }
}

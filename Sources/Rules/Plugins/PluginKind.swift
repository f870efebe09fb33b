/// A kind of things that a plugin can provide.
///
/// The raw value is the word in Lua: `plugin.filter "points" { … }`.
public enum PluginKind: String, Sendable, CaseIterable {
    // What scripts define as well.
    case segment, campaign, trait, model, response
    case followUp = "follow_up"
    // What only plugins provide.
    case field, word, method, filter, tag, channel, importer, headers, holidays, section, command, lint
    case relationMethod = "relation_method"

    /// The name of the list in `plugin.json`.
    public var manifestKey: String {
        switch self {
        case .headers, .holidays: rawValue
        default: rawValue + "s"
        }
    }

    /// The kind of a list in `plugin.json`; nil where there is none.
    public init?(manifestKey: String) {
        guard let kind = Self.allCases.first(where: { $0.manifestKey == manifestKey }) else { return nil }
        self = kind
    }

    /// What errors call one: "the Liquid filter".
    public var described: String {
        switch self {
        case .segment, .campaign, .trait, .model, .response, .field, .word, .channel, .importer: rawValue
        case .followUp: "follow-up"
        case .method: "method of customers"
        case .relationMethod: "method of relations"
        case .filter: "Liquid filter"
        case .tag: "Liquid tag"
        case .headers: "headers of"
        case .holidays: "calendar of holidays"
        case .section: "section of reports"
        case .command: "command of the prompt"
        case .lint: "check"
        }
    }
}

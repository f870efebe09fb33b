/// The names of filters and tags that templates have beside those of Liquid.
///
/// What they do is looked up in the helpers when a template runs: `rt.filters` and `rt.tags`.
public struct LiquidAdditions: Sendable, Hashable {
    /// The filters: `{{ value | name: argument }}`.
    public var filters: Set<String>
    /// The tags that stand alone: `{% name argument %}`.
    public var tags: Set<String>

    /// Additions of these names, of letters without accents, digits and `_`.
    public init(filters: Set<String> = [], tags: Set<String> = []) {
        self.filters = filters
        self.tags = tags
    }

    /// Whether Liquid has a filter of that name, or knows and refuses it, so that none can be added.
    public static func hasFilter(_ name: String) -> Bool {
        FilterSpec.known[name] != nil || FilterSpec.unsupported.contains(name)
    }

    /// Whether Liquid has a tag of that name, or knows and refuses it, so that none can be added.
    public static func hasTag(_ name: String) -> Bool {
        TagTable.names.contains(name) || TagTable.unsupported.contains(name)
    }
}

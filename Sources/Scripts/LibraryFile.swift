/// A file of a workspace, by its path there.
public struct LibraryFile: Sendable, Hashable {
    /// The path: `scripts/campaigns/win-back.lua`.
    public let path: String
    /// The text.
    public let text: String

    /// A file from its path and text.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }

    /// Whether its path says that it is a script.
    public var isScript: Bool { path.hasPrefix("scripts/") && path.hasSuffix(".lua") }

    /// Whether its path says that it holds texts in a language.
    public var isLocale: Bool { path.hasPrefix("templates/locales/") && path.hasSuffix(".json") }

    /// Whether its path says that it is a template.
    public var isTemplate: Bool { path.hasPrefix("templates/") && path.hasSuffix(".liquid") }
}

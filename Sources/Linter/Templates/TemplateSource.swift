/// A file of `templates/`: a template, or texts in a language.
public struct TemplateSource: Sendable {
    /// The path as it is shown.
    public let path: String
    /// The path in the workspace, which says what the file is: `templates/partials/footer.liquid`.
    public let name: String
    /// The text.
    public let text: String

    /// A file; `name` where it is shown by another path than the workspace's.
    public init(path: String, name: String? = nil, text: String) {
        self.path = path
        self.name = name ?? path
        self.text = text
    }

    /// How the paths of such files end; those of scripts end otherwise.
    public static let suffixes = [".liquid", ".json"]

    /// Whether it holds texts in a language: `templates/locales/de.json`.
    var isTranslation: Bool { name.hasSuffix(".json") }
}

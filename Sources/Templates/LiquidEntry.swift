/// A filter or a tag of templates, as the reference describes it.
public struct LiquidEntry: Sendable {
    /// As written in templates.
    public let name: String
    /// One sentence.
    public let doc: String
    /// Liquid that uses it.
    public let example: String
    /// What the example prints; nil where that depends on the workspace.
    public let output: String?

    init(_ name: String, _ doc: String, _ example: String, gives output: String? = nil) {
        self.name = name
        self.doc = doc
        self.example = example
        self.output = output
    }
}

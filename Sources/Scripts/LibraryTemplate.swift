internal import Catalog
internal import Templates

/// A template of a library, and what it names, found without rendering it.
public struct LibraryTemplate: Sendable {
    /// The file.
    public let file: LibraryFile
    /// What its path says.
    let name: TemplateName
    /// The channel that its messages are sent on; nil for a piece of other templates.
    let channel: String?
    /// The layout around it.
    let layout: String?
    /// The partials that it names.
    let partials: Set<String>
    /// The keys of its texts in languages.
    let keys: Set<String>
    /// Fields of the customer that it reads.
    let fields: Set<String>
    /// Whether it names a partial, a layout or a text by a value, so that only a run shows which.
    let isHidden: Bool

    /// Reads a template with the filters and tags that Liquid does not have; nil where it is broken, which
    /// `check` tells.
    ///
    /// Cost: linear in the text.
    init?(_ file: LibraryFile, _ additions: LiquidAdditions) {
        guard let template = try? TemplateFile(path: file.path, source: file.text) else { return nil }
        let texts: [TemplateFile.Part] = ["subject", "preheader", "from_name", "reply_to"].map { .value($0) }
        let body: TemplateFile.Part = template.name.kind == .partial ? .partial(form: "text") : .body
        var parts: [CompiledTemplate] = []
        for part in texts + [body, .text] {
            do throws(TemplateError) {
                if let compiled = try template.compiled(part, additions: additions) { parts.append(compiled) }
            } catch { return nil }
        }
        self.file = file
        name = template.name
        channel = template.name.kind == .message ? template.channel.rawValue : nil
        let outlines = parts.map(\.outline)
        layout = outlines.lazy.compactMap(\.layout).first?.name ?? template.layout?.name
        partials = Set(outlines.flatMap(\.partials).compactMap(\.name))
        keys = Set(parts.flatMap(\.translations).map(\.key))
        fields = Set(
            outlines.flatMap(\.reads).compactMap { read in
                guard case .name("customer") = read.root, case .name(let field)? = read.steps.first?.kind
                else { return nil }
                return field
            })
        isHidden = outlines.flatMap(\.partials).contains { $0.name == nil }
    }
}

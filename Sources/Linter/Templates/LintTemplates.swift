internal import Diagnostics
internal import Formats
internal import Templates

/// The templates that are linted together, and what each of them can see.
struct LintTemplates {
    /// The files, in the order in which they came.
    private(set) var all: [LintTemplate]
    /// Whether every file could be read, and is there: what is broken may use any other.
    let areWhole: Bool
    /// The texts of all languages; nil where some cannot be read.
    let translations: Translations?
    /// Which of them are sent.
    let sent: SentTemplates
    /// Whether an `include` tag somewhere names a partial by a value.
    let includesAny: Bool
    /// Pieces that some file names.
    private let used: [TemplateName.Kind: Set<String>]
    private let scopes: TemplateScopes

    /// Reads the files.
    ///
    /// Cost: linear in their texts, and in the number of partials in each other.
    init(_ sources: [TemplateSource], _ scripts: LintScripts, _ world: LintWorld) {
        var all = sources.map { LintTemplate($0, world.additions) }
        translations = Self.readTranslations(sources, &all)
        Self.compilePartials(&all, world.additions)
        self.all = all
        areWhole = world.hasAllTemplates && all.allSatisfy { !$0.isBroken }
        sent = SentTemplates(scripts, world)
        let partials = all.flatMap(\.parts).flatMap(\.outline.partials)
        includesAny = partials.contains { $0.name == nil }
        used = [
            .partial: Set(partials.compactMap(\.name)), .layout: Set(all.compactMap { $0.layout?.name }),
        ]
        scopes = TemplateScopes(all, sent, areWhole: areWhole && !includesAny, world)
    }

    /// Reads the texts of the languages, and notes what is wrong with their files.
    private static func readTranslations(
        _ sources: [TemplateSource], _ all: inout [LintTemplate]
    ) -> Translations? {
        var translations = Translations()
        var isWhole = true
        for (place, source) in sources.enumerated().sorted(by: { $0.element.name < $1.element.name })
        where source.isTranslation {
            do {
                try translations.add(source.text, file: source.name)
            } catch {
                all[place].errors.append(error.diagnostic(in: source.path, text: source.text))
                isWhole = false
            }
        }
        return isWhole ? translations : nil
    }

    /// Compiles partials for the places where they stand, and notes what cannot stand there.
    private static func compilePartials(_ all: inout [LintTemplate], _ additions: LiquidAdditions) {
        func uses(_ partials: Set<PartialUse>, in path: String) -> [(use: PartialUse, path: String)] {
            // The same file gives the same findings in every run.
            partials.sorted { $0.form < $1.form }.map { ($0, path) }
        }
        var waiting = all.reversed().flatMap { template in
            template.parts.flatMap { uses($0.partials, in: template.path) }
        }
        var seen: Set<PartialUse> = []
        while let (use, path) = waiting.popLast() {
            guard seen.insert(use).inserted, let name = use.name else { continue }
            for place in all.indices where all[place].isPiece(.partial, name) && !all[place].parts.isEmpty {
                do {
                    guard let file = all[place].file else { continue }
                    let partial = try file.compiled(.partial(form: use.form), additions: additions)
                    waiting += uses(partial?.partials ?? [], in: all[place].path)
                } catch {
                    var error = error.diagnostic
                    guard !all[place].errors.contains(where: { $0.location == error.location }) else {
                        continue
                    }
                    error.notes.append("so it is where \(path) names it")
                    all[place].errors.append(error)
                }
            }
        }
    }

    /// The names of the pieces of a kind.
    func names(_ kind: TemplateName.Kind) -> [String] {
        Set(all.compactMap { $0.name?.kind == kind ? $0.name?.name : nil }).sorted()
    }

    /// Whether a template may be sent, or some file names a piece.
    func mayBeUsed(_ name: TemplateName) -> Bool {
        switch name.kind {
        case .message: sent.mayBeSent(name.name)
        case .partial: !areWhole || includesAny || (used[.partial]?.contains(name.name) ?? false)
        case .layout: !areWhole || (used[.layout]?.contains(name.name) ?? false)
        }
    }

    /// What the Liquid of a template sees.
    func scope(of part: CompiledTemplate, in template: LintTemplate) -> TemplateScope {
        scopes.scope(of: part, in: template)
    }
}

extension LintTemplate {
    /// Whether it is a piece of that name, in any language.
    func isPiece(_ kind: TemplateName.Kind, _ name: String) -> Bool {
        self.name?.kind == kind && self.name?.name == name
    }

    /// The layout around it, where it is a message: a `layout` tag goes before the front matter.
    var layout: TemplateFile.Mention? {
        guard let tag = parts.lazy.compactMap(\.layout).first else { return file?.layout }
        guard case .named = tag else { return nil }
        return parts.lazy.compactMap(\.outline.layout).first
    }
}

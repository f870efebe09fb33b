internal import Catalog
internal import Templates

/// What each template can see: a message what its campaigns give it, a layout what its messages see, and a
/// partial what is seen in all the places that name it.
struct TemplateScopes {
    /// What a file sees, in two parts.
    private struct Sight: Equatable {
        /// What `render` shows to the partials of the file.
        var shared = TemplateScope()
        /// All that the file sees.
        var all = TemplateScope()

        static let open = Sight(shared: .open, all: .open)

        mutating func formUnion(_ other: Sight) {
            shared.formUnion(other.shared)
            all.formUnion(other.all)
        }
    }

    private let world: LintWorld
    private var messages: [String: TemplateScope] = [:]
    private var layouts: [String: TemplateScope] = [:]
    private var partials: [String: Sight] = [:]
    /// The names that a partial gives to those who include it.
    private var gifts: [String: TemplateScope] = [:]
    private let areWhole: Bool

    /// `areWhole` where every place that names a piece can be seen.
    init(_ templates: [LintTemplate], _ sent: SentTemplates, areWhole: Bool, _ world: LintWorld) {
        self.world = world
        self.areWhole = areWhole
        for template in templates {
            guard let name = template.name, name.kind == .message else { continue }
            let scope = sent.scope(of: name.name)
            messages[name.name] = scope
            guard let layout = template.layout else { continue }
            layouts[layout.name, default: TemplateScope()].formUnion(scope.hidden(by: Self.ofLayouts))
        }
        guard areWhole else { return }
        learnGifts(templates)
        let named = Set(templates.flatMap(\.parts).flatMap(\.outline.partials).compactMap(\.name))
        // What is passed from partial to partial takes a round for each of them.
        for _ in 0...templates.count {
            let before = partials
            for template in templates {
                // What a named partial sees, those show that name it.
                if let name = template.name, name.kind == .partial, named.contains(name.name),
                    partials[name.name] == nil
                {
                    continue
                }
                learn(template)
            }
            if partials == before { return }
        }
    }

    /// What a layout sees of the message in it.
    private static let ofLayouts = TemplateScope([
        "content_for_layout": .value(.text), "subject": .value(.text), "preheader": .value(.text),
    ])

    private mutating func learnGifts(_ templates: [LintTemplate]) {
        for _ in 0...templates.count {
            let before = gifts
            for template in templates {
                guard let name = template.name, name.kind == .partial else { continue }
                for part in template.parts {
                    var names = gift(to: part)
                    for name in part.outline.assignments.keys { names.add(name, .unknown) }
                    gifts[name.name, default: TemplateScope()].formUnion(names)
                }
            }
            if gifts == before { return }
        }
    }

    /// The names that partials give to the Liquid which includes them.
    private func gift(to part: CompiledTemplate) -> TemplateScope {
        part.outline.partials.filter(\.isShared).reduce(into: TemplateScope()) { names, partial in
            if let gift = partial.name.flatMap({ gifts[$0] }) { names.formUnion(gift) }
        }
    }

    /// Notes what a file shows to its partials.
    private mutating func learn(_ template: LintTemplate) {
        for part in template.parts where !part.outline.partials.isEmpty {
            let scope = scope(of: part, in: template)
            var meanings = TemplateMeanings(part.outline, scope, world)
            for partial in part.outline.partials {
                guard let name = partial.name else { continue }
                let given = given(to: partial, meanings: &meanings, scope)
                let shared = sight(of: template).shared
                var around = shared
                if partial.isShared {
                    around = scope
                    for name in part.outline.assignments.keys { around.add(name, .unknown) }
                    let loops = partial.loops.mapValues { meanings.meaning(of: $0).element }
                    around = around.hidden(by: TemplateScope(loops))
                    if !loops.isEmpty { around.add("forloop", .unknown) }
                }
                partials[name, default: Sight()].formUnion(
                    Sight(shared: shared, all: around.hidden(by: given)))
            }
        }
    }

    /// The names that a tag gives its partial.
    private func given(
        to partial: TemplateOutline.Partial, meanings: inout TemplateMeanings, _ scope: TemplateScope
    ) -> TemplateScope {
        var given = TemplateScope(partial.arguments.mapValues { meanings.meaning(of: $0) })
        if let value = partial.value, let variable = partial.variable {
            let whole = meanings.meaning(of: value)
            let isList = partial.isRepeated || (partial.isShared && whole.element != .unknown)
            given.add(variable, isList ? whole.element : whole)
        } else if partial.isShared, let variable = partial.variable {
            given.add(variable, scope[variable] ?? .unknown)
        }
        if partial.isRepeated { given.add("forloop", .unknown) }
        return given
    }

    private func sight(of template: LintTemplate) -> Sight {
        guard let name = template.name else { return .open }
        switch name.kind {
        case .message:
            let scope = messages[name.name] ?? .open
            return Sight(shared: scope, all: scope)
        case .layout:
            guard areWhole, let scope = layouts[name.name] else { return .open }
            return Sight(shared: scope, all: scope)
        case .partial:
            guard areWhole, let sight = partials[name.name] else { return .open }
            return sight
        }
    }

    /// What the Liquid of a template sees, beside what it assigns.
    func scope(of part: CompiledTemplate, in template: LintTemplate) -> TemplateScope {
        var scope = sight(of: template).all
        scope.formUnion(gift(to: part))
        // A partial that cannot be seen may give any name.
        if !areWhole, part.outline.partials.contains(where: \.isShared) { scope.isOpen = true }
        return scope
    }
}

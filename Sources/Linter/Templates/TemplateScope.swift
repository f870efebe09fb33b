internal import Catalog
internal import Templates

/// The names that a template can see, and what they stand for.
struct TemplateScope: Equatable {
    /// What each stands for; unknown where that differs from place to place.
    private(set) var names: [String: Meaning] = [:]
    /// Whether it may see any other name too.
    var isOpen = false

    /// What every message sees.
    static let ofMessages = TemplateScope(
        Dictionary(
            uniqueKeysWithValues: [("customer", .customer), ("campaign", .value(.text))]
                + linkVariables.map { ($0, .value(.text)) }))

    /// Any name, and nothing is known but what every message sees.
    static let open = TemplateScope(ofMessages.names, isOpen: true)

    init(_ names: [String: Meaning] = [:], isOpen: Bool = false) {
        self.names = names
        self.isOpen = isOpen
    }

    /// Notes that a name may stand for something.
    mutating func add(_ name: String, _ meaning: Meaning) {
        names[name] = names[name].map { $0 == meaning ? meaning : .unknown } ?? meaning
    }

    /// Notes what is seen in another place.
    mutating func formUnion(_ other: TemplateScope) {
        for (name, meaning) in other.names { add(name, meaning) }
        isOpen = isOpen || other.isOpen
    }

    /// With names that hide those of this scope.
    func hidden(by other: TemplateScope) -> TemplateScope {
        TemplateScope(names.merging(other.names) { $1 }, isOpen: isOpen || other.isOpen)
    }

    /// What a name stands for; nil where nothing gives it.
    subscript(name: String) -> Meaning? { names[name] ?? (isOpen ? .unknown : nil) }
}

/// What the paths of a piece of Liquid stand for.
struct TemplateMeanings {
    private let outline: TemplateOutline
    private let scope: TemplateScope
    private let world: LintWorld
    private var known: [Int: Meaning] = [:]
    private var assigned: [String: Meaning] = [:]

    init(_ outline: TemplateOutline, _ scope: TemplateScope, _ world: LintWorld) {
        self.outline = outline
        self.scope = scope
        self.world = world
        for place in outline.reads.indices { _ = meaning(of: place) }
    }

    /// What the first name of a path stands for; nil where nothing gives it.
    mutating func root(of read: TemplateOutline.Read) -> Meaning? {
        switch read.root {
        case .element(let values): return meaning(of: values).element
        case .name(let name):
            guard let sources = outline.assignments[name] else { return scope[name] }
            if let known = assigned[name] { return known }
            // What is assigned from itself is unknown.
            assigned[name] = .unknown
            var all = Set(sources.map { meaning(of: $0) })
            if let outer = scope[name] { all.insert(outer) }
            assigned[name] = all.count == 1 ? all.first : .unknown
            return assigned[name]
        }
    }

    /// What a value stands for.
    mutating func meaning(of source: TemplateOutline.Source) -> Meaning {
        guard let read = source.read else { return .unknown }
        return source.filters.reduce(meaning(of: read)) { meaning, filter in
            if Self.keepingFilters.contains(filter) { return meaning }
            return Self.pickingFilters.contains(filter) ? meaning.element : .unknown
        }
    }

    private mutating func meaning(of place: Int) -> Meaning {
        if let known = known[place] { return known }
        let read = outline.reads[place]
        var meaning = root(of: read) ?? .unknown
        for step in read.steps { meaning = meaning.step(step.kind, world) }
        known[place] = meaning
        return meaning
    }

    /// Filters that give a list of some of the same items.
    private static let keepingFilters: Set<String> = [
        "sort", "sort_natural", "reverse", "where", "reject", "uniq", "compact",
    ]

    /// Filters that give one of the items.
    private static let pickingFilters: Set<String> = ["first", "last", "find"]
}

extension Meaning {
    /// What one of its items stands for in a template, which cannot ask a relation for its rows.
    var element: Meaning {
        switch self {
        case .records(let relation): .record(relation)
        case .orderItems: .orderItem
        default: .unknown
        }
    }

    /// What a step of a path leads to in a template.
    func step(_ step: TemplateOutline.Step.Kind, _ world: LintWorld) -> Meaning {
        switch (self, step) {
        case (.relation, _), (.records, .name), (.orderItems, .name): .unknown
        case (.records, .command("size")), (.orderItems, .command("size")): .value(.integer)
        case (.records, _), (.orderItems, _): element
        case (_, .name(let name)), (_, .command(let name)): member(name, world)
        case (_, .item): .unknown
        }
    }
}

internal import Diagnostics

/// Walks a template's tree for its outline.
struct OutlineReader {
    private(set) var outline: TemplateOutline
    private let source: TemplateText
    /// The variables of the loops around what is read, innermost last.
    private var loops: [(variable: String, values: TemplateOutline.Source)] = []

    /// The outline of a parsed template.
    ///
    /// Cost: one walk.
    static func outline(of nodes: [LiquidNode], _ parser: LiquidParser) -> TemplateOutline {
        var reader = OutlineReader(source: parser.text)
        reader.read(nodes)
        for name in parser.names.counted {
            reader.outline.assignments[name, default: []].append(.other)
        }
        if case .named(let name)? = parser.layout, let place = parser.layoutPlace {
            reader.outline.layout = TemplateFile.Mention(
                name: name, location: parser.text.location(at: place))
        }
        reader.outline.comments = parser.comments.map { comment in
            TemplateOutline.Comment(
                text: parser.text.string(parser.text.trimmed(comment.content)), range: comment.range)
        }
        return reader.outline
    }

    private init(source: TemplateText) {
        self.source = source
        outline = TemplateOutline(start: source.location(at: 0))
    }

    // MARK: Tags

    private mutating func read(_ nodes: [LiquidNode]) {
        for node in nodes { read(node) }
    }

    private mutating func read(_ node: LiquidNode) {
        switch node.kind {
        case .text, .space, .interrupt, .increment, .decrement: break
        case .output(let pipeline): _ = read(pipeline, node)
        case .assign(let name, let pipeline):
            let value = read(pipeline, node)
            outline.assignments[name, default: []].append(value)
        case .capture(let name, let body):
            read(body)
            outline.assignments[name, default: []].append(.other)
        case .branches(let branches):
            for branch in branches {
                for comparison in branch.condition?.comparisons ?? [] {
                    _ = read(comparison.left)
                    if let test = comparison.test { _ = read(test.right) }
                }
                read(branch.body)
            }
        case .choice(let choice):
            _ = read(choice.subject)
            for clause in choice.clauses {
                for value in clause.values ?? [] { _ = read(value) }
                read(clause.body)
            }
        case .loop(let loop):
            let values = read(loop.collection)
            if let limit = loop.limit { _ = read(limit) }
            if case .value(let offset)? = loop.offset { _ = read(offset) }
            read(loop.body, as: loop.variable, values)
            read(loop.otherwise ?? [])
        case .tableRow(let row):
            let values = read(row.collection)
            for setting in [row.columns, row.limit, row.offset] {
                if let setting { _ = read(setting) }
            }
            read(row.body, as: row.variable, values)
        case .cycle(let cycle):
            if case .named(let group) = cycle.group { _ = read(group) }
            for value in cycle.values { _ = read(value) }
        case .changed(let body): read(body)
        case .partial(let partial): read(partial, node)
        case .abort(let reason): if let reason { _ = read(reason) }
        }
    }

    /// The body of a loop.
    private mutating func read(
        _ body: [LiquidNode], as variable: String, _ values: TemplateOutline.Source
    ) {
        loops.append((variable, values))
        read(body)
        loops.removeLast()
    }

    private mutating func read(_ partial: LiquidPartial, _ node: LiquidNode) {
        var name: String?
        var place = node.place.lowerBound
        if case .string(let text) = partial.name {
            name = text
            place = self.place(of: text, from: node.place.upperBound) ?? place
        } else {
            _ = read(partial.name)
        }
        let value = partial.value.map { read($0) }
        var arguments: [String: TemplateOutline.Source] = [:]
        for (name, value) in partial.arguments { arguments[name] = read(value) }
        let baseName = name?.split(separator: "/").last.map(String.init)
        outline.partials.append(
            TemplateOutline.Partial(
                name: name, location: source.location(at: place), isShared: partial.kind == .shared,
                arguments: arguments, value: value, isRepeated: partial.isRepeated,
                variable: partial.alias ?? baseName,
                loops: Dictionary(loops.map { ($0.variable, $0.values) }) { $1 }))
    }

    /// Where a text literal next stands in the template, behind its mark.
    private func place(of text: String, from start: Int) -> Int? {
        let sought = Array(text.utf8)
        return source.bytes[start...].indices.first { mark in
            (source.bytes[mark] == UInt8(ascii: "'") || source.bytes[mark] == UInt8(ascii: "\""))
                && source.bytes[(mark + 1)...].starts(with: sought)
        }.map { $0 + 1 }
    }

    // MARK: Values

    /// Filters whose first argument is the name of a field.
    private static let propertyFilters: Set<String> = [
        "compact", "find", "find_index", "has", "map", "reject", "sort", "sort_natural", "sum", "uniq",
        "where",
    ]

    private mutating func read(_ pipeline: LiquidPipeline, _ node: LiquidNode) -> TemplateOutline.Source {
        let value = read(pipeline.value)
        for (number, filter) in pipeline.filters.enumerated() {
            if Self.propertyFilters.contains(filter.spec.name),
                case .string(let name)? = filter.arguments.first,
                let place = place(of: name, from: node.place.lowerBound)
            {
                let before = pipeline.filters.prefix(number).map(\.spec.name)
                outline.properties.append(
                    TemplateOutline.Property(
                        name: name, location: source.location(at: place),
                        items: TemplateOutline.Source(read: value.read, filters: before)))
            }
            for argument in filter.arguments { _ = read(argument) }
            for name in filter.keywords.keys.sorted() {
                if let argument = filter.keywords[name] { _ = read(argument) }
            }
        }
        return TemplateOutline.Source(read: value.read, filters: pipeline.filters.map(\.spec.name))
    }

    private mutating func read(_ expression: LiquidExpression) -> TemplateOutline.Source {
        switch expression {
        case .null, .boolean, .number, .string, .blank, .empty: return .other
        case .range(let first, let last):
            _ = read(first)
            _ = read(last)
            return .other
        case .lookup(let lookup): return read(lookup)
        }
    }

    private mutating func read(_ lookup: LiquidLookup) -> TemplateOutline.Source {
        let place = root(of: lookup).map { root in
            outline.reads.append(
                TemplateOutline.Read(
                    path: lookup.path,
                    location: SourceLocation(file: source.file, line: lookup.line, column: lookup.column),
                    root: root, steps: steps(of: lookup)))
            return outline.reads.count - 1
        }
        if case .dynamic(let name) = lookup.root { _ = read(name) }
        for case .index(let value) in lookup.steps { _ = read(value) }
        return TemplateOutline.Source(read: place, filters: [])
    }

    /// Nil where nobody can say, and for the state of a loop.
    private func root(of lookup: LiquidLookup) -> TemplateOutline.Root? {
        guard case .name(let name) = lookup.root else { return nil }
        if let loop = loops.last(where: { $0.variable == name }) { return .element(of: loop.values) }
        if !loops.isEmpty, name == "forloop" || name == "tablerowloop" { return nil }
        return .name(name)
    }

    /// The steps with their places in the path.
    private func steps(of lookup: LiquidLookup) -> [TemplateOutline.Step] {
        let path = lookup.path
        var place = path.startIndex
        if case .name(let name) = lookup.root { place = path.firstRange(of: name)?.upperBound ?? place }
        var offset = path.distance(from: path.startIndex, to: place)
        /// Moves behind the name, and gives the number of characters before it.
        func advance(over name: String) -> Int {
            guard let range = path[place...].firstRange(of: name) else { return offset }
            let start = offset + path.distance(from: place, to: range.lowerBound)
            offset = start + name.count
            place = range.upperBound
            return start
        }
        return lookup.steps.map { step in
            switch step {
            case .index: TemplateOutline.Step(kind: .item, offset: offset)
            case .name(let name): TemplateOutline.Step(kind: .name(name), offset: advance(over: name))
            case .command(let name): TemplateOutline.Step(kind: .command(name), offset: advance(over: name))
            }
        }
    }
}

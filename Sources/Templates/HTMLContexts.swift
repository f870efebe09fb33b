import Diagnostics

/// How an output is made harmless where it stands in HTML.
enum OutputContext {
    case text
    /// In a quoted attribute value.
    case attribute
    /// In the quoted value of an attribute that is a URL.
    case url(HTMLState.URLPart)
}

/// Follows the HTML of a template and tells each output how to escape; refuses outputs where no escaping helps.
///
/// Both ways of a branch, and a loop whether it runs or not, must leave the HTML alike, so that every output has one
/// place.
struct HTMLContexts {
    private let text: TemplateText
    private let initial: HTMLState
    /// Nil behind a `break` or `continue`.
    private var state: HTMLState?
    /// Where the loops around a node, the innermost last, are left or go on.
    private var interrupted: [[HTMLState]] = [[]]

    /// Gives the outputs of a template, or of a partial that is rendered at `initial`, their contexts.
    static func resolve(
        _ nodes: inout [LiquidNode], of text: TemplateText, from initial: HTMLState
    ) throws(TemplateError) {
        var contexts = HTMLContexts(text: text, initial: initial, state: initial)
        try contexts.read(&nodes)
        for end in contexts.interrupted.joined() + [contexts.state].compactMap({ $0 })
        where end.joined(with: initial) == nil {
            throw TemplateError(
                kind: .unfinishedHTML(end.described), location: text.location(at: end.start), token: "<")
        }
    }

    private mutating func read(_ nodes: inout [LiquidNode]) throws(TemplateError) {
        for index in nodes.indices {
            guard state != nil else { return }
            try read(&nodes[index])
        }
    }

    private mutating func read(_ node: inout LiquidNode) throws(TemplateError) {
        guard let before = state else { return }
        switch node.kind {
        case .text(let string), .space(let string):
            state?.read(Array(string.utf8)[...], offset: node.place.lowerBound)
        case .output(var pipeline):
            if pipeline.filters.last?.spec.effect != .printsAsIs { pipeline.context = try context(of: node) }
            node.kind = .output(pipeline)
            state?.passOutput()
        case .cycle(var cycle):
            if !cycle.values.allSatisfy(\.isLiteral) { cycle.context = try context(of: node) }
            node.kind = .cycle(cycle)
            state?.passOutput()
        case .increment, .decrement: state?.passOutput()
        case .assign: break
        case .capture(let name, var body):
            try readFragment(&body, of: node)
            node.kind = .capture(name, body)
            state = before
        case .changed(var body):
            try read(&body)
            node.kind = .changed(body)
            state = try joined([before, state], node)
        case .branches(var branches):
            var ends: [HTMLState?] = branches.last?.condition == nil ? [] : [before]
            for index in branches.indices {
                state = before
                try read(&branches[index].body)
                ends.append(state)
            }
            node.kind = .branches(branches)
            state = try joined(ends, node)
        case .choice(var choice):
            var ends: [HTMLState?] = choice.clauses.contains { $0.values == nil } ? [] : [before]
            for index in choice.clauses.indices {
                state = before
                try read(&choice.clauses[index].body)
                ends.append(state)
            }
            node.kind = .choice(choice)
            state = try joined(ends, node)
        case .loop(var loop):
            let end = try readRepeated(&loop.body, of: node, before)
            state = before
            if var otherwise = loop.otherwise {
                try read(&otherwise)
                loop.otherwise = otherwise
            }
            node.kind = .loop(loop)
            state = try joined([end, state], node)
        case .tableRow(var row):
            guard before.place == .text else { throw error(.misplacedTableRow(before.described), node) }
            _ = try readRepeated(&row.body, of: node, before)
            node.kind = .tableRow(row)
            state = before
        // Nothing is printed behind it.
        case .abort: state = nil
        case .interrupt:
            interrupted[interrupted.count - 1].append(before)
            state = nil
        case .partial(var partial):
            switch before.place {
            case .tagOpen, .tagName, .beforeValue, .declaration:
                throw error(.unescapable(before.described), node)
            default: break
            }
            partial.place = before
            node.kind = .partial(partial)
            state?.passOutput()
        }
    }

    /// Reads what is printed elsewhere: it begins and ends as text.
    private mutating func readFragment(_ body: inout [LiquidNode], of node: LiquidNode) throws(TemplateError)
    {
        state = HTMLState()
        try read(&body)
        if let end = state, end.place != .text {
            throw TemplateError(
                kind: .unfinishedHTML(end.described), location: text.location(at: end.start), token: "<")
        }
    }

    /// Reads a loop's body, which may begin where it ends; gives where the loop ends.
    private mutating func readRepeated(
        _ body: inout [LiquidNode], of node: LiquidNode, _ before: HTMLState
    ) throws(TemplateError) -> HTMLState? {
        var start = before
        for _ in 1...2 {
            interrupted.append([])
            state = start
            var read = body
            try self.read(&read)
            let ends = interrupted.removeLast() + [before]
            guard let end = try joined([state] + ends, node) else { return nil }
            if end.code == start.code || start.code != before.code {
                body = read
                return end
            }
            // A second round begins where the first has ended.
            start = end
        }
        return start
    }

    private func joined(_ ends: [HTMLState?], _ node: LiquidNode) throws(TemplateError) -> HTMLState? {
        var result: HTMLState?
        for case let end? in ends {
            guard let first = result else {
                result = end
                continue
            }
            guard let both = first.joined(with: end) else {
                throw error(
                    .differentEnds(tag: text.string(node.place), first.described, end.described), node)
            }
            result = both
        }
        return result
    }

    private func context(of node: LiquidNode) throws(TemplateError) -> OutputContext {
        guard let state else { return .text }
        switch state.place {
        case .text, .comment: return .text
        case .content where state.element == .plain: return .text
        case .value where state.quote != .none && state.attribute == .plain: return .attribute
        case .value where state.quote != .none && state.attribute == .url: return .url(state.part)
        default: throw error(.unescapable(state.described), node)
        }
    }

    private func error(_ kind: TemplateError.Kind, _ node: LiquidNode) -> TemplateError {
        TemplateError(
            kind: kind, location: text.location(at: node.place.lowerBound), token: text.string(node.place))
    }
}

extension HTMLState {
    /// The place as errors tell it.
    var described: HTMLPlace {
        switch place {
        case .text: .text
        case .tagOpen, .tagName: .tagName
        case .tag, .attributeName, .afterName, .afterValue: .tag
        case .beforeValue: .unquotedValue(name)
        case .value where attribute == .code: .program(name)
        case .value where attribute == .style: .styleAttribute
        case .value: quote == .none ? .unquotedValue(name) : .value(name)
        case .comment: .comment
        case .declaration: .declaration
        case .content:
            switch element {
            case .script: .script
            case .style: .style
            default: .plainElement
            }
        }
    }
}

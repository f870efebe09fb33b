import Diagnostics

extension ExpressionParser {
    /// A value with its filters up to the end of the markup; nil where there is nothing.
    mutating func pipeline() throws(TemplateError) -> LiquidPipeline? {
        if isAtEnd { return nil }
        var pipeline = LiquidPipeline(value: try expression())
        while accept(symbol: "|") {
            try checkCount(pipeline.filters.count)
            pipeline.filters.append(try filter())
        }
        try expectEnd("'|' and a filter, or the end")
        return pipeline
    }

    /// The values of a tag that was added, as what it prints: the first goes through a filter that takes the others.
    mutating func call(ofTag name: String) throws(TemplateError) -> LiquidPipeline {
        var filter = LiquidFilter(spec: FilterSpec(added: name, .addedTag), arguments: [], keywords: [:])
        guard !isAtEnd else { return LiquidPipeline(value: .null, filters: [filter]) }
        let first = try expression()
        while accept(symbol: ",") {
            // The first value is one of them.
            guard filter.arguments.count + 1 < Self.valueLimit else { throw tooMany(Self.valueLimit) }
            filter.arguments.append(try expression())
        }
        try expectEnd("',' and a value, or the end")
        return LiquidPipeline(value: first, filters: [filter])
    }

    /// A condition up to the end of the markup.
    mutating func condition() throws(TemplateError) -> LiquidCondition {
        var condition = LiquidCondition(comparisons: [try comparison()], joints: [])
        while !isAtEnd {
            if accept(name: "and") {
                condition.joints.append(.and)
            } else if accept(name: "or") {
                condition.joints.append(.or)
            } else {
                throw unexpected("an operator, 'and', 'or' or the end")
            }
            try checkCount(condition.comparisons.count)
            condition.comparisons.append(try comparison())
        }
        return condition
    }

    /// Refuses one part more than Lua compiles in time, or at all.
    func checkCount(_ count: Int) throws(TemplateError) {
        guard count < Self.partLimit else { throw tooMany(Self.partLimit) }
    }

    private func tooMany(_ limit: Int) -> TemplateError {
        TemplateError(
            kind: .tooManyValues(limit: limit),
            location: text.location(at: current.range.lowerBound), token: current.text)
    }

    private mutating func comparison() throws(TemplateError) -> LiquidCondition.Comparison {
        let left = try expression(inCondition: true)
        guard current.kind == .comparison else { return LiquidCondition.Comparison(left: left, test: nil) }
        let name = take().text
        return LiquidCondition.Comparison(left: left, test: (name, try expression(inCondition: true)))
    }

    private mutating func filter() throws(TemplateError) -> LiquidFilter {
        let word = current
        let name = try name("the name of a filter")
        let location = text.location(at: word.range.lowerBound)
        guard let spec = spec(name) else {
            let kind: TemplateError.Kind =
                FilterSpec.unsupported.contains(name)
                ? .unsupportedFilter(name) : .unknownFilter(name, added: addedFilters)
            throw TemplateError(kind: kind, location: location, token: name)
        }
        var filter = LiquidFilter(spec: spec, arguments: [], keywords: [:])
        if accept(symbol: ":") {
            repeat {
                if filter.arguments.count >= Self.valueLimit { throw tooMany(Self.valueLimit) }
                try argument(into: &filter)
            } while accept(symbol: ",")
        }
        let got = filter.arguments.count
        guard spec.takes(got) else {
            throw TemplateError(
                kind: .wrongArguments(filter: name, expected: spec.arity, got: got), location: location,
                token: name)
        }
        return filter
    }

    private func spec(_ name: String) -> FilterSpec? {
        FilterSpec.known[name]
            ?? (addedFilters.contains(name) ? FilterSpec(added: name, .addedFilter) : nil)
    }

    private mutating func argument(into filter: inout LiquidFilter) throws(TemplateError) {
        let word = current
        let value = try expression()
        guard case .lookup(let lookup) = value, lookup.steps.isEmpty, word.kind == .name, accept(symbol: ":")
        else {
            filter.arguments.append(value)
            return
        }
        guard filter.spec.takesAnyKeyword || filter.spec.keywords.contains(word.text) else {
            throw TemplateError(
                kind: .unknownArgument(filter: filter.spec.name, name: word.text),
                location: text.location(at: word.range.lowerBound), token: word.text)
        }
        filter.keywords[word.text] = try expression()
    }
}

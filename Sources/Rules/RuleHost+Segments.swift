internal import Diagnostics
internal import LuaRuntime

extension RuleHost {
    // MARK: Names

    /// The audience that an expression in Lua describes: `segment.dormant - segment.complained`.
    public func expression(_ text: String) throws -> SegmentExpression {
        lineText = text
        let value = try explaining {
            try state.call(try state.load("return \(text)", name: Self.commandLine))
        }
        switch value {
        case .object(let object as SegmentObject):
            try checkNames(in: object.expression)
            return object.expression
        case .function(let function):
            let location = SourceLocation(file: Self.commandLine, line: 1)
            return .predicate(
                RulePredicate(
                    function: function, owner: "the function given", location: location,
                    typedText: "return \(text)"))
        case let other: throw LuaError("an audience is a segment or a function, got \(other.described)")
        }
    }

    func checkNames(in expression: SegmentExpression) throws {
        for (name, location) in expression.names where segments[name] == nil {
            throw RuleError.unknown(
                what: "segment", name: name, at: location, known: Array(segments.keys))
        }
    }

    /// Refuses segments that are made of each other in a circle; those that ask for each other inside their
    /// functions show only when they do.
    func checkCircles() throws {
        var done: Set<String> = []
        func visit(_ segment: Segment, _ path: [String]) throws {
            for (name, location) in segment.members.names {
                if let start = path.firstIndex(of: name) {
                    throw RuleError.circularSegment(path: path[start...] + [name], at: location)
                }
                guard !done.contains(name), let next = segments[name] else { continue }
                guard path.count < Self.segmentDepthLimit else {
                    throw RuleError.segmentsTooDeep(
                        name: name, limit: Self.segmentDepthLimit, at: location)
                }
                try visit(next, path + [name])
            }
            done.insert(segment.name)
        }
        for segment in segments.values.sorted(by: { $0.name < $1.name }) where !done.contains(segment.name) {
            try visit(segment, [segment.name])
        }
    }

    // MARK: Asking

    /// Makes an audience ready to be asked.
    public func audience(_ expression: SegmentExpression) throws -> Audience {
        try Audience(expression, self)
    }

    /// Whether the customer whose turn it is belongs to a segment or a combination of segments, asked by a
    /// rule.
    ///
    /// - Throws: ``RuleError`` where a predicate raises or answers neither true nor false.
    func includes(_ expression: SegmentExpression, _ row: LuaRow) throws -> Bool {
        var chain = asking
        if let part = row.askedPart, let audience = askedAudience ?? walk?.asked {
            chain += audience.segments(around: part)
        }
        // A rule knows only the customer, so asked about the same one again it would never end.
        for (name, location) in expression.names {
            guard let start = chain.firstIndex(of: name) else { continue }
            throw RuleError.circularSegment(path: chain[start...] + [name], at: location)
        }
        guard chain.count + (walk?.traits.path.count ?? 0) < Self.segmentDepthLimit else {
            throw RuleError.segmentsTooDeep(name: expression.text, limit: Self.segmentDepthLimit, at: nil)
        }
        let audience = try readied(expression).filter
        let outer = (asking, askedAudience)
        (asking, askedAudience) = (chain, audience)
        defer { (asking, askedAudience) = outer }
        return try holds(audience, row)
    }

    private func readied(_ expression: SegmentExpression) throws -> Audience {
        guard case .named(let name, _) = expression else { return try Audience(expression, self) }
        if let audience = namedAudiences[name] { return audience }
        let audience = try Audience(expression, self)
        namedAudiences[name] = audience
        return audience
    }

    func holds(_ audience: AudienceFilter, _ row: LuaRow) throws -> Bool {
        do {
            return try afresh { try row.holds(audience.filter) }
        } catch let failure as LuaFilterError {
            throw audience.error(failure, self)
        }
    }

    /// So many segments may ask for each other; each level takes a piece of the C stack.
    static var segmentDepthLimit: Int { 50 }
}

extension LuaValue {
    /// What it is called where the value itself may be a customer's and stays unsaid: "a text".
    var kindName: String {
        switch self {
        case .text: "a text"
        case .integer, .number: "a number"
        default: described
        }
    }
}

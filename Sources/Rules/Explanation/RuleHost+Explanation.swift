internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import RuleCompiler
internal import ScriptSyntax

extension RuleHost {
    /// Explains an audience. Cost: one pass over all customers, in which each is asked the conditions in
    /// their order until one does not hold.
    ///
    /// Where a rule raises, what can be said without asking it, and the error.
    public func explain(_ expression: SegmentExpression, customerCount: Int) throws -> AudienceExplanation {
        let funnel = try Funnel(self, expression)
        let counted = AudienceFunnel(funnel)
        var failure: Diagnostic?
        var counts: [Int?] = funnel.steps.map { _ in nil }
        do {
            counts = try counted.counts(over: .min ... .max)
        } catch let error as any Diagnosable where !RuleHost.isInterrupted {
            failure = error.diagnostic
        }
        let (audience, _) = compile(expression)
        var request = CustomerRequest([])
        request.condition = audience.wanted
        request.flags = audience.plan.flags
        request.computed = try computedValues()
        return AudienceExplanation(
            text: expression.text, rules: funnel.rules, request: request,
            steps: zip(funnel.steps, counts).map { step, count in
                AudienceExplanation.Step(
                    text: step.text, place: step.place, location: step.location, count: count)
            }, customerCount: customerCount, failure: failure)
    }
}

/// The conditions of an audience in their order, each as one part of a filter.
struct Funnel {
    struct Step {
        let text: String
        let place: ConditionPlace
        let location: SourceLocation?
    }

    private enum Question {
        /// SQL answers, or else the function.
        case flag(SQLFragment, LuaFunction, RulePredicate)
        case function(LuaFunction, RulePredicate)
        /// The plan, or else the expression in Lua.
        case audience(AudiencePlan, [RulePredicate], SegmentExpression)
    }

    private let host: RuleHost
    private let reader: RuleReader
    private let compiler: RuleCompiler
    private(set) var steps: [Step] = []
    private(set) var rules: [RuleExplanation] = []
    private var questions: [Question] = []

    init(_ host: RuleHost, _ expression: SegmentExpression) throws {
        self.host = host
        reader = RuleReader(host)
        compiler = RuleCompiler(reader, host.computed)
        try add(expression)
    }

    private mutating func add(_ expression: SegmentExpression) throws {
        switch expression {
        case .predicate(let predicate): try add(predicate)
        case .named(let name, _): try add(host.segment(name).members)
        case .both(let a, let b):
            try add(a)
            try add(b)
        case .without(let a, let b):
            try add(a)
            try addWhole(.not(b), text: "not in \(b.text)")
        case .either, .not: try addWhole(expression, text: expression.text)
        }
    }

    /// A combination, as one condition.
    private mutating func addWhole(_ expression: SegmentExpression, text: String) throws {
        let reader = RuleReader(host)
        let audience = RuleCompiler(reader, host.computed).compile(
            reader.tree(expression), standsAlone: true)
        var place = ConditionPlace.lua
        if case .flag = audience.plan { place = .sql } else if !audience.plan.flags.isEmpty { place = .both }
        steps.append(Step(text: text, place: place, location: nil))
        questions.append(.audience(audience.plan, reader.predicates, expression))
        try explainRules(of: expression)
    }

    /// The rules within a combination.
    private mutating func explainRules(of expression: SegmentExpression) throws {
        switch expression {
        case .predicate(let predicate):
            guard let function = reader.function(of: predicate) else {
                rules.append(unread(predicate))
                return
            }
            rules.append(explained(predicate, function, compiler.compile(function)))
        case .named(let name, _): try explainRules(of: host.segment(name).members)
        case .both(let a, let b), .either(let a, let b), .without(let a, let b):
            try explainRules(of: a)
            try explainRules(of: b)
        case .not(let a): try explainRules(of: a)
        }
    }

    private mutating func add(_ predicate: RulePredicate) throws {
        guard let function = reader.function(of: predicate) else {
            rules.append(unread(predicate))
            return addFunction(predicate)
        }
        let rule = compiler.compile(function)
        let explanation = explained(predicate, function, rule)
        rules.append(explanation)
        let maskable = rule.parts.filter { $0.mask != nil }
        let texts = rule.parts.map { part in
            function.text(maskable.filter { $0.range != part.range }.compactMap(\.mask))
        }
        let functions = texts.compactMap { text in
            text.flatMap { try? host.remade(predicate.function, as: $0) }
        }
        // What cannot be taken apart is asked whole.
        guard functions.count == rule.parts.count else { return addFunction(predicate) }
        for (index, part) in rule.parts.enumerated() {
            // A local that may raise is part of every other condition.
            if part.mask == nil { continue }
            let shown = explanation.parts[index]
            steps.append(Step(text: shown.text, place: shown.place, location: shown.location))
            if part.place == .sql, let condition = part.condition {
                questions.append(.flag("((\(condition)) IS TRUE)", functions[index], predicate))
            } else {
                questions.append(.function(functions[index], predicate))
            }
        }
    }

    /// A predicate that is one condition.
    private mutating func addFunction(_ predicate: RulePredicate) {
        steps.append(Step(text: predicate.owner, place: .lua, location: predicate.location))
        questions.append(.function(predicate.function, predicate))
    }

    private func unread(_ predicate: RulePredicate) -> RuleExplanation {
        RuleExplanation(owner: predicate.owner, location: predicate.location, text: "", parts: [])
    }

    private func explained(
        _ predicate: RulePredicate, _ function: RuleFunction, _ rule: CompiledRule
    ) -> RuleExplanation {
        let chunk = function.script.chunk
        let bytes = chunk.source.bytes
        var start = function.body.range.start
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n"), bytes[start - 1] != UInt8(ascii: "\r") {
            start -= 1
        }
        let parts = rule.parts.map { part in
            let text = Self.oneLine(chunk.source[part.range])
            return RuleExplanation.Part(
                range: (part.range.start - start)..<(part.range.end - start),
                text: text.isEmpty ? "nothing else" : part.isNegated ? "not (\(text))" : text,
                place: part.place,
                reasons: part.reasons.map { reason in
                    RuleExplanation.Reason(
                        text: reason.range.map { Self.oneLine(chunk.source[$0]) } ?? text, reason: reason.text
                    )
                },
                location: chunk.source.location(of: part.range.start, in: chunk.path))
        }
        return RuleExplanation(
            owner: predicate.owner, location: predicate.location,
            text: chunk.source[SourceRange(start, function.body.range.end)], parts: parts)
    }

    /// A text without line ends.
    static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The conditions ready to be counted. Where `inLua` says so, SQL answers none of them.
    func counter(inLua: Bool) throws -> FunnelCounter {
        var flags: [SQLFragment] = []
        var filter = AudienceFilter.Builder(host: host)
        filter.nextFlag = 1
        var chain: [Int] = []
        for question in questions {
            let part: Int
            switch question {
            case .flag(let condition, let function, let predicate):
                guard !inLua else {
                    part = filter.add(predicate, function)
                    break
                }
                flags.append(condition)
                part = filter.flag()
            case .function(let function, let predicate): part = filter.add(predicate, function)
            case .audience(let plan, let predicates, let expression):
                guard !inLua else {
                    part = try filter.add(expression)
                    break
                }
                flags += plan.flags
                part = try filter.add(plan, predicates)
            }
            chain.append(chain.last.map { filter.filter.both($0, part) } ?? part)
        }
        return FunnelCounter(
            filter: AudienceFilter(filter), chain: chain,
            walk: try CustomerWalk(host, CompiledAudiences(flags: flags, condition: nil, filters: [])))
    }
}

/// The conditions of an audience as parts of one filter, each joined with those before it.
struct FunnelCounter {
    fileprivate let filter: AudienceFilter
    fileprivate let chain: [Int]
    fileprivate let walk: CustomerWalk

    /// How many of the customers with these ids pass the first condition, the first two, and so on.
    func counts(over ids: ClosedRange<Int64>) throws -> [Int] {
        walk.takeTurn()
        try walk.restart(over: ids)
        guard !chain.isEmpty else { return [] }
        let counts = try walk.count(filter)
        return chain.map { Int(counts[$0]) }
    }
}

internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import RuleCompiler

/// An expression over segments, ready to be asked about many customers: every name is resolved, and a segment
/// that is named several times is one part.
public final class Audience {
    /// What it is made of.
    let expression: SegmentExpression
    /// The question in plain Lua.
    let filter: AudienceFilter

    /// - Throws: ``RuleError`` where a named segment does not exist.
    init(_ expression: SegmentExpression, _ host: RuleHost) throws {
        self.expression = expression
        filter = try AudienceFilter(expression, host)
    }
}

/// What is asked of each customer, part by part, and who asks.
struct AudienceFilter {
    let filter: LuaFilter
    /// The predicates by their part of the filter.
    private let predicates: [Int: RulePredicate]
    /// The named segments that a predicate stands in, outermost first, by its part of the filter.
    private let segments: [Int: [String]]

    /// The question in plain Lua.
    init(_ expression: SegmentExpression, _ host: RuleHost) throws {
        var builder = Builder(host: host)
        _ = try builder.add(expression)
        self.init(builder)
    }

    /// What is left of the question where SQL has answered a part of it. The flags of the plan are columns of
    /// the statement from `firstFlag` on; `guarded` says that the first of them must hold in any case.
    init(
        _ plan: AudiencePlan, _ predicates: [RulePredicate], guarded: Bool, firstFlag: Int, _ host: RuleHost
    ) throws {
        var builder = Builder(host: host)
        builder.nextFlag = firstFlag
        var guardPart: Int?
        if guarded { guardPart = builder.flag() }
        let part = try builder.add(plan, predicates)
        if let guardPart { _ = builder.filter.both(guardPart, part) }
        self.init(builder)
    }

    init(_ builder: Builder) {
        filter = builder.filter
        predicates = builder.predicates
        segments = builder.segments
    }

    /// The named segments that are asked while the predicate of a part runs, outermost first.
    func segments(around part: Int) -> [String] {
        segments[part] ?? []
    }

    /// Puts a filter together, part by part.
    struct Builder {
        let host: RuleHost
        var filter = LuaFilter()
        var predicates: [Int: RulePredicate] = [:]
        var segments: [Int: [String]] = [:]
        var nextFlag = 0
        private var named: [String: Int] = [:]
        private var path: [String] = []

        init(host: RuleHost) {
            self.host = host
        }

        mutating func add(_ expression: SegmentExpression) throws -> Int {
            switch expression {
            case .predicate(let predicate): return add(predicate, predicate.function)
            case .named(let name, _):
                if let part = named[name] { return part }
                path.append(name)
                let part = try add(host.segment(name).members)
                path.removeLast()
                named[name] = part
                return part
            case .both(let a, let b): return filter.both(try add(a), try add(b))
            case .either(let a, let b): return filter.either(try add(a), try add(b))
            case .without(let a, let b): return filter.without(try add(a), try add(b))
            case .not(let a): return filter.not(try add(a))
            }
        }

        mutating func add(_ plan: AudiencePlan, _ all: [RulePredicate]) throws -> Int {
            switch plan {
            case .everyone: return filter.everyRow()
            case .flag: return flag()
            case .predicate(let number, let masks):
                let predicate = all[number]
                return add(predicate, host.residual(of: predicate, masks))
            case .segment(let name): return try add(SegmentExpression.named(name, nil))
            case .named(let name, let members):
                path.append(name)
                defer { path.removeLast() }
                return try add(members, all)
            case .both(let a, let b): return filter.both(try add(a, all), try add(b, all))
            case .either(let a, let b): return filter.either(try add(a, all), try add(b, all))
            case .without(let a, let b): return filter.without(try add(a, all), try add(b, all))
            case .not(let a): return filter.not(try add(a, all))
            }
        }

        mutating func flag() -> Int {
            defer { nextFlag += 1 }
            return filter.column(nextFlag)
        }

        mutating func add(_ predicate: RulePredicate, _ function: LuaFunction) -> Int {
            let part = filter.predicate(function)
            predicates[part] = predicate
            segments[part] = path
            return part
        }
    }

    /// The error of a predicate as a person sees it.
    func error(_ failure: LuaFilterError, _ host: RuleHost) -> any Error {
        guard let predicate = predicates[failure.part] else { return failure }
        switch failure.cause {
        case .notABoolean(let got):
            return RuleError.notABoolean(
                rule: predicate.owner, got: got, at: predicate.location,
                customer: failure.customer)
        case .raised(let error):
            return RuleError.raised(
                rule: predicate.owner, customer: failure.customer, error: host.explained(error))
        }
    }
}

extension AudiencePlan {
    /// The flags that it asks the statement for, in the order of their columns.
    var flags: [SQLFragment] {
        switch self {
        case .everyone, .predicate, .segment: []
        case .flag(let condition): [condition]
        case .named(_, let members), .not(let members): members.flags
        case .both(let a, let b), .either(let a, let b), .without(let a, let b): a.flags + b.flags
        }
    }
}

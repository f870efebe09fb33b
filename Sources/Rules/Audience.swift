internal import Diagnostics
internal import LuaRuntime

/// An expression over segments, ready to be asked about many customers: every name is resolved, and a segment that
/// is named several times is one part.
public struct Audience {
    let filter: LuaFilter
    /// The predicates by their part of the filter.
    private let predicates: [Int: RulePredicate]
    /// The named segments that a predicate stands in, outermost first, by its part of the filter.
    private let segments: [Int: [String]]

    /// - Throws: ``RuleError`` where a named segment does not exist.
    init(_ expression: SegmentExpression, _ host: RuleHost) throws {
        var builder = Builder(host: host)
        _ = try builder.add(expression)
        filter = builder.filter
        predicates = builder.predicates
        segments = builder.segments
    }

    /// The named segments that are asked while the predicate of a part runs, outermost first.
    func segments(around part: Int) -> [String] {
        segments[part] ?? []
    }

    private struct Builder {
        let host: RuleHost
        var filter = LuaFilter()
        var predicates: [Int: RulePredicate] = [:]
        var segments: [Int: [String]] = [:]
        private var named: [String: Int] = [:]
        private var path: [String] = []

        init(host: RuleHost) {
            self.host = host
        }

        mutating func add(_ expression: SegmentExpression) throws -> Int {
            switch expression {
            case .predicate(let predicate):
                let part = filter.predicate(predicate.function)
                predicates[part] = predicate
                segments[part] = path
                return part
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

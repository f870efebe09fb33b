public import Diagnostics

/// The conditions of an audience in the order in which they are asked, ready to count the customers who pass
/// them, range of ids by range.
public final class AudienceFunnel {
    /// A condition.
    public struct Condition: Sendable {
        /// As the script says it.
        public let text: String
        /// Where it stands; nil for a combination of segments.
        public let location: SourceLocation?
    }

    /// The conditions.
    public var conditions: [Condition] {
        funnel.steps.map { Condition(text: $0.text, location: $0.location) }
    }

    private let funnel: Funnel
    private var counter: FunnelCounter?
    private var isInLua = false

    init(_ funnel: Funnel) {
        self.funnel = funnel
    }

    /// How many of the customers with these ids pass the first condition, the first two, and so on, by what
    /// is stored and at the time of the host. Nothing may be simulated.
    ///
    /// Cost: one pass over the customers, in which each is asked until a condition does not hold.
    ///
    /// - Throws: what a condition raises.
    public func counts(over ids: ClosedRange<Int64>) throws -> [Int] {
        do {
            return try ready().counts(over: ids)
        } catch  where !isInLua && !(error is any Diagnosable) && !RuleHost.isInterrupted {
            // SQLite does not take every condition beside the others; what it does not take, Lua does.
            isInLua = true
            counter = nil
            return try ready().counts(over: ids)
        }
    }

    private func ready() throws -> FunnelCounter {
        if let counter { return counter }
        let made = try funnel.counter(inLua: isInLua)
        counter = made
        return made
    }
}

extension RuleHost {
    /// The funnel of an audience.
    ///
    /// - Throws: what is wrong with the expression.
    public func funnel(of expression: SegmentExpression) throws -> AudienceFunnel {
        AudienceFunnel(try Funnel(self, expression))
    }
}

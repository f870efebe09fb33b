internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules
internal import Store

/// `customers` and what is chained to it: a question about many customers that asks nothing until it must. Each method gives
/// another one.
final class QueryObject: LuaObject {
    /// What is asked.
    let question: Question

    /// A question, step by step.
    struct Question {
        /// A question whose customers these are of; it was cut, so that what follows is about those only.
        var within: QueryObject?
        /// Only these; all where nil.
        var members: Set<Int64>?
        /// Who is asked for; everybody where nil.
        var audience: SegmentExpression?
        /// In which order they come, by names of fields.
        var order: [SortKey] = []
        /// How many of them.
        var cut: Cut?
        /// As a person would type it.
        var text = "customers"
        /// How many calls led here.
        var steps = 0
    }

    /// What is left of the customers.
    enum Cut {
        /// So many, in their order.
        case first(Int)
        /// So many by chance.
        case sample(Int, seed: Int64)

        var count: Int {
            switch self {
            case .first(let count), .sample(let count, _): count
            }
        }
    }

    /// A question of a session; about all customers unless told.
    init(asking question: Question = Question(), _ session: PromptSession) {
        self.question = question
        super.init(kind: Self.kind(session))
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "query", queryMethods,
            index: { _, _, key in
                guard case .integer = key else { return nil }
                throw LuaError(
                    "a query has no customers by number",
                    hint: "ask for :first(), for all of them with :list(), or go through them with :each")
            },
            count: { session, object in try (object as? QueryObject)?.count(session) ?? 0 })
    }

    // MARK: Narrowing

    /// Only customers who are in an audience as well, or only those who are not.
    func narrowed(to value: LuaValue, isInside: Bool, _ session: PromptSession) throws -> QueryObject {
        let word = isInside ? "where" : "except"
        let (audience, text) = try session.host.audience(of: value, for: word)
        var question = try next(":\(word)\(text.hasPrefix("{") ? " \(text)" : "(\(text))")")
        question.audience = try session.host.narrowed(question.audience, to: audience, isInside: isInside)
        return QueryObject(asking: question, session)
    }

    /// In the order of fields; a name behind a minus lets the greatest come first.
    func ordered(by names: [String], _ session: PromptSession) throws -> QueryObject {
        let keys = names.map(SortKey.init)
        for key in keys where !session.host.isField(key.name) {
            if key.name == "desc" || key.name == "asc" {
                throw LuaError(
                    "'\(key.name)' is no field",
                    hint: "write order_by(\"-\(keys[0].name)\") to have the greatest first")
            }
            throw session.host.unknownField(key.name)
        }
        var question = try next(":order_by(\(names.map { "\"\($0)\"" }.joined(separator: ", ")))")
        question.order = keys
        return QueryObject(asking: question, session)
    }

    /// Only so many.
    func cut(_ cut: Cut, _ session: PromptSession) throws -> QueryObject {
        var question: Question
        switch cut {
        case .first(let count): question = try next(":limit(\(count))")
        case .sample(let count, _): question = try next(":sample(\(count))")
        }
        question.cut = cut
        return QueryObject(asking: question, session)
    }

    /// What is asked further: once it was cut, about those who are left.
    private func next(_ call: String) throws -> Question {
        guard question.steps < Self.mostSteps else {
            throw LuaError(
                "a query has at most \(Self.mostSteps) steps",
                hint: "is there a loop that narrows it again and again?")
        }
        var next = question.cut == nil ? question : Question(within: self, order: question.order)
        next.steps = question.steps + 1
        next.text = question.text + call
        return next
    }

    /// Each holds those before it, which the budget of the line knows nothing of, and asks them in turn.
    private static let mostSteps = 100

    // MARK: Asking

    /// Asks the store about the customers.
    ///
    /// Where it refuses the condition, as it does when a sum grows too large, rules are asked, which say what is wrong.
    func ask<Answer>(_ session: PromptSession, _ body: (Population) throws -> Answer) throws -> Answer {
        guard question.cut == nil else {
            return try body(Population(among: CustomerSet(Set(ids(session)))))
        }
        return try askUncut(session, body)
    }

    private func askUncut<Answer>(
        _ session: PromptSession, _ body: (Population) throws -> Answer
    ) throws -> Answer {
        let others =
            try question.within.map { CustomerSet(Set(try $0.ids(session))) }
            ?? question.members.map(CustomerSet.init)
        let population = try session.host.population(of: question.audience, within: others)
        do {
            return try body(population)
        } catch
            where population.condition != nil && !(error is any Diagnosable) && !session.bench.isInterrupted
        {
            return try body(
                session.host.population(of: question.audience, within: others, isInLua: true))
        }
    }

    /// The numbers of the customers in their order.
    func ids(_ session: PromptSession, limit: Int? = nil) throws -> [Int64] {
        let order = try session.order(question.order)
        func ids(_ population: Population, _ count: Int?) throws -> [Int64] {
            var ids: [Int64] = []
            try session.snapshot.forEachRow([], of: population, by: order, limit: count) { id, _ in
                ids.append(id)
            }
            return ids
        }
        return try askUncut(session) { population in
            switch question.cut {
            case nil: return try ids(population, limit)
            case .first(let count): return try ids(population, min(count, limit ?? count))
            case .sample(let count, let seed):
                let chosen = try session.snapshot.sample(count, seed: seed, of: population)
                guard !order.isEmpty else { return Array(chosen.prefix(limit ?? count)) }
                return try ids(Population(among: CustomerSet(Set(chosen))), limit)
            }
        }
    }

    /// How many customers there are.
    func count(_ session: PromptSession) throws -> Int {
        let count = try askUncut(session) { try session.snapshot.count($0) }
        return min(count, question.cut?.count ?? count)
    }
}

import Diagnostics
import LuaRuntime
import Testing

@testable import Rules

/// Every word that exists, by enumeration, with memory that ends at its first, second, … last allocation.
@Suite("Words whose allocations fail")
struct WordAllocationTests {
    private static let words = hostWords + customerMethods + relationMethods

    private static let data = """
        INSERT INTO customers (id, name, city, email, birthday) VALUES (1, 'Ann', 'Bern', 'a@example.com', '1990-02-01');
        INSERT INTO orders (id, order_number, customer_id, placed_at, status, amount, currency)
        VALUES (1, 'N1', 1, 1700000000, 'paid', 500, 'CNY'), (2, 'N2', 1, 1700000100, 'paid', 700, 'CNY');
        INSERT INTO interests (customer_id, interest, weight) VALUES (1, 'outdoor', 1);
        """

    @Test(
        "a word survives the failure of any of its allocations, and the host's state goes on",
        arguments: words.map(\.signature))
    func everyAllocation(_ signature: String) throws {
        let word = try #require(Self.words.first { $0.signature == signature })
        let workshop = try Workshop(Self.data)
        let isRequire = word.name == "require"
        let scripts = isRequire ? [script("lib/prices", "return { 1 }")] : []
        var reachedEnd = false
        var failures = 0
        for nth in 1...500 where !reachedEnd {
            weak var released: RuleHost?
            try workshop.rules(scripts) { host, walk in
                released = host
                _ = try walk.go(to: 1)
                let state = host.state
                let function = try Self.function(word.example, state)
                state.failAllocations(from: nth)
                do {
                    try state.call(function, .row(walk.row))
                } catch let error as LuaError {
                    if error.stop != nil { failures += 1 }
                }
                reachedEnd = !state.hasFailedAllocation
                state.failAllocations(from: 0)
                state.revive()
                let again = try state.load("return function(c) return c.city end", name: "x")
                guard case .function(let city) = try state.call(again),
                    case .text("Bern") = try state.call(city, .row(walk.row))
                else {
                    Issue.record("\(signature), allocation \(nth): the next rule gave something else")
                    return
                }
            }
            #expect(released == nil, "\(signature), allocation \(nth): the host is kept")
        }
        #expect(reachedEnd, "\(signature) has no end")
        // What gives a number or a truth need not allocate.
        #expect(failures > 0 || !word.example.contains("{"), "\(signature)")
    }

    @Test("reading a trait survives the failure of any of its allocations")
    func trait() throws {
        let workshop = try Workshop(Self.data)
        let scripts = [
            script("a", "trait \"stage\" { of = function(c) return \"stage \" .. c.city .. c.id end }")
        ]
        var reachedEnd = false
        for nth in 1...500 where !reachedEnd {
            try workshop.rules(scripts) { host, walk in
                _ = try walk.go(to: 1)
                let state = host.state
                let function = try Self.function("c.stage", state)
                state.failAllocations(from: nth)
                _ = try? state.call(function, .row(walk.row))
                reachedEnd = !state.hasFailedAllocation
                state.failAllocations(from: 0)
                state.revive()
                guard case .text("stage Bern1") = try state.call(function, .row(walk.row)) else {
                    Issue.record("allocation \(nth): the next rule gave something else")
                    return
                }
            }
        }
        #expect(reachedEnd)
    }

    /// The example as the body of a function of the customer, as a statement or as an expression.
    private static func function(_ example: String, _ state: LuaState) throws -> LuaFunction {
        let expression = try? state.load("return function(c) return \(example) end", name: "example")
        let made = try expression ?? state.load("return function(c) \(example) end", name: "example")
        guard case .function(let function) = try state.call(made) else { throw LuaError("no function") }
        return function
    }
}

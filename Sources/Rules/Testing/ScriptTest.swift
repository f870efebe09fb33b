public import Diagnostics
internal import LuaRuntime

/// A test that a script carries; ``RuleHost/run(_:on:)`` runs it.
public struct ScriptTest {
    /// What it shows, in a sentence.
    public let name: String
    /// Where it is defined.
    public let location: SourceLocation
    let function: LuaFunction
}

/// A test that runs.
final class TestSession {
    let bench: any TestBench
    /// The walks that stand at the customers of the test, by their numbers.
    var walks: [Int64: CustomerWalk] = [:]
    /// The instants that a test may name: those of the years 1 to 9999, as in dates.
    static let instants: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// The latest time that was told of a customer: the test cannot go back behind it.
    var latest = Int64.min

    init(_ bench: any TestBench) {
        self.bench = bench
    }
}

extension RuleHost {
    /// Runs a test of this host, whose customers are those that the test makes on the bench.
    ///
    /// A host that has run a test has other customers than before. One that a test stopped by force runs
    /// nothing more.
    ///
    /// - Throws: a ``Diagnostic`` where the test fails: an expectation that does not hold, or anything that a
    ///   script raises.
    public func run(_ test: ScriptTest, on bench: any TestBench) throws {
        let own = TestSession(bench)
        session = own
        defer { session = nil }
        attach(bench.customers)
        // A stream does not see customers who come while it is read; SQL, which is asked in its place, does.
        streams.isOn = false
        _ = try explaining { try state.call(test.function, within: .test) }
    }

    /// The test that runs.
    ///
    /// - Throws: an error where none does.
    func runningTest(_ word: String) throws -> TestSession {
        guard let session else {
            throw LuaError(
                "\(word) works only inside a test", hint: "write it inside test(\"…\", function() … end)")
        }
        return session
    }

    /// The walk that stands at a customer: in a test that of the customer, which takes its turn, at the prompt that of
    /// whom it speaks of, else the only one.
    func walk(of customer: Int64) throws -> CustomerWalk? {
        if let own = session?.walks[customer] {
            own.takeTurn()
            return own
        }
        if let prompt, walk?.row.current != customer { return try prompt.walk(to: customer, self) }
        return walk
    }

    /// Calls a function that a test gives to one of its words; an error of it comes out as it was raised.
    func callInTest(_ function: LuaFunction) throws {
        do {
            _ = try afresh { try state.call(function, within: .test) }
        } catch let error as LuaError where error.stop == nil {
            throw explained(error)
        }
    }
}

import LuaRuntime
import TestSupport
import Testing

/// Every way into Lua, and every way from Lua into Swift, with memory that ends at the first, the second, … the last
/// allocation: no jump may pass a Swift frame, nothing may leak, and the state must go on.
@Suite("Allocations that fail")
struct AllocationFailureTests {
    /// A state with one host function of each sort.
    private final class Fixture {
        let state: LuaState
        let census: Census
        let kind: LuaObjectKind

        init(_ census: Census) throws {
            self.census = census
            state = try LuaState()
            kind = state.makeKind("a thing", [("__index", { $0.returns(try $0.value(2)) })])
            let (census, kind) = (census, kind)
            define("thing") { $0.returns(Witness(census, kind: kind)) }
            define("text") {
                _ = try $0.value(1); return $0.returns(.text(String(repeating: "x", count: 100)))
            }
            define("list") { call in
                let inner = LuaTable(array: [.text("a long text that needs memory of its own"), .number(1.5)])
                return call.returns(.table(LuaTable(fields: [("a", .table(inner)), ("b", .boolean(true))])))
            }
            define("fail") { _ in
                let witness = Witness(census, kind: kind)
                return try withExtendedLifetime(witness) { throw LuaError("refused", hint: "try another") }
            }
            define("number") { $0.returns(.number(try $0.arguments(.number("n")))) }
            define("call") { call in
                let witness = Witness(census, kind: kind)
                return try withExtendedLifetime(witness) {
                    call.returns(try call.state.call(try call.arguments(.function("f"))))
                }
            }
            define("compile") { call in
                call.returns(.function(try call.state.load("return 1, 'a text'", name: "scripts/inner.lua")))
            }
            define("wait") { try $0.waits(for: Witness(census, kind: kind)) }
        }

        func define(_ word: String, _ body: @escaping HostFunction) {
            state.define(word, .function(state.makeFunction(word, body)))
        }

        func run(_ script: String) throws { try state.run(script) }
    }

    private struct Operation: CustomTestStringConvertible {
        let testDescription: String
        let run: (Fixture) throws -> Void

        init(_ name: String, _ run: @escaping (Fixture) throws -> Void) {
            testDescription = name
            self.run = run
        }
    }

    nonisolated(unsafe) private static let operations: [Operation] = [
        Operation("load a script") {
            _ = try $0.state.load("local t = { 'text', f = function() end }", name: "scripts/x.lua")
        },
        Operation("load a script with a mistake") {
            _ = try $0.state.load("local = 1", name: "scripts/x.lua")
        },
        Operation("call with a nested table") { fixture in
            let table = LuaTable(fields: [("a", .table(LuaTable(array: [.text("x"), .integer(1)])))])
            try fixture.state.call(
                try fixture.state.load("local t = ... return { t.a, t.a }", name: "x"), .value(.table(table)))
        },
        Operation("call with an object") { fixture in
            let object = Witness(fixture.census, kind: fixture.kind)
            try fixture.state.call(
                try fixture.state.load("local o = ... return o", name: "x"), .value(.object(object)))
        },
        Operation("keep a value") { _ = try $0.state.keep(try $0.state.load("return { 1 }", name: "x")) },
        Operation("read two results") {
            _ = try $0.state.callForTwo(try $0.state.load("return 'a', { 2 }", name: "x"))
        },
        Operation("define words") { fixture in
            fixture.define("later") { $0.returns(.text("later")) }
            fixture.state.define("table_word", .table(LuaTable(array: [.text("x")])))
            try fixture.run("return later()")
        },
        Operation("make a kind") { fixture in
            let kind = fixture.state.makeKind("another", [("__len", { $0.returns(.integer(1)) })])
            fixture.state.define("another", .object(Witness(fixture.census, kind: kind)))
            try fixture.run("return #another")
        },
        Operation("seal") { fixture in
            fixture.state.seal(
                unknown: { _ in throw LuaError("unknown") }, written: { _ in throw LuaError("written") })
            try fixture.run("return anything")
        },
        Operation("a coroutine that waits twice") { fixture in
            let coroutine = try LuaCoroutine(
                fixture.state,
                try fixture.state.load("local a = wait() local b = wait() return a .. b", name: "x"))
            _ = try coroutine.resume()
            _ = try coroutine.resume(.value(.text("a")))
            _ = try coroutine.resume(.value(.text("b")))
        },
        Operation("a host function that gives a text") { try $0.run("return text(1)") },
        Operation("a host function that gives an object") { try $0.run("return thing().name") },
        Operation("a host function that gives a table") { try $0.run("return list()") },
        Operation("a host function that throws") { try $0.run("return fail()") },
        Operation("a host function that throws, caught") { try $0.run("return pcall(fail)") },
        Operation("a host function with a wrong argument") { try $0.run("return number({})") },
        Operation("a host function that calls back") {
            try $0.run("return call(function() return list() end)")
        },
        Operation("a host function that calls back, and fails there") {
            try $0.run("return call(function() local ok = pcall(fail) return fail() end)")
        },
        Operation("a host function that compiles") { try $0.run("return compile()()") },
    ]

    @Test(
        "every call survives the failure of any of its allocations, and leaks nothing",
        arguments: operations.indices)
    func everyAllocation(_ index: Int) throws {
        let operation = Self.operations[index]
        let census = Census()
        var failures = 0
        var reachedEnd = false
        for nth in 1...2_000 where !reachedEnd {
            try withExtendedLifetime(try Fixture(census)) { fixture in
                let state = fixture.state
                state.failAllocations(from: nth)
                var error: (any Error)?
                do { try operation.run(fixture) } catch let caught { error = caught }
                reachedEnd = !state.hasFailedAllocation
                state.failAllocations(from: 0)
                if let stop = (error as? LuaError)?.stop {
                    failures += 1
                    guard case .memory = stop else {
                        Issue.record("\(operation.testDescription), allocation \(nth): \(stop)")
                        return
                    }
                }
                state.revive()
                let answer = try state.run("return text(1) ~= nil and number(42)")
                #expect(written(answer) == "float 42.0")
            }
            #expect(census.living == 0, "\(operation.testDescription), allocation \(nth)")
        }
        #expect(reachedEnd, "\(operation.testDescription) has no end")
        #expect(failures > 0, "\(operation.testDescription)")
    }
}

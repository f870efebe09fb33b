import Diagnostics
import LuaRuntime
import Testing

@Suite("Budgets of calls")
struct BudgetTests {
    private static let standard = LuaLimits(memory: 8 << 20, steps: 200_000, seconds: 0.2)

    /// What uses a budget up, and what the error then says.
    private static let ends: [(body: String, stop: LuaStop)] = [
        ("while true do end", .steps(200_000, .load)),
        ("local s = ('a'):rep(30) s:find(('.-'):rep(20) .. 'b')", .steps(200_000, .load)),
        ("local s = 'x' while true do s = s .. s end", .memory(8 << 20, .load)),
    ]

    /// Calls `spin` such that it might go on afterwards: what follows would set `passed`.
    private static let ways = [
        "spin()", "pcall(spin)", "xpcall(spin, function() return 1 end)", "pcall(pcall, pcall, spin)",
        "xpcall(error, spin)", "xpcall(spin, spin)", "while true do pcall(spin) end",
        "pcall(function() return setmetatable({}, { __index = spin }).x end)",
        "pcall(function() setmetatable({}, { __newindex = spin }).x = 1 end)",
        "pcall(function() return setmetatable({}, { __add = spin }) + 1 end)",
        "pcall(function() return #setmetatable({}, { __len = spin }) end)",
        "pcall(function() return setmetatable({}, { __lt = spin }) < 1 end)",
        "pcall(function() return setmetatable({}, { __eq = spin }) == {} end)",
        "pcall(setmetatable({}, { __call = spin }))",
        "pcall(tostring, setmetatable({}, { __tostring = spin }))",
        "pcall(pairs, setmetatable({}, { __pairs = spin }))",
        "pcall(error, setmetatable({}, { __tostring = spin })) spin()",
        "error(setmetatable({}, { __tostring = spin }))", "pcall(table.sort, { 3, 1, 2 }, spin)",
        "pcall(string.gsub, 'x', 'x', spin)", "pcall(function() for _ in spin do end end)",
        "pcall(load, spin)",
        "pcall(load('spin()', 'x', 't', { spin = spin }))", "swallow(spin)", "pcall(swallow, spin)",
        "swallow(function() pcall(spin) end)", "swallow(function() swallow(spin) end)", "resume(spin)",
        "pcall(resume, function() pcall(spin) end)", "resume(function() swallow(spin) end)",
        "swallow(function() resume(spin) end)",
    ]

    private func makeState(_ limits: LuaLimits = Self.standard, for kinds: [LuaBudgets.Kind] = [.load]) throws
        -> LuaState
    {
        var budgets = LuaBudgets.standard
        for kind in kinds { budgets[kind] = limits }
        let state = try LuaState(budgets: budgets)
        state.define(
            "swallow",
            .function(
                state.makeFunction("swallow") { call in
                    _ = try? call.state.call(try call.value(1).function, within: .line)
                    return call.returnsNothing()
                }))
        state.define(
            "resume",
            .function(
                state.makeFunction("resume") { call in
                    _ = try? LuaCoroutine(call.state, try call.value(1).function).resume(within: .line)
                    return call.returnsNothing()
                }))
        state.define(
            "hooked", .function(try state.loadTrusted("return debug.gethook() ~= nil", name: "hooked")))
        return state
    }

    @Test("what ends a call goes through all that could catch it", arguments: ways)
    func swallowed(way: String) throws {
        for (body, stop) in Self.ends {
            let state = try makeState()
            let script = "local function spin() \(body) end\n\(way)\npassed = true"
            let error = #expect(throws: LuaError.self) { try state.run(script) }
            #expect(error?.stop == stop, "\(body)")
            #expect(state.isStopped)
            // The state answers the same until someone lets it go on, and then nothing has gone on.
            let later = #expect(throws: LuaError.self) { try state.run("return 1") }
            #expect(later?.message == error?.message && later?.location == error?.location)
            #expect(later?.stop == stop)
            state.revive()
            #expect(!state.isStopped)
            #expect(written(try state.run("return { passed, #('x'):rep(1 << 20) }")) == "{nil, 1048576}")
            #expect(try isUnhooked(state))
        }
    }

    /// Whether no hook is left over; one may be set anew while this asks, where the machine is slow.
    private func isUnhooked(_ state: LuaState) throws -> Bool {
        for _ in 0..<50 where written(try state.run("return hooked()")) == "false" { return true }
        return false
    }

    @Test("a call that takes long is ended for its time where its steps allow more")
    func time() throws {
        let state = try makeState(LuaLimits(memory: 8 << 20, steps: .max, seconds: 0.05))
        for way in ["spin()", "while true do pcall(spin) end", "resume(spin)", "swallow(spin)"] {
            let error = #expect(throws: LuaError.self) {
                try state.run("local function spin() while true do end end \(way)")
            }
            #expect(error?.stop == .time(seconds: 0.05, .load))
            #expect(error?.message == "too slow: loading a script may take 0.05 s of computing")
            state.revive()
        }
        #expect(try isUnhooked(state))
    }

    @Test("an error of each kind says whose budget it was, and how to raise it")
    func messages() throws {
        let cases: [(script: String, message: String, hint: String)] = [
            (
                "while true do end", "too long: a message may take 200,000 steps",
                "look for a loop without end, or raise budgets.template.steps in workspace.lua"
            ),
            (
                "local s = 'x' while true do s = s .. s end", "not enough memory: a message may hold 8 MB",
                "look for a loop without end, or raise budgets.template.memory_mb in workspace.lua"
            ),
            (
                "local t = {} for i = 1, 1e5 do t['k' .. i] = i end",
                "a table with more than 32,768 keys beside 1, 2, 3, …",
                "keep data in the customer database, or in a list"
            ),
        ]
        for (script, message, hint) in cases {
            let state = try makeState(
                LuaLimits(memory: 8 << 20, steps: 200_000, seconds: 60), for: [.template])
            let function = try state.load("\n\(script)", name: "templates/a.lua")
            let error = #expect(throws: LuaError.self) { try state.call(function, within: .template) }
            #expect(error?.message == message)
            #expect(error?.diagnostic.hint == hint)
            #expect(error?.location?.description == "templates/a.lua:2")
        }
    }

    @Test("the error tells how the script came to where it was ended", arguments: ends.map(\.body))
    func trace(body: String) throws {
        let state = try makeState()
        let script = """
            local function inner()
              \(body)
            end
            local function outer()
              swallow(function()
                inner()
              end)
            end
            outer()
            """
        let error = #expect(throws: LuaError.self) { try state.run(script, name: "scripts/a.lua") }
        let lines = error?.trace.map { "\($0.location.line) \($0.function ?? "")" }
        #expect(lines?.first == "2 function 'inner'")
        #expect(lines?.last == "9 ")
        #expect(lines?.contains("5 function 'outer'") == true)
    }

    @Test("calls within a call have the budget of the outermost, and its name")
    func nested() throws {
        let state = try makeState(for: [.predicate])
        let spin = try state.load("swallow(function() while true do end end)", name: "scripts/a.lua")
        let error = #expect(throws: LuaError.self) { try state.call(spin, within: .predicate) }
        #expect(error?.stop == .steps(200_000, .predicate))
        // The other way round, the smaller budget of the inner call is none.
        let other = try makeState(for: [.line])
        let patient = try other.load(
            """
            local s, n = ("a"):rep(100000), 0
            for i = 1, 10 do swallow(function() n = n + #s:gsub("[^a]", "") end) end
            return n
            """, name: "scripts/a.lua")
        #expect(written(try other.call(patient, within: .load)) == "1000000")
    }

    @Test("every call has a budget of its own, and every step of a coroutine")
    func renewed() throws {
        let state = try makeState(for: [.load, .journey])
        state.definePause()
        // 60 percent of the steps and of the bytes.
        state.define("work", .function(try state.load(Self.work, name: "scripts/work.lua")))
        let function = try state.load("work()", name: "scripts/a.lua")
        for _ in 0..<50 { try state.call(function) }
        let coroutine = try LuaCoroutine(
            state, try state.load("for i = 1, 50 do work() pause() end", name: "scripts/b.lua"))
        for _ in 0..<50 {
            guard case .waits = try coroutine.resume() else {
                Issue.record("it does not wait")
                return
            }
        }
        guard case .finished = try coroutine.resume() else {
            Issue.record("it is not over")
            return
        }
        #expect(throws: LuaError.self) { try state.run("work() work()") }
        state.revive()
        let greedy = try LuaCoroutine(state, try state.load("work() work()", name: "scripts/c.lua"))
        let error = #expect(throws: LuaError.self) { try greedy.resume() }
        #expect(error?.stop == .steps(200_000, .journey))
        state.revive()
        #expect(throws: LuaError.self) { try greedy.resume() }
        #expect(!state.isStopped)
    }

    /// Uses 60 percent of the steps, and of the bytes for a moment.
    static let work = """
        local s = ("a"):rep(120000)
        if s:find("[^a]") then return end
        local big = ("x"):rep(2400000)
        """

    @Test("a text that takes more memory to compile than it may is refused, and the state goes on")
    func compiling() throws {
        let state = try makeState(LuaLimits(memory: 200 << 10, steps: .max, seconds: 60))
        let text = "return {" + String(repeating: "{},", count: 20_000) + "}"
        let error = #expect(throws: LuaError.self) { try state.load(text, name: "scripts/a.lua") }
        #expect(error?.stop == .memory(200 << 10, .load))
        state.revive()
        #expect(written(try state.run("return 1")) == "1")
    }

    @Test("a coroutine that was ended in the middle of a call keeps nothing that could run later")
    func coroutines() throws {
        let state = try makeState(for: [.journey])
        state.definePause()
        let text = "pcall(function() pause() while true do end end) passed = true"
        for _ in 0..<20 {
            let coroutine = try LuaCoroutine(state, try state.load(text, name: "scripts/a.lua"))
            _ = try coroutine.resume()
            let error = #expect(throws: LuaError.self) { try coroutine.resume() }
            #expect(error?.stop == .steps(200_000, .journey))
            state.revive()
        }
        #expect(written(try state.run("return passed")) == "nil")
        #expect(try isUnhooked(state))
    }
}

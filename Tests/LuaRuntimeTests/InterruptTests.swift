import LuaRuntime
import Testing

// An interrupt ends all Lua code of the process, so each test has a process of its own.
#if compiler(>=6.2)
    @Suite("Interrupts")
    struct InterruptTests {
        @Test("an interrupt ends what runs, and all that is called until it is cleared")
        func running() async {
            await #expect(processExitsWith: .success) {
                let state = try LuaState()
                state.define(
                    "stop",
                    .function(
                        state.makeFunction("stop") { call in
                            LuaState.interrupt()
                            return call.returnsNothing()
                        }))
                for way in [
                    "stop() while true do end",
                    "stop() while true do pcall(function() while true do end end) end",
                    "stop() local s = ('a'):rep(30) s:find(('.-'):rep(20) .. 'b')",
                    "stop() while true do table.concat({ 1, 2, 3 }) end",
                ] {
                    let script = "pcall(function() \(way) end)"
                    let error = #expect(throws: LuaError.self) { try state.run(script) }
                    #expect(error?.stop == .interrupted && error?.message == "interrupted")
                    state.revive()
                    let later = #expect(throws: LuaError.self) { try state.run("while true do end") }
                    #expect(later?.stop == .interrupted)
                    LuaState.clearInterrupt()
                    #expect(throws: LuaError.self) { try state.run("return 1") }
                    state.revive()
                    #expect(written(try state.run("return 1")) == "1")
                }
            }
        }

        @Test("an interrupt that came before a call, or before a coroutine goes on, ends it")
        func before() async {
            await #expect(processExitsWith: .success) {
                let state = try LuaState()
                let other = try LuaState(budgets: .standard, seed: 1, isLimited: false)
                state.definePause()
                let function = try state.load("pause() local n = 0 while true do n = n + 1 end", name: "x")
                let coroutine = try LuaCoroutine(state, function)
                _ = try coroutine.resume()
                LuaState.interrupt()
                let error = #expect(throws: LuaError.self) { try coroutine.resume() }
                #expect(error?.stop == .interrupted)
                state.revive()
                #expect(other.failure(of: "while true do end").hasSuffix("interrupted"))
                LuaState.clearInterrupt()
                #expect(written(try state.run("return 1")) == "1")
            }
        }
    }
#endif

import Diagnostics
import LuaRuntime
import Testing

/// A Lua error is a longjmp: where one crossed a Swift frame, the frame's objects would live for ever.
@Suite("Host functions")
struct HostFunctionTests {
    private let census = Census()
    private let state: LuaState
    private let kind: LuaObjectKind

    init() throws {
        state = try LuaState.holding(megabytes: 16)
        kind = state.makeKind("a witness", [])
        let (census, kind) = (census, kind)
        define("fail") { _ in
            let witness = Witness(census, kind: kind)
            return try withExtendedLifetime(witness) { throw LuaError("refused") }
        }
        define("number") { call in
            let witness = Witness(census, kind: kind)
            return try withExtendedLifetime(witness) {
                call.returns(.number(try call.arguments(.number("n"))))
            }
        }
        define("call") { call in
            let witness = Witness(census, kind: kind)
            return try withExtendedLifetime(witness) {
                guard case .function(let function) = try call.value(1) else {
                    throw call.mismatch(1, "a function", try call.value(1))
                }
                return call.returns(try call.state.call(function))
            }
        }
        define("big") { call in
            let witness = Witness(census, kind: kind)
            return withExtendedLifetime(witness) {
                call.returns(.text(String(repeating: "x", count: 32 << 20)))
            }
        }
        define("thing") { call in call.returns(Witness(census, kind: kind)) }
    }

    private func define(_ word: String, _ body: @escaping HostFunction) {
        state.define(word, .function(state.makeFunction(word, body)))
    }

    @Test(
        "every frame is left in order, however the error comes",
        arguments: [
            ("fail()", "scripts/rule.lua:1: refused"),
            ("local ok, e = pcall(fail) error(e, 0)", "scripts/rule.lua:1: refused"),
            ("local ok, e = pcall(function() fail() end) error(e, 0)", "scripts/rule.lua:1: refused"),
            ("number({})", "scripts/rule.lua:1: number takes a number as argument 1, got a table"),
            ("number()", "scripts/rule.lua:1: number takes a number as argument 1, got nothing"),
            (
                "local t = {} t.t = t number(t)",
                "scripts/rule.lua:1: a table that is nested more than 16 deep, or contains itself"
            ),
            ("call(fail)", "scripts/rule.lua:1: refused"),
            ("call(function()\nfail() end)", "scripts/rule.lua:2: refused"),
            (
                "call(function() return\ncall(function()\nlocal x = {} .. '' end) end)",
                "scripts/rule.lua:3: attempt to concatenate a table value"
            ),
            ("call(function() error {} end)", "scripts/rule.lua:1: an error value that is a table"),
            (
                "call(function() local s = ('x'):rep(1 << 24) end)",
                "scripts/rule.lua:1: not enough memory: scripts may hold 16 MB at a time"
            ),
            ("big()", "scripts/rule.lua:1: not enough memory: scripts may hold 16 MB at a time"),
            ("call(big)", "scripts/rule.lua:1: not enough memory: scripts may hold 16 MB at a time"),
        ])
    func unwinding(script: String, failure: String) throws {
        for _ in 0..<(script.contains("big") ? 10 : 1_000) {
            let got = state.failure(of: script)
            if state.isStopped { state.revive() }
            if got != failure { #expect(got == failure) }
        }
        #expect(census.born >= 10)
        #expect(census.living == 0)
        #expect(written(try state.run("return number(1)")) == "float 1.0")
    }

    @Test("functions that call each other through the host without end give an error")
    func recursion() throws {
        let failure = state.failure(of: "local function f() return call(f) end f()")
        #expect(failure.contains("C stack overflow"), "\(failure)")
        #expect(census.living == 0)
        #expect(census.born > 50)
        let deep = state.failure(of: "local function f(n) number(n) return 1 + f(n + 1) end f(1)")
        #expect(deep.contains("stack overflow") || deep.contains("not enough memory"), "\(deep)")
        state.revive()
        #expect(census.living == 0)
        #expect(written(try state.run("return number(1)")) == "float 1.0")
    }

    @Test("an error of a host function carries the line that called, and its hint")
    func place() throws {
        define("hint") { _ in throw LuaError("unknown word", hint: "did you mean 'send'?") }
        define("placed") { _ in
            throw LuaError("wrong", at: SourceLocation(file: "templates/a.liquid", line: 7))
        }
        define("line") { call in call.returns(.integer(Int64(call.line?.line ?? 0))) }
        #expect(state.failure(of: "\n\nhint()") == "scripts/rule.lua:3: unknown word; did you mean 'send'?")
        #expect(state.failure(of: "placed()") == "templates/a.liquid:7: wrong")
        #expect(written(try state.run("\n\nreturn (line())")) == "3")
    }

    @Test("an object lives as long as Lua or Swift holds it, and goes when the collector or the state does")
    func objects() throws {
        try state.run("for i = 1, 20000 do thing() end")
        #expect(census.born == 20_000)
        #expect(census.living < 20_000)
        let other = Census()
        do {
            let second = try LuaState()
            let kind = second.makeKind("a thing", [])
            second.define(
                "thing", .function(second.makeFunction("thing") { $0.returns(Witness(other, kind: kind)) }))
            guard case .object(let kept) = try second.run("kept = thing() also = thing() return kept") else {
                Issue.record("no object came back")
                return
            }
            // An object may hold something of the state that owns it.
            (kept as? Witness)?.held = try second.keep(try second.load("return {}", name: "x"))
            #expect(other.living == 2)
        }
        #expect(other.living == 0)
    }

    @Test("functions that were read are given back, so reading them again and again holds no more memory")
    func registry() throws {
        // Each closure carries half a kilobyte: kept for ever, they would pass the limit many times.
        let function = try state.load(
            "local s = ('x'):rep(512) .. (n or '') n = (n or 0) + 1 return { f = function() return s end, g = { type } }",
            name: "x")
        for _ in 0..<60_000 { _ = try state.call(function) }
        #expect(written(try state.run("return n")) == "60000")
    }

    @Test("a reference outlives its state without harm")
    func orphans() throws {
        var reference: LuaReference?
        var value = LuaValue.missing
        do {
            let second = try LuaState()
            reference = try second.keep(try second.load("return {}", name: "x"))
            value = try second.run("return function() end")
        }
        #expect(reference != nil)
        #expect(written(value) == "function")
        reference = nil
        value = .missing
    }
}

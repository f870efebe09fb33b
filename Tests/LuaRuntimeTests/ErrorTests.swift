import Diagnostics
import LuaRuntime
import Testing

@Suite("Errors of scripts")
struct ErrorTests {
    @Test(
        "a script that fails says where and what",
        arguments: [
            ("\nlocal = 1", "scripts/rule.lua:2: <name> expected near '='"),
            ("if x then", "scripts/rule.lua:1: 'end' expected near <eof>"),
            ("\n\nlocal t = 1 t()", "scripts/rule.lua:3: attempt to call a number value (local 't')"),
            ("error 'stop'", "scripts/rule.lua:1: stop"), ("error('stop', 0)", "scripts/rule.lua:1: stop"),
            ("error('a: 1: b', 0)", "scripts/rule.lua:1: a: 1: b"),
            ("error('a\\nb')", "scripts/rule.lua:1: a\nb"),
            ("error {}", "scripts/rule.lua:1: an error value that is a table"),
            ("local t = {} t.t = t error(t)", "scripts/rule.lua:1: an error value that is a table"),
            ("error(nil)", "scripts/rule.lua:1: an error without a message"),
            ("error()", "scripts/rule.lua:1: an error without a message"),
            ("error(true)", "scripts/rule.lua:1: an error value that is true"),
            ("error(pcall)", "scripts/rule.lua:1: an error value that is a function"),
            ("error(12)", "scripts/rule.lua:1: an error value that is the number 12"),
            ("assert(false)", "scripts/rule.lua:1: assertion failed!"),
            ("assert(nil, 'no')", "scripts/rule.lua:1: no"),
            (
                "local f = function() local x = {} .. 1 end\n\nf()",
                "scripts/rule.lua:1: attempt to concatenate a table value"
            ),
        ])
    func messages(script: String, message: String) throws {
        let state = try LuaState()
        #expect(state.failure(of: script) == message)
        #expect(written(try state.run("return 1 + 1")) == "2")
    }

    @Test(
        "an error object tells its own text, in a call as in a coroutine",
        arguments: [
            ("function() return 'out of stock' end", "out of stock"),
            ("function() return 5 end", "an error value that is a table"),
            ("function() error('again') end", "an error value that is a table"),
        ])
    func objects(teller: String, message: String) throws {
        let script = "\nerror(setmetatable({}, { __tostring = \(teller) }))"
        let state = try LuaState()
        #expect(state.failure(of: script) == "scripts/rule.lua:2: \(message)")
        let coroutine = try LuaCoroutine(state, try state.load(script, name: "scripts/rule.lua"))
        let error = #expect(throws: LuaError.self) { try coroutine.resume() }
        #expect(error?.message == message)
        #expect(error?.location?.description == "scripts/rule.lua:2")
    }

    @Test("endless recursion is an error, and the state goes on")
    func recursion() throws {
        let state = try LuaState()
        #expect(state.failure(of: "local function f() return 1 + f() end f()").contains("stack overflow"))
        #expect(
            state.failure(of: "local t = {} for i = 1, 1e6 do t = { t } end return t").contains(
                "nested more than 16"))
        #expect(state.failure(of: "return ('x'):rep(300, '(')").hasPrefix("no error"))
        #expect(state.failure(of: "return " + String(repeating: "(", count: 300) + "1").contains("overflow"))
        #expect(written(try state.run("return 1 + 1")) == "2")
    }

    @Test(
        "a script that wants more memory than it may have is stopped, and the state goes on",
        arguments: [
            "local s = string.rep('x', 1 << 24)", "local s = 'x' while true do s = s .. s end",
            "local t = {} for i = 1, 1e9 do t[i] = i end", "local t = {} for i = 1, 1e9 do t[i] = { i } end",
            "local t = {} for i = 1, 1e9 do t[i] = 'x' .. i end",
            "table.concat({ ('x'):rep(1 << 22), 'y' }, ('x'):rep(1 << 22))",
            "local t = {} while true do t[#t + 1] = function() return t end end",
            "local s = ('x'):rep(1 << 21) string.format('%s%s%s%s%s', s, s, s, s, s)",
        ])
    func memory(script: String) throws {
        let state = try LuaState.holding(megabytes: 8)
        for _ in 0..<3 {
            let failure = state.failure(of: script)
            #expect(failure == "scripts/rule.lua:1: not enough memory: scripts may hold 8 MB at a time")
            // It answers the same until someone lets it go on.
            #expect(state.failure(of: "return 1") == failure)
            state.revive()
            #expect(written(try state.run("return #('x'):rep(1 << 20)")) == "1048576")
        }
    }

    @Test("a file of a long name is named whole, also among others that end alike")
    func longNames() throws {
        let state = try LuaState()
        let end = String(repeating: "很长", count: 10) + "/segments/customers-of-last-year.lua"
        let names = [
            "scripts/a/\(end)", "scripts/b/\(end)", "scripts/\(String(repeating: "x", count: 200)).lua",
            "scripts/" + String(repeating: "y", count: 47) + ".lua",
            "scripts/" + String(repeating: "z", count: 48) + ".lua",
        ]
        let functions = try names.map { try state.load("local x = 1\nerror 'stop'", name: $0) }
        for (name, function) in zip(names, functions) {
            let error = #expect(throws: LuaError.self) { try state.call(function) }
            #expect(error?.location == SourceLocation(file: name, line: 2))
            #expect(error?.message == "stop")
        }
    }

    @Test("an index chain that could crash Lua is refused; long texts and comments are not")
    func chains() throws {
        let state = try LuaState()
        let bombs = [
            "return a" + String(repeating: ".a", count: 30_000) + "()",
            "local a = 1 return a" + String(repeating: "[\"a\"]", count: 12_000) + "()",
            "return a" + String(repeating: " --x\r.--[==[ ]] ]==]\na", count: 201) + "()",
            "return a" + String(repeating: "[x.y].a", count: 101) + "()",
            "return (a" + String(repeating: ".a", count: 150) + ")" + String(repeating: ".a", count: 51)
                + "()",
        ]
        for bomb in bombs {
            #expect(
                state.failure(of: bomb).hasSuffix("an expression with more than 200 indexes in a row"),
                "\(bomb.suffix(40))")
        }
        let harmless = [
            "local a = {} a.a = a return a" + String(repeating: ".a", count: 199) + " == a",
            "return '" + String(repeating: ".a", count: 1_000) + "' ~= ''",
            "return [==[" + String(repeating: ".a]]", count: 1_000) + "]==] ~= ''",
            "-- " + String(repeating: ".a", count: 1_000) + "\nreturn true",
            "local a = {}" + String(repeating: " local _ = a.b", count: 150)
                + String(repeating: " a.b = a.b", count: 1_000)
                + " return true",
            "return #{" + String(repeating: "1.5, ", count: 1_000) + "} == 1000",
        ]
        for script in harmless { #expect(written(try state.run(script)) == "true", "\(script.prefix(40))") }
    }

    @Test("a diagnostic carries the word and the next step")
    func diagnostics() throws {
        let state = try LuaState()
        let error = #expect(throws: LuaError.self) { try state.run("local c = {} return 'Dear ' .. c.name") }
        #expect(
            error?.diagnostic
                == Diagnostic(
                    "attempt to concatenate a nil value (field 'name')",
                    at: SourceLocation(file: "scripts/rule.lua", line: 1), token: "name",
                    hint: "the value is missing for this customer: write (value or \"…\"), or test it first"))
    }
}

import LuaRuntime
import Testing

@Suite("What scripts find in Lua")
struct SandboxTests {
    @Test("the words of Lua are these and no others")
    func allowList() throws {
        let state = try LuaState()
        #expect(
            state.words == [
                "assert", "error", "getmetatable", "ipairs", "load", "math", "next", "pairs", "pcall",
                "rawequal", "rawget", "rawlen", "rawset", "select", "setmetatable", "string", "table",
                "tonumber", "tostring", "type", "utf8", "xpcall",
            ])
        let listing = try state.loadTrusted(
            """
            local library = ...
            local names, words = {}, debug.getmetatable(library).__index
            for name, value in pairs(words) do names[#names + 1] = name .. (type(value) == "function" and "" or "=") end
            table.sort(names)
            return table.concat(names, " ")
            """, name: "listing")
        let expected = [
            "math": "abs acos asin atan atan2 ceil cos cosh deg exp floor fmod frexp huge= ldexp log log10 "
                + "max maxinteger= min mininteger= modf pi= pow rad random randomseed sin sinh sqrt tan tanh tointeger type ult",
            "string":
                "byte char find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper",
            "table": "concat insert move pack remove sort unpack",
            "utf8": "char charpattern= codepoint codes len offset",
        ]
        for (library, names) in expected {
            let table = try state.keep(try state.load("return \(library)", name: "x"))
            let found = written(try state.call(listing, .reference(table)))
            #expect(found == "'\(names)'")
        }
    }

    @Test(
        "nothing that leads out of the sandbox can be named",
        arguments: [
            "_G", "_VERSION", "collectgarbage", "coroutine", "debug", "dofile", "io", "loadfile",
            "loadstring",
            "os", "package", "print", "require", "warn", "string.dump", "('x').dump", "_ENV.io", "_ENV._G",
        ])
    func unreachable(word: String) throws {
        #expect(written(try LuaState().run("return \(word)")) == "nil")
    }

    @Test("bytecode is not loaded")
    func bytecode() throws {
        let failure = try LuaState().failure(of: "\u{1B}Lua")
        #expect(failure.contains("attempt to load a binary chunk"), "\(failure)")
    }

    @Test(
        "one script cannot change the libraries of the others",
        arguments: [
            ("string.format = error", "string.format"), ("string.new = 1", "string.new"),
            ("math.pi = 3", "math.pi"),
            ("utf8.char = nil", "utf8.char"), ("table.insert(string, 1)", "string.1"),
            ("table.move({ 1 }, 1, 1, 7, table)", "table.7"), ("_ENV.string.upper = nil", "string.upper"),
        ])
    func locked(script: String, name: String) throws {
        let state = try LuaState()
        #expect(
            state.failure(of: script).hasSuffix("\(name) cannot be changed; keep your own in a local"))
        #expect(written(try state.run("return ('x'):upper() .. string.format('%d', 1)")) == "'X1'")
    }

    @Test("a sealed environment answers every unknown name and every write, also of words it has")
    func sealed() throws {
        let state = try LuaState()
        state.define("answer", .integer(42))
        state.seal(
            unknown: { throw LuaError("no word: \(try $0.value(2).described)") },
            written: { throw LuaError("\(try $0.value(2).described) is written") })
        state.define("late", .integer(43))
        #expect(written(try state.run("return { answer, late, type(pairs) }")) == "{42, 43, 'function'}")
        let cases = [
            ("\nreturn anwser", "scripts/rule.lua:2: no word: the text 'anwser'"),
            ("x = 1", "scripts/rule.lua:1: the text 'x' is written"),
            ("answer = 1", "scripts/rule.lua:1: the text 'answer' is written"),
            ("pcall = nil", "scripts/rule.lua:1: the text 'pcall' is written"),
            ("_ENV.string = nil", "scripts/rule.lua:1: the text 'string' is written"),
            ("function type() end", "scripts/rule.lua:1: the text 'type' is written"),
        ]
        for (script, failure) in cases { #expect(state.failure(of: script) == failure) }
        #expect(written(try state.run("return answer")) == "42")
    }

    @Test("pairs goes in the order of keys: numbers, then texts by bytes, then false and true")
    func pairsOrder() throws {
        let script = """
            local t = { b = 1, a = 1, ["Z"] = 1, ["张"] = 1, [true] = 1, [false] = 1, [10] = 1, [-1] = 1, [2.5] = 1, 1, 1 }
            local keys = {}
            for key, value in pairs(t) do keys[#keys + 1] = tostring(key) end
            return table.concat(keys, " ")
            """
        #expect(written(try LuaState().run(script)) == "'-1 1 2 2.5 10 Z a b 张 false true'")
    }

    @Test("pairs goes over tables only")
    func pairsOfOther() throws {
        let state = try LuaState()
        #expect(
            state.failure(of: "pairs(nil)")
                == "scripts/rule.lua:1: pairs goes over a table, got a missing value")
        #expect(
            state.failure(of: "\npairs('x')") == "scripts/rule.lua:2: pairs goes over a table, got string")
        #expect(written(try state.run("local n = 0 for _ in pairs {} do n = 1 end return n")) == "0")
    }

    @Test(
        "texts of values have no addresses, which differ from run to run",
        arguments: [
            ("tostring({})", "'table'"), ("tostring(print or type)", "'function'"),
            ("tostring(nil)", "'nil'"),
            ("tostring(1.0)", "'1.0'"), ("tostring('a: 0x1')", "'a: 0x1'"),
            ("string.format('%s', {})", "'table'"),
            ("('%s|%5s'):format(type, {})", "'function|table'"), ("string.format('%%p %d', 1)", "'%p 1'"),
            ("string.format('%-5s|%05.1f', 'a: 0x', 2)", "'a: 0x|002.0'"), ("tostring(thing)", "'userdata'"),
            ("string.format('%s', thing)", "'userdata'"),
        ])
    func noAddresses(expression: String, result: String) throws {
        let state = try LuaState()
        state.define("thing", .object(Witness(Census(), kind: state.makeKind("a thing", []))))
        #expect(written(try state.run("return \(expression)")) == result)
    }

    @Test(
        "a format asks for no address, and its errors name the script's line",
        arguments: [
            (
                "string.format('%p', {})",
                "bad argument #1 to 'format' (%p gives an address, which differs from run to run)"
            ),
            (
                "string.format('%%%-10p', 'x')",
                "bad argument #1 to 'format' (%p gives an address, which differs from run to run)"
            ),
            ("string.format('%d', 'x')", "bad argument #2 to 'format' (number expected, got string)"),
            ("string.format()", "bad argument #1 to 'format' (string expected, got no value)"),
            ("string.format('\\0%p')", "bad argument #1 to 'format' (a format cannot contain a zero byte)"),
            ("tostring()", "bad argument #1 to 'tostring' (value expected)"),
        ])
    func formatErrors(script: String, message: String) throws {
        #expect(try LuaState().failure(of: "\nlocal x = \(script)") == "scripts/rule.lua:2: \(message)")
    }
}

import LuaRuntime
import Testing

@Suite("Values between Swift and Lua")
struct ValueTests {
    @Test("a value comes back as it went")
    func roundTrip() throws {
        let table = LuaTable(fields: [
            ("a", .table(LuaTable(array: [.integer(1), .table(LuaTable(array: [.boolean(false)]))]))),
            ("张", .text("三")),
        ])
        let cases: [(LuaValue, String)] = [
            (.missing, "nil"), (.boolean(true), "true"), (.boolean(false), "false"), (.integer(0), "0"),
            (.integer(.max), "9223372036854775807"), (.integer(.min), "-9223372036854775808"),
            (.number(0.1), "float 0.1"), (.number(1), "float 1.0"), (.number(-0.0), "float -0.0"),
            (.number(.infinity), "float inf"), (.number(.nan), "float nan"), (.text(""), "''"),
            (.text("a\u{0}b"), "'a\u{0}b'"), (.text("张经理 😀 é"), "'张经理 😀 é'"), (.other("a value"), "nil"),
            (.table(LuaTable()), "{}"), (.table(table), "{a = {1, {false}}, 张 = '三'}"),
        ]
        let state = try LuaState()
        let same = try state.load("return ...", name: "x")
        for (value, text) in cases { #expect(written(try state.call(same, .value(value))) == text) }
    }

    @Test("lengths count bytes in Lua, with zero bytes and Chinese")
    func lengths() throws {
        let state = try LuaState()
        let length = try state.load("return #...", name: "x")
        #expect(written(try state.call(length, .value(.text("a\u{0}张")))) == "5")
    }

    @Test(
        "a table is read whole: its sequence, then its texts in the order of bytes",
        arguments: [
            ("{ 3, 2, 1 }", "{3, 2, 1}"),
            (
                "{ b = 1, a = 2, Z = 3, ['é'] = 4, ['e\u{301}'] = 5 }",
                "{Z = 3, a = 2, b = 1, e\u{301} = 5, é = 4}"
            ),
            ("{ 1, x = 2, [true] = 3, [2.5] = 4 }", "{1, x = 2}"),
            ("{ type, { type } }", "{function, {function}}"),
            ("{ '\\xFF' }", "{'\u{FFFD}'}"), ("{ { {} } }", "{{{}}}"),
        ])
    func tables(expression: String, text: String) throws {
        // Lua's own order of texts is another in every state.
        for _ in 0..<10 { #expect(written(try LuaState().run("return \(expression)")) == text) }
    }

    @Test("a table that is too deep, contains itself or is endless is refused")
    func refused() throws {
        let state = try LuaState()
        let deep = "local t = {} for i = 1, 15 do t = { t } end return t"
        #expect(state.failure(of: deep) == "no error")
        for script in [
            "local t = {} for i = 1, 16 do t = { t } end return t", "local t = {} t[1] = t return t",
            "local t = {} t.x = { t } return t",
        ] {
            #expect(
                state.failure(of: script) == "a table that is nested more than 16 deep, or contains itself")
        }
        #expect(
            state.failure(of: "local t = {} for i = 1, 15 do t = { t, t, t, t, t, t, t, t } end return t")
                == "a table of more than 1000000 values")
        #expect(written(try state.run("return { 1 }")) == "{1}")
    }

    @Test("two results are read, and what lacks is missing")
    func twoResults() throws {
        let state = try LuaState()
        let (first, second) = try state.callForTwo(try state.load("return { type }, 'b', 3", name: "x"))
        #expect(written(first) == "{function}" && written(second) == "'b'")
        let (one, none) = try state.callForTwo(try state.load("return 1", name: "x"))
        #expect(written(one) == "1" && written(none) == "nil")
    }

    @Test("a value that stays in Lua is handed back as the same value")
    func references() throws {
        let state = try LuaState()
        let table = try state.keep(try state.load("return { n = 1 }", name: "x"))
        #expect(state.type(of: table) == "table")
        let increase = try state.load("local t = ... t.n = t.n + 1 return t.n", name: "x")
        for expected in 2...100 {
            #expect(written(try state.call(increase, .reference(table))) == "\(expected)")
        }
    }
}

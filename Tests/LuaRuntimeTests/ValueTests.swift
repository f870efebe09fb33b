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

    @Test("numbers at the extremes keep their bits and their kind, both ways")
    func extremes() throws {
        let state = try LuaState()
        let told = try state.load(
            "local n = ... return math.type(n) .. (' %.17g '):format(n) .. tostring(1 / n)", name: "x")
        let same = try state.load("return ...", name: "x")
        let numbers: [(Double, String)] = [
            (-0.0, "float -0 -inf"), (0.0, "float 0 inf"),
            (.greatestFiniteMagnitude, "float 1.7976931348623157e+308 5.562684646268e-309"),
            (.leastNonzeroMagnitude, "float 4.9406564584124654e-324 inf"), (-.infinity, "float -inf -0.0"),
            (9_007_199_254_740_992, "float 9007199254740992 1.1102230246252e-16"),
            (0x1p63, "float 9.2233720368547758e+18 1.0842021724855e-19"),
        ]
        for (number, text) in numbers {
            #expect(written(try state.call(told, .value(.number(number)))) == "'\(text)'")
            guard case .number(let back) = try state.call(same, .value(.number(number))) else {
                Issue.record("\(number) is no float any more")
                continue
            }
            #expect(back.bitPattern == number.bitPattern)
        }
        for integer in [Int64.min, .min + 1, -1, 0, 1, 1 << 53 + 1, .max - 1, .max] {
            guard case .integer(let back) = try state.call(same, .value(.integer(integer))) else {
                Issue.record("\(integer) is no integer any more")
                continue
            }
            #expect(back == integer)
        }
        let kinds = "local n = ... return n ~= n and math.type(n)"
        #expect(written(try state.call(try state.load(kinds, name: "x"), .value(.number(.nan)))) == "'float'")
    }

    @Test(
        "bytes that are no UTF-8 are replaced on the way to Swift, and zero bytes are kept, also in names",
        arguments: [
            ("'\\xFF'", "'\u{FFFD}'"), ("'a\\xC3'", "'a\u{FFFD}'"), ("'\\xC0\\x80'", "'\u{FFFD}\u{FFFD}'"),
            ("'\\xED\\xA0\\x80'", "'\u{FFFD}\u{FFFD}\u{FFFD}'"),
            ("'\\0a\\0'", "'\u{0}a\u{0}'"), ("'\\xEF\\xBB\\xBFx'", "'\u{FEFF}x'"),
            ("'\\u{10FFFF}'", "'\u{10FFFF}'"), ("{ ['\\0'] = 1 }", "{\u{0} = 1}"),
            ("('\\xFF'):rep(3)", "'\u{FFFD}\u{FFFD}\u{FFFD}'"),
        ])
    func bytes(expression: String, text: String) throws {
        #expect(Array(written(try LuaState().run("return \(expression)")).utf8) == Array(text.utf8))
    }

    @Test("a deep table of Swift is pushed whole, beyond what may come back")
    func deepTables() throws {
        let state = try LuaState()
        func nested(_ depth: Int) -> LuaValue {
            (0..<depth).reduce(.integer(7)) { value, _ in .table(LuaTable(array: [value])) }
        }
        let depth = try state.load(
            "local t, n = ..., 0 while type(t) == 'table' do t, n = t[1], n + 1 end return { n, t }",
            name: "x")
        for count in [1, 16, 17, 200] {
            #expect(written(try state.call(depth, .value(nested(count)))) == "{\(count), 7}")
        }
        let same = try state.load("return ...", name: "x")
        #expect(written(try state.call(same, .value(nested(16)))).hasPrefix("{{{"))
        let error = #expect(throws: LuaError.self) { try state.call(same, .value(nested(17))) }
        #expect(error?.message == "a table that is nested more than 16 deep, or contains itself")
        let wide = LuaValue.table(LuaTable(array: (0..<100_000).map { .integer(Int64($0)) }))
        let length = try state.load("return #...", name: "x")
        #expect(written(try state.call(length, .value(wide))) == "100000")
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

import LuaRuntime
import Testing

@Suite("Missing values")
struct MissingValueTests {
    @Test(
        "an ordered comparison with a missing value is false, arithmetic with it and indexing it are missing",
        arguments: [
            ("x < 1", "false"), ("x <= 1", "false"), ("x > 1", "false"), ("x >= 1", "false"),
            ("1 < x", "false"),
            ("1 <= x", "false"), ("x < x", "false"), ("x <= x", "false"), ("x < 'a'", "false"),
            ("'a' >= x", "false"),
            ("not (x < 1)", "true"),
            ("x + 1", "nil"), ("1 + x", "nil"), ("x - x", "nil"), ("x * 2.5", "nil"), ("2 / x", "nil"),
            ("x // 2", "nil"), ("x % 2", "nil"), ("x ^ 2", "nil"), ("2 ^ x", "nil"), ("-x", "nil"),
            ("'10' + x", "nil"),
            ("x + '10'", "nil"), ("1 + x * 2 - 3", "nil"),
            ("x.a", "nil"), ("x.a.b.c", "nil"), ("x[1]", "nil"), ("x[nil]", "nil"), ("('a').b.c", "nil"),
            ("x == nil", "true"), ("x ~= nil", "false"), ("x == 0", "false"), ("x == false", "false"),
            ("x and 1", "nil"), ("x or 1", "1"), ("not x", "true"), ("x == x", "true"),
        ])
    func results(expression: String, result: String) throws {
        #expect(written(try LuaState().run("local x return \(expression)")) == result)
    }

    @Test(
        "concatenating, calling and changing a missing value are errors that name it",
        arguments: [
            ("local c = {} return 'Dear ' .. c.name", "attempt to concatenate a nil value (field 'name')"),
            ("local x return x .. 'a'", "attempt to concatenate a nil value (local 'x')"),
            ("local c = {} c.call()", "attempt to call a nil value (field 'call')"),
            ("local c = {} c:call()", "attempt to call a nil value (method 'call')"),
            ("local x x.a = 1", "attempt to index a nil value (local 'x')"),
            ("local x return #x", "attempt to get length of a nil value (local 'x')"),
            ("local x return x & 1", "attempt to perform bitwise operation on a nil value (local 'x')"),
            ("local x return ~x", "attempt to perform bitwise operation on a nil value (local 'x')"),
            ("for i = 1, nil do end", "bad 'for' limit (number expected, got nil)"),
            ("local t = {} t[nil] = 1", "table index is nil"),
            ("return 1 < 'a'", "attempt to compare number with string"),
            ("return {} + 1", "attempt to perform arithmetic on a table value"),
        ])
    func errors(script: String, message: String) throws {
        let failure = try LuaState().failure(of: script)
        #expect(failure == "scripts/rule.lua:1: \(message)")
    }
}

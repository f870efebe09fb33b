import LuaRuntime
import Testing

@Suite("Where the sandbox differs from Lua on purpose")
struct SandboxDifferenceTests {
    @Test(
        "what Lua would do is refused in words",
        arguments: [
            ("setmetatable({}, { __gc = function() end })", "a script's metatable cannot have __gc"),
            ("setmetatable({}, { __mode = 'k' })", "a script's metatable cannot have __mode"),
            ("setmetatable({}, { __close = function() end })", "a script's metatable cannot have __close"),
            ("setmetatable({}, { __concat = function() end })", "a script's metatable cannot have __concat"),
            ("setmetatable({}, { __gc = false })", "a script's metatable cannot have __gc"),
            ("setmetatable({}, { __call = {} })", "__call takes a function, got table"),
            ("setmetatable(string, {})", "cannot change a protected metatable"),
            ("rawset(string, 'x', 1)", "this table cannot be changed; keep your own in a local"),
            ("pairs('x')", "pairs goes over a table, got string"),
            ("next(1)", "next goes over a table, got number"),
            ("next({ 1 }, 0 / 0)", "next takes a key that the table has, or nothing"),
            ("next({ [type] = 1 }, next)", "next takes a key that the table has, or nothing"),
            (
                "pairs({ [{}] = 1, [type] = 2 })",
                "keys that are tables or functions have no order; keep them in a list"
            ),
            (
                "math.randomseed()",
                "bad argument #1 to 'randomseed' (a number is needed; the clock is no seed)"
            ),
            // The bound that is wrong, where Lua 5.4.4 names the first argument.
            ("math.random(2, 1)", "bad argument #2 to 'random' (interval is empty)"),
            ("table.sort({}, 1)", "bad argument #2 to 'sort' (function expected, got number)"),
            ("table.move('abc', 1, 2, 1, {})", "bad argument #1 to 'move' (table expected, got string)"),
            ("table.remove({ 1, 2 }, 7)", "bad argument #2 to 'remove' (position out of bounds)"),
            ("table.insert(nil, 1)", "bad argument #1 to 'insert' (table expected, got nil)"),
            ("table.concat('abc')", "bad argument #1 to 'concat' (table expected, got string)"),
            ("('x'):rep(1 << 25)", "resulting string too large"),
            ("load(5)", "load takes a text, or a function that gives pieces of one, got number"),
            ("load(function() error('mine') end)", "mine"),
        ])
    func refused(script: String, message: String) throws {
        #expect(try LuaState().failure(of: script) == "scripts/rule.lua:1: \(message)")
    }

    @Test(
        "results that differ in Lua, or from run to run",
        arguments: [
            // Metamethods are those that the metatable had when setmetatable was called …
            ("local m = {} local t = setmetatable({}, m) m.__index = { x = 1 } return t.x", "nil"),
            ("local m = {} local t = setmetatable({}, m) m.__gc = 1 return getmetatable(t) == m", "true"),
            // … or called again, for all its tables.
            (
                """
                local m = {} local t = setmetatable({}, m) m.__index = { x = 1 }
                setmetatable({}, m) return t.x
                """, "1"
            ),
            // The other fields of a metatable are its own, as they are now.
            (
                """
                local m = {} local t = setmetatable({}, m) m.n = 1
                return { getmetatable(t).n, getmetatable(t) == m }
                """, "{1, true}"
            ),
            ("local m = {} local t = setmetatable({}, m) m.__metatable = 1 return getmetatable(t)", "1"),
            // The bridge's entries in a metatable are not for scripts.
            ("local m = {} setmetatable({}, m) for k in pairs(m) do return 1 end return next(m)", "nil"),
            // Texts and missing values have metatables that no script sees.
            (
                "return { getmetatable('x'), getmetatable(nil), getmetatable(string) }",
                "{false, false, false}"
            ),
            // A name is told by Lua together with an address.
            ("return tostring(setmetatable({}, { __name = 'thing' }))", "'table'"),
            // An iterator that knows its table, instead of next, the table and nothing.
            ("return select('#', pairs({}))", "1"),
            // What comes while one goes over a table is left for the next time.
            (
                """
                local t, n = { a = 1, b = 2 }, 0
                for k in pairs(t) do n = n + 1 t[k .. k] = n end return n
                """, "2"
            ),
            // next goes on after a key that is no longer there.
            ("return next({ a = 1, c = 3 }, 'b')", "'c'"), ("return next({ 1, 2, 5 }, 2.5)", "3"),
            ("return next({ a = 1 }, 'z')", "nil"), ("return next({ 1 }, type)", "nil"),
            // Elements that are equal stay in their order, and an order that contradicts itself ends.
            (
                """
                local t = {} for i = 1, 200 do t[i] = { i % 3, i } end
                table.sort(t, function(a, b) return a[1] < b[1] end)
                for i = 2, 200 do
                  local a, b = t[i - 1], t[i]
                  if a[1] > b[1] or a[1] == b[1] and a[2] > b[2] then return i end
                end
                return 'stable'
                """, "'stable'"
            ),
            (
                """
                local t = {} for i = 1, 100 do t[i] = i end
                table.sort(t, function() return true end) return #t
                """, "100"
            ),
            // What the comparison does to the list does not change what is sorted.
            (
                """
                local t = { 3, 1, 2 }
                table.sort(t, function(a, b) t[1] = nil return a < b end) return t
                """, "{1, 2, 3}"
            ),
            // Functions of the library have no names of their own, only those they are called by.
            (
                "return { pcall(string.rep) }",
                "{false, 'bad argument #1 to '?' (string expected, got no value)'}"
            ),
        ])
    func results(script: String, result: String) throws {
        #expect(written(try LuaState().run(script)) == result)
    }

    @Test("an element that changes while a list is put together is an error, not a longer text")
    func changingText() throws {
        let script = """
            local n = 0
            local t = setmetatable({}, { __len = function() return 3 end, __index = function(_, i)
              n = n + 1
              return ("x"):rep(n)
            end })
            table.concat(t, ",")
            """
        #expect(
            try LuaState().failure(of: script)
                == "scripts/rule.lua:6: the table changed while it was concatenated")
    }

    @Test("what is loaded is named after the line that loads it, whatever name it is given")
    func loaded() throws {
        let state = try LuaState()
        let script = "\n\nreturn { (select(2, load('x =', '=scripts/other.lua'))) }"
        #expect(
            written(try state.run(script))
                == "{'load at scripts/rule.lua:3:1: unexpected symbol near <eof>'}")
        #expect(
            written(try state.run("return { pcall(load('\\nerror(\"x\")', '@scripts/other.lua')) }"))
                == "{false, 'load at scripts/rule.lua:1:2: x'}")
        #expect(
            written(try state.run("return (select(2, load('return load(\"x =\")')()))"))
                == "'load at scripts/rule.lua:1:1: unexpected symbol near <eof>'")
        let chain = "return (select(2, load('\\nreturn a' .. ('.a'):rep(201))))"
        #expect(
            written(try state.run(chain))
                == "'scripts/rule.lua:1:2: an expression with more than 200 indexes in a row'")
    }

    @Test("a table that is refused is as it was, and names what the script did")
    func asItWas() throws {
        let script = """
            local first = { __index = { x = 1 } }
            local t = setmetatable({}, first)
            local ok, message = pcall(setmetatable, t, { __index = { x = 2 }, __mode = 'v' })
            return { ok, t.x, getmetatable(t) == first }
            """
        #expect(written(try LuaState().run(script)) == "{false, 1, true}")
    }
}

import LuaRuntime
import Testing

/// A file of `Tests/Lua` makes the calls; a difference is told with its arguments or the number of its round.
@Suite("The sandbox's libraries against Lua's own")
struct LibraryDifferentialTests {
    @Test("patterns find, match and replace what Lua's do, and fail with its messages")
    func patterns() throws {
        let found = try Differential("patterns.lua", "string", rounds: 30_000)
        #expect(found.differences == "")
        // The patterns are such that much is found and much is wrong with them.
        #expect(found.results > found.calls / 3 && found.errors > found.calls / 20 && found.kinds >= 10)
    }

    @Test("all bytes in all classes, deep patterns and long texts match as in Lua")
    func shapes() throws {
        let found = try Differential("pattern_shapes.lua", "string")
        #expect(found.differences == "")
        #expect(found.calls > 10_000)
    }

    @Test("the string functions without patterns give what Lua's do, for arguments of all kinds")
    func strings() throws {
        let found = try Differential("string_values.lua", "string", rounds: 10_000)
        #expect(found.differences == "")
        #expect(found.results > found.calls / 5 && found.errors > found.calls / 20 && found.kinds >= 30)
    }

    @Test("the table functions give and do what Lua's do, also with metamethods, holes and extreme places")
    func tables() throws {
        let found = try Differential("tables.lua", "table", rounds: 20_000)
        #expect(found.differences == "")
        #expect(found.results > found.calls / 5 && found.errors > found.calls / 20 && found.kinds >= 15)
    }

    @Test("raw access, select, tonumber, tostring and metatables answer as Lua's, for arguments of all kinds")
    func words() throws {
        let found = try Differential("words.lua", "_ENV", rounds: 20_000)
        #expect(found.differences == "")
        #expect(found.results > found.calls / 5 && found.errors > found.calls / 20 && found.kinds >= 10)
    }

    @Test("pairs and next give Lua's entries, each once and in order, while a script changes them")
    func traversals() throws {
        let found = try Differential("traversals.lua", "_ENV", rounds: 3_000)
        #expect(found.differences == "")
        #expect(found.calls > 3_000)
    }
}

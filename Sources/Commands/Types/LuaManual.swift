internal import LuaRuntime

/// Names of Lua 5.4 as its manual lists them, <https://www.lua.org/manual/5.4/>, of which scripts do not find all.
enum LuaManual {
    /// The libraries.
    static let libraries = ["coroutine", "debug", "io", "math", "os", "package", "string", "table", "utf8"]

    /// The functions among the globals.
    static let functions = [
        "assert", "collectgarbage", "dofile", "error", "getmetatable", "ipairs", "load", "loadfile", "next",
        "pairs",
        "pcall", "print", "rawequal", "rawget", "rawlen", "rawset", "select", "setmetatable", "tonumber",
        "tostring", "type", "warn", "xpcall",
    ]

    /// Those of the names that scripts do not find.
    static func missing(_ names: [String]) throws -> [String] {
        let found = Set(try LuaState().words)
        return names.filter { !found.contains($0) }
    }
}

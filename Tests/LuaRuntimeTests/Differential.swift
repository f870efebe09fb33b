import Foundation
import LuaRuntime
import TestSupport
import Testing

/// A program of `Tests/Lua` that compares one of the sandbox's libraries with Lua's own, in a state that has both.
struct Differential {
    /// What differs, in words; empty where nothing does.
    let differences: String
    /// How many calls were compared, how many of them gave something, and how many raised.
    let calls, results, errors: Int
    /// How many different errors there were.
    let kinds: Int

    /// How many times more rounds to run: `MOONLETTER_FUZZ=100 swift test --filter Differential`.
    static let factor = Int(ProcessInfo.processInfo.environment["MOONLETTER_FUZZ"] ?? "") ?? 1

    /// Runs a program with the libraries that scripts and Lua know by `name`; `_ENV` means the words.
    init(_ file: String, _ name: String, rounds: Int = 0, seed: Int64 = 1) throws {
        let state = try LuaState(budgets: .standard, seed: 1, isLimited: false)
        let harness = try state.keep(
            try state.loadTrusted(try luaFile("harness.lua"), name: "harness"), .value(.integer(seed)))
        let lua = try state.keep(try state.loadTrusted("return \(name)", name: "lua"))
        let locked = try state.keep(try state.load("return \(name)", name: "library"))
        let ours = try state.keep(
            try state.loadTrusted("return debug.getmetatable((...)).__index", name: "ours"),
            .reference(locked))
        try state.call(
            try state.loadTrusted(try luaFile(file), name: file), .reference(harness), .reference(lua),
            .reference(ours), .value(.integer(Int64(rounds * Self.factor))))
        let report = try state.call(
            try state.loadTrusted("return (...).report()", name: "report"), .reference(harness))
        guard case .table(let report) = report, case .text(let differences) = report["differences"] else {
            throw LuaError("the program gave no report")
        }
        func count(_ name: String) -> Int {
            if case .integer(let value) = report[name] { Int(value) } else { 0 }
        }
        self.differences = differences
        (calls, results, errors, kinds) = (count("calls"), count("results"), count("errors"), count("kinds"))
    }
}

/// The text of a file in `Tests/Lua`.
func luaFile(_ name: String) throws -> String {
    try String(contentsOf: checkout.appending(path: "Tests/Lua/\(name)"), encoding: .utf8)
}

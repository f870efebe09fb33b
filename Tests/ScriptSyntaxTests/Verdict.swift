import Basics
import Diagnostics
import Foundation
import ScriptSyntax

/// Compares what the parser says of texts with what Lua says.
struct Verdicts {
    let lua: LuaReference
    private(set) var accepted = 0
    private(set) var refused = 0
    /// Texts that only one of both takes.
    private(set) var differences: [String] = []

    init() throws {
        lua = try LuaReference()
    }

    /// What Lua's code generator refuses is left to the loader.
    private static let generatorLimits = ["too many registers", "control structure too long"]

    mutating func compare(_ text: String) {
        let refusal = lua.refusal(of: text)
        if let refusal, Self.generatorLimits.contains(where: { refusal.contains($0) }) { return }
        let chunk = LuaChunk(parsing: text, path: "s")
        if refusal == nil { accepted += 1 } else { refused += 1 }
        guard (refusal == nil) != chunk.errors.isEmpty else { return }
        let ours = chunk.errors.first.map { "\($0.message) at \($0.location.map { "\($0)" } ?? "?")" }
        differences.append(
            "Lua: \(refusal ?? "takes it"); parser: \(ours ?? "takes it")\n\(text.prefix(3000))\n----")
    }

    /// How many times more rounds to run: `MOONLETTER_FUZZ=100 swift test --filter ScriptSyntaxTests`.
    static let factor = Int(ProcessInfo.processInfo.environment["MOONLETTER_FUZZ"] ?? "") ?? 1
}

extension SplitMix64 {
    mutating func pick<T>(_ items: [T]) -> T { items[Int(next() % UInt64(items.count))] }
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}

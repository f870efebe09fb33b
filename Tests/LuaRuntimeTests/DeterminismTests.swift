import Foundation
import LuaRuntime
import TestSupport
import Testing

@Suite("The same script gives the same bytes")
struct DeterminismTests {
    /// Everything that Lua would answer by addresses, clocks or the order of its tables.
    private static let script = """
        local lines = {}
        local function out(...)
          local values = { ... }
          for i = 1, select("#", ...) do values[i] = tostring(values[i]) end
          lines[#lines + 1] = table.concat(values, " ")
        end
        local mixed = { 3, 2, 1, x = 1, y = {}, [true] = type, [false] = 0, [2.5] = "a", [-1] = "b", [out] = "f" }
        for i = 1, 200 do mixed["key" .. i * 7919 % 1000] = i end
        for key, value in pairs(mixed) do out(key, value) end
        local key, value = next(mixed)
        while key ~= nil do
          out(key, value)
          key, value = next(mixed, key)
        end
        out(mixed, out, type, {}, string.format("%s %s %-12s|%q", {}, out, type, 0.1), math.random(0), math.random())
        for i = 1, 20 do out(math.random(i), math.random(-i, i)) end
        local list = {}
        for i = 1, 300 do list[i] = { math.random(9), i } end
        table.sort(list, function(a, b) return a[1] < b[1] end)
        for _, item in ipairs(list) do out(item[1], item[2]) end
        table.sort(list, function() return math.random() < 0.5 end)
        for _, item in ipairs(list) do out(item[2]) end
        out(pcall(function() return {} < {} end))
        out(pcall(error, {}))
        out(load("x ="))
        out((("hello world"):gsub("o", { o = 0 })), ("x"):rep(3, ","), #tostring(setmetatable({}, { __name = "n" })))
        return table.concat(lines, "\\n")
        """

    private static func output(seed: UInt64 = 7) throws -> String {
        guard case .text(let text) = try LuaState(seed: seed).run(script) else { throw LuaError("no text") }
        return text
    }

    @Test("in two states of one process")
    func states() throws {
        let first = try Self.output()
        for _ in 0..<5 { #expect(try Self.output() == first) }
        #expect(try Self.output(seed: 8) != first)
    }

    @Test("in one state after another, on many threads at a time")
    func threads() async throws {
        let first = try Self.output()
        let others = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try await Self.outputOfThread() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(others == Array(repeating: first, count: 8))
    }

    private static func outputOfThread() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try output() }) }
            thread.start()
        }
    }

    #if compiler(>=6.2)
        @Test("in two processes")
        func processes() async throws {
            var outputs: [[UInt8]] = []
            for _ in 0..<2 {
                let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                    FileHandle.standardOutput.write(Data("\n<<<\(try Self.output())>>>\n".utf8))
                }
                let content = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
                guard let start = content.range(of: "<<<"), let end = content.range(of: ">>>\n") else {
                    Issue.record("no output")
                    return
                }
                outputs.append(Array(content[start.upperBound..<end.lowerBound].utf8))
            }
            #expect(outputs == Array(repeating: Array(try Self.output().utf8), count: 2))
        }
    #endif
}

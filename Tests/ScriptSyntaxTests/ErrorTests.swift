import Diagnostics
import ScriptSyntax
import TestSupport
import Testing

/// What is told about texts that are no Lua.
@Suite struct ErrorTests {
    @Test("every error of a script is told, with its place and the next step")
    func errors() throws {
        let parts = Self.examples.map { source in
            let chunk = LuaChunk(parsing: source, path: "s")
            let lines = chunk.errors.map { error in
                let place = error.location.map { "\($0.line):\($0.column ?? 0)" } ?? "?"
                return "\(place) [\(error.token ?? "")] \(error.message)"
                    + (error.hint.map { "\n    \($0)" } ?? "")
            }
            let text = source.split(separator: "\n", omittingEmptySubsequences: false).map { "  | \($0)\n" }
                .joined()
            return text + lines.joined(separator: "\n")
        }
        try expectGolden(parts.joined(separator: "\n\n") + "\n", "syntax-errors.txt")
    }

    @Test("no more than 20 errors are told, one in a line and in their order")
    func bounded() {
        let chunk = LuaChunk(parsing: String(repeating: "f( = 1 1 1\n", count: 200), path: "s")
        #expect(chunk.errors.count == 20)
        #expect(chunk.errors.map { $0.location?.line ?? 0 } == Array(1...20))
    }

    @Test("what stands behind an error is read")
    func goesOn() {
        let chunk = LuaChunk(parsing: "local x = = 1\nif x y then f() end\nlocal z = x", path: "s")
        #expect(chunk.errors.count == 2)
        #expect(chunk.variables.map(\.name.text) == ["x", "z"])
        #expect(chunk.variables.first?.reads.count == 2)
    }
}

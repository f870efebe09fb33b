import Foundation
import LuaRuntime
import Testing

@Suite("Small programs say the same in the sandbox as in Lua", .enabled(if: LuaProgram.isInstalled))
struct ProgramDifferentialTests {
    @Test("metamethods behave as in Lua", arguments: LuaProgram.all(in: "metamethods.lua"))
    func metamethods(program: LuaProgram) throws { try expectSame(program) }

    @Test(
        "errors are raised, caught and worded as in Lua",
        arguments: LuaProgram.all(in: "protected_calls.lua"))
    func protectedCalls(program: LuaProgram) throws { try expectSame(program) }

    @Test("texts are loaded as in Lua", arguments: LuaProgram.all(in: "loading.lua"))
    func loading(program: LuaProgram) throws { try expectSame(program) }

    private func expectSame(_ program: LuaProgram) throws {
        guard case .text(let ours) = try LuaState().run(program.script, name: "program") else {
            Issue.record("no text came back")
            return
        }
        let lines = ours.components(separatedBy: "\n")
        let expected = try program.outputOfLua().components(separatedBy: "\n")
        #expect(lines.count == expected.count && !ours.isEmpty, "\(expected)")
        for (line, expected) in zip(lines, expected) { #expect(line == expected) }
    }
}

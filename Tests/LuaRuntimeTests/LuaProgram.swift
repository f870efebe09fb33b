import Foundation
import TestSupport
import Testing

/// A small program that writes lines with `out(…)`, to be run by the sandbox and by the `lua5.4` program.
struct LuaProgram: Sendable, CustomTestStringConvertible {
    /// What it shows.
    let name: String
    /// Its text.
    let text: String

    var testDescription: String { name }

    static let interpreter = "/usr/bin/lua5.4"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: interpreter) }

    /// The programs of a file in `Tests/Lua`; each begins with a line `--- what it shows`.
    static func all(in file: String) -> [LuaProgram] {
        let text = (try? luaFile(file)) ?? ""
        return "\n\(text)".components(separatedBy: "\n--- ").dropFirst().compactMap { part in
            guard let end = part.firstIndex(of: "\n") else { return nil }
            return LuaProgram(name: String(part[..<end]), text: String(part[end...].dropFirst()))
        }
    }

    /// The program with `out`, on as many lines, such that it returns all that was written.
    var script: String {
        """
        local lines = {} local function out(...) local values = { ... } \
        for i = 1, select("#", ...) do values[i] = tostring(values[i]) end \
        lines[#lines + 1] = table.concat(values, " ") end \(text)
        return table.concat(lines, "\\n")
        """
    }

    /// What `lua5.4` says, where missing values behave as in rules.
    func outputOfLua() throws -> String {
        let folder = try TemporaryFolder()
        let program = try folder.write(script, to: "program.lua")
        let host = """
            local function missing() end
            local meta = { __lt = function() return false end, __le = function() return false end }
            for name in ("add sub mul div mod pow unm idiv index"):gmatch("%a+") do meta["__" .. name] = missing end
            debug.setmetatable(nil, meta)
            local file = assert(io.open(arg[1]))
            io.write(assert(load(file:read("a"), "@program"))())
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.interpreter)
        process.arguments = [try folder.write(host, to: "host.lua"), program]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

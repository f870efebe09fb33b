internal import Diagnostics
internal import LuaRuntime

/// What the scripts of a host returned, and the word `require` that gives it to other scripts.
struct ModuleTable {
    let require: LuaFunction
    private let run: LuaFunction

    init(_ host: RuleHost) throws {
        let setUp = try host.state.loadTrusted(
            String(decoding: PackageResources.require_lua, as: UTF8.self), name: "require.lua")
        let start = host.makeFunction("require") { call, host in
            var answer = LuaTable()
            do {
                answer.fields = [("path", .text(try host.require(try call.arguments(.text("name")))))]
            } catch {
                // Not raised here: the place of the error is the script that requires, not require.lua.
                answer.fields = [("problem", .text(host.textToRaise(error)))]
            }
            return call.returns(.table(answer))
        }
        let error = try host.state.call(try host.state.loadTrusted("return error", name: "require.lua"))
        let words = try host.state.callForTwo(setUp, .value(.function(start)), .value(error))
        guard case (.function(let run), .function(let require)) = words else {
            throw LuaError("the word require did not load")
        }
        self.run = run
        self.require = require
    }

    /// Runs a script and keeps what it returns.
    func run(_ file: ScriptFile, in state: LuaState) throws {
        let chunk = try state.load(file.text, name: file.path)
        try state.call(run, .value(.text(file.path)), .value(.function(chunk)))
    }
}

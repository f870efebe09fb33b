internal import Diagnostics
internal import LuaRuntime

/// The words of tests that are partly Lua.
struct TestTable {
    let expect: LuaFunction
    let simulate: LuaFunction

    init(_ host: RuleHost) throws {
        let setUp = try host.state.loadTrusted(
            String(decoding: PackageResources.tests_lua, as: UTF8.self), name: "tests.lua")
        let matchers = LuaTable(fields: expectationMethods.map { ($0.name, $0.value(host)) })
        let start = host.makeFunction("expect") { call, host in
            _ = try host.runningTest("expect")
            return call.returnsNothing()
        }
        let unknown = host.makeFunction("expect") { call, _ in
            let name = try call.value(1).described
            var hint = "known are: \(expectationMethods.map(\.name).joined(separator: ", "))"
            if case .text(let text) = try call.value(1) {
                hint = suggestion(text, expectationMethods.map(\.name), what: "expectation")
                throw LuaError("expect(…) has no '\(text)'", hint: hint)
            }
            throw LuaError("expect(…) is followed by a name, got \(name)", hint: hint)
        }
        let simulation = host.makeFunction("simulate") { call, host in
            try host.simulate(call)
        }
        let words = try host.state.callForTwo(
            setUp, .value(.table(matchers)), .value(.function(start)), .value(.function(unknown)),
            .value(.function(simulation)))
        guard case (.function(let expect), .function(let simulate)) = words else {
            throw LuaError("the words of tests did not load")
        }
        self.expect = expect
        self.simulate = simulate
    }
}

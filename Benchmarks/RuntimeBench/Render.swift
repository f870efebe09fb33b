import Basics
import Catalog
import Formats
import Foundation
import LuaRuntime
import Rules

/// Renders a message for every customer of a file, so many times; prints the median seconds of a round and writes the
/// texts. A `.lua` file returns a function that writes the message by hand.
func render(_ words: [String]) throws {
    guard let times = Int(words[3]), times > 0 else { fail("\(words[3]) is no number") }
    guard case .array(let customers) = try JSON(parsing: text(words[1])) else {
        fail("\(words[1]) is no list")
    }
    // As a CRM holds them: values of Swift that become Lua's for each message.
    let data = customers.map { LuaTable(fields: fields(of: $0)) }
    let message: (LuaTable) throws -> String
    if words[0].hasSuffix(".lua") {
        let state = try LuaState()
        let formats = MessageFormats(zone: .gmt, language: nil)
        let money = state.makeFunction("money") { call in
            call.returns(.text(formats.money(try call.arguments(.number("amount")), currency: "CNY", .sign)))
        }
        let script = try state.load(text(words[0]), name: "message.lua")
        guard case .function(let write) = try state.call(script, .value(.function(money))) else {
            fail("\(words[0]) returns no function")
        }
        message = { values in
            guard case .text(let text) = try state.call(write, .value(.table(values))) else { return "" }
            return text
        }
    } else {
        let host = try RuleHost(clock: RuleClock(now: 1_796_086_800, zone: .gmt))
        host.attach(NoCustomers())
        try host.load(templates: [ScriptFile(path: "templates/message.liquid", text: text(words[0]))])
        message = { values in
            guard case .written(let message) = try host.render("message", .email, with: values) else {
                fail("the message is held back")
            }
            return message.html ?? message.text
        }
    }
    var texts: [String] = []
    let seconds = try (0..<times).map { _ in
        try ContinuousClock().measure { texts = try data.map(message) } / .seconds(1)
    }
    try JSONSerialization.data(withJSONObject: texts).write(to: URL(filePath: words[2]))
    print(seconds.sorted()[times / 2])
}

private func fields(of value: JSON) -> [(name: String, value: LuaValue)] {
    guard case .object(let members) = value else { return [] }
    return members.map { ($0.name, lua($0.value)) }
}

private func lua(_ value: JSON) -> LuaValue {
    switch value {
    case .null: .missing
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .array(let items): .table(LuaTable(array: items.map(lua)))
    case .object: .table(LuaTable(fields: fields(of: value)))
    }
}

import Basics
import Catalog
import Diagnostics
import Formats
import Foundation
import LuaRuntime
import Templates
import Testing

@testable import Rules

/// What templates do in C is what they do in Lua and Swift.
@Suite("Outputs in C")
struct OutputTests {
    @Test("texts are escaped, as HTML and in URLs, as Lua escapes them", arguments: 0..<4)
    func escapes(seed: UInt64) throws {
        let state = try LuaState()
        let runtime = try state.loadTrusted(liquidRuntimeSource, name: "runtime")
        let compare = try state.loadTrusted(
            """
            local load_runtime = ...
            local function helpers(outputs)
                return load_runtime {
                    string = libraries.string, table = libraries.table, math = math, utf8 = libraries.utf8, type = type,
                    tostring = libraries.tostring, tonumber = tonumber, pairs = libraries.pairs, ipairs = ipairs,
                    error = error, setmetatable = setmetatable, getmetatable = getmetatable, select = select,
                    rawget = rawget, next = libraries.next, outputs = outputs,
                }
            end
            local c, lua = helpers(libraries.outputs), helpers(nil)
            local values = { nil, "", 0, -1, math.mininteger, math.maxinteger, 2.5, 1e300, true, { 1, "<", { 2 } }, {} }
            local function printed(rt, text)
                local mark = rt.mark()
                local answers = {}
                for _, put in ipairs { "put", "put_escaped", "put_url_path", "put_url_query", "put_url_begin" } do
                    rt[put](text, text)
                    rt[put](text, { name = text }, "name")
                    for i = 1, 11 do
                        local a, b = rt[put]("|", values[i]), rt[put]("|", { name = values[i] }, "name")
                        local c = rt[put]("|", values[i], "name")
                        rt.add(libraries.tostring(a) .. libraries.tostring(b) .. libraries.tostring(c))
                    end
                    rt.add(rt.cut(rt.mark()) .. "x")
                end
                return rt.cut(mark)
            end
            return function(text)
                for _, name in ipairs { "url_path", "url_begin", "url_query" } do
                    if c[name](false, text) ~= lua[name](false, text) then return name end
                end
                if c.esc(text) ~= lua.esc(text) then return "esc" end
                if printed(c, text) ~= printed(lua, text) then return "put" end
                return "same"
            end
            """, name: "compare")
        guard case .function(let same) = try state.call(compare, .value(.function(runtime))) else {
            Issue.record("no function")
            return
        }
        var chance = SplitMix64(seed: seed)
        let pieces = [
            "http", "javascript", ":", "/", "//", "?", "#", "%", "%4", "%4g", "%41", "&", "&amp;", "<", ">",
            "\"", "'", " ",
            "\t", "\n", "\r", "\u{B}", "\u{C}", "\0", "上", "é", "a", "Z", "9", "_", "-", ".", "~", "[", "]",
            "\\", "^", "`", "|", "{",
            "mailto", "TEL", "\u{7F}", "\u{1}",
        ]
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0...7, using: &chance)).map { _ in
                pieces.randomElement(using: &chance) ?? ""
            }
            .joined()
            guard case .text("same") = try state.call(same, .value(.text(text))) else {
                Issue.record("\(text.debugDescription)")
                continue
            }
        }
    }

    @Test("a message that fails on its way, for lack of memory too, leaves nothing in the next one")
    func failures() throws {
        let row = "- {{ text }}{% capture c %}[{{ i }}]{% endcapture %}{{ c }}"
        let page = template("t", "{% for i in (1..100) %}\(row){% endfor %}{{ 12 | divided_by: d }}")
        let text = String(repeating: "a & b ", count: 10)
        let rows = (1...100).map { "- \(text.replacing("&", with: "&amp;"))[\($0)]" }.joined()
        let workshop = try Workshop("INSERT INTO customers (id) VALUES (1)")
        try workshop.rules(templates: [page]) { (host, _) throws in
            func html(_ divisor: Int64) throws -> String? {
                let values = LuaTable(fields: [("text", .text(text)), ("d", .integer(divisor))])
                return try host.render("t", .email, with: values).message?.html
            }
            #expect(try html(2) == rows + "6")
            #expect(throws: Diagnostic.self) { try html(0) }
            #expect(try html(3) == rows + "4")
            var reachedEnd = false
            for nth in 1...2000 where !reachedEnd {
                host.state.failAllocations(from: nth)
                let printed = try? html(4)
                reachedEnd = !host.state.hasFailedAllocation
                host.state.failAllocations(from: 0)
                host.state.revive()
                #expect(printed == nil || printed == rows + "3", "allocation \(nth)")
                #expect(try html(6) == rows + "2", "allocation \(nth)")
            }
            #expect(reachedEnd)
        }
    }

    @Test(
        "amounts are those that Swift writes from their decimal digits",
        arguments: [nil, "en", "de", "zh", "hi", "fr-CH", "ar-EG", "pl", "es", "ja"], ["CNY", "JPY", "KWD"])
    func amounts(language: String?, currency: String) throws {
        var chance = SplitMix64(seed: 1)
        var amounts: [Double] = [
            0, -0.0, 0.004, 0.005, 0.0049999, -0.004, -0.005, 1.005, 2.675, 999.995, 1000, 1234.5, -1234.56,
            1e9, 1e15, 1e300,
            .infinity, -.infinity, .nan, 0.1 + 0.2, 123_456_789.125, 99_999_999.5, 1e10, 1e11 - 0.5,
        ]
        for _ in 0..<2000 {
            let size = Double.random(in: -3...12, using: &chance)
            let amount = Double.random(in: -1...1, using: &chance) * pow(10, size)
            amounts += [amount, (amount * 100).rounded() / 100, (amount * 1000).rounded() / 1000]
        }
        let format = MoneyFormat(currency: currency, language: language.flatMap { LanguageTag($0) })
        let workshop = try Workshop("INSERT INTO customers (id) VALUES (1)", currency: currency)
        let page = template("t", "{% for a in amounts %}{{ a | money | append: '|' }}{% endfor %}")
        let text = try workshop.rules(templates: [page]) { host, _ in
            let customer: [(name: String, value: LuaValue)] = [
                ("language", language.map(LuaValue.text) ?? .missing)
            ]
            return try host.render(
                "t", .email,
                with: LuaTable(fields: [
                    ("customer", .table(LuaTable(fields: customer))),
                    ("amounts", .table(LuaTable(array: amounts.map(LuaValue.number)))),
                ])
            ).message?.html
        }
        let found = try #require(text).split(separator: "|").map(String.init)
        #expect(found == amounts.map { format.text($0) })
    }
}

import Catalog
import Commands
import Diagnostics
import Foundation
import LuaRuntime
import Rules
import Store

/// Calls every host function with every kind of wrong argument, and every relation in a loop without end.
struct EachWord {
    private var report = ProbeReport()
    private var complaints: [String] = []
    private var calls = 0

    /// One of each kind of value, as an expression of Lua.
    private static let values = [
        "nil", "true", "7", "-1", "0", "0/0", "1e308", "-1e308", "math.huge", "math.mininteger",
        "math.maxinteger",
        "'x'", "''", "'\\0\\xff\\x80'", "('x'):rep(1 << 22)", "{}", "{ 1, 2 }", "{ x = {} }", "self",
        "{ self, self }",
        "next", "function(...) return ... end", "c", "kept", "segment.good", "c.orders", "c.orders:first()",
        "{ template = {} }", "{ where = 7 }", "{ status = self }", "{ status = 'x', amount = 0/0 }",
    ]

    mutating func run() throws -> ProbeReport {
        try ProbeWorld.read { snapshot in
            let host = try RuleHost(clock: ProbeWorld.clock)
            try host.load([ProbeWorld.goodScript, Self.script])
            host.attach(snapshot)
            let walk = try CustomerWalk(host)
            // The first customer is kept, and asked in the turn of the second.
            let keeper = try host.audience(try host.segment("keeper").members)
            let caller = try host.audience(try host.segment("caller").members)
            _ = try walk.go(to: 1)
            _ = try walk.isIn(keeper)
            _ = try walk.go(to: 2)
            if try !walk.isIn(try host.audience(try host.segment("stale").members)) {
                complaints.append("a customer that was kept still answers")
            }
            try callAll(caller, walk)
            // Texts of 4 MB come and go, so a single look says little; what is lost, is lost each time.
            let grown = try (0..<3).map { _ in
                let before = Self.memory
                for _ in 0..<3 { try callAll(caller, walk) }
                return Self.memory - before
            }
            if let least = grown.min(), least > 8 {
                complaints.append("\(least) MB are lost in three rounds")
            }
            report.nextRule = try ProbeWorld.askGoodRule(try stopLoops(snapshot))
        }
        report.callCount = calls
        report.complaints = complaints
        report.peakMegabytes = ProbeReport.peakMegabytes
        return report
    }

    private mutating func callAll(_ caller: Audience, _ walk: CustomerWalk) throws {
        // The script goes on with the next call each time, and answers false after the last.
        while true {
            calls += 1
            do {
                guard try walk.isIn(caller) else { return }
            } catch {
                let text = (error as? any Diagnosable)?.diagnostic.message ?? "\(error)"
                complaints.append(text)
                return
            }
        }
    }

    /// Asks every question without end; gives the host that took the place of the last one.
    private mutating func stopLoops(_ snapshot: Snapshot) throws -> RuleHost {
        var host = try RuleHost(clock: ProbeWorld.clock, budgets: Self.shortBudgets)
        try host.load([ProbeWorld.goodScript, Self.loops])
        host.attach(snapshot)
        for name in host.segments.keys.sorted() where name != "good" {
            let walk = try CustomerWalk(host)
            _ = try walk.next()
            var watch = Stopwatch()
            do {
                _ = try watch.time(interruptAfter: nil) {
                    try walk.isIn(try host.audience(try host.segment(name).members))
                }
                complaints.append("\(name) returned")
            } catch {
                if !host.isStopped { complaints.append("\(name): \(error)") }
            }
            if watch.processorSeconds > 0.15 { complaints.append("\(name) took \(watch.processorSeconds) s") }
            host = try host.makeReplacement()
        }
        return host
    }

    private static var shortBudgets: LuaBudgets {
        var budgets = LuaBudgets.standard
        budgets[.predicate].seconds = 0.03
        return budgets
    }

    private static var loops: ScriptFile {
        let arguments = ["since": "(1)", "before": "(1)", "where": "{}", "sum": "'amount'"]
        let segments = functions.filter { $0.hasPrefix("c.") }.map { function in
            let parts = function.split(separator: ".")
            let call = "\(parts.dropLast().joined(separator: ".")):\(parts[parts.count - 1])"
            let argument = arguments[String(parts[parts.count - 1])] ?? (parts.count > 2 ? "()" : "('email')")
            return
                "segment '\(function)' { where = function(c) while true do pcall(function() return \(call)\(argument) end) end end }"
        }
        return ScriptFile(path: "scripts/loops.lua", text: segments.joined(separator: "\n"))
    }

    /// Megabytes that the process holds now.
    private static var memory: Int { ProbeReport.megabytes(of: "VmRSS") }

    /// Every function as an expression, with what stands before its arguments.
    private static var functions: [String] {
        let words = hostWords.map(\.name)
        let methods = customerMethods.map { "c.\($0.name)" }
        let questions = relations.flatMap { relation in
            (relationMethods.map(\.name) + relation.states.map(\.name)).map { "c.\(relation.name).\($0)" }
        }
        return words + methods + questions
    }

    private static var script: ScriptFile {
        let list = functions.map { "function(c) return \($0) end" }.joined(separator: ",\n")
        let makers = values.map { "function(c, kept, self) return \($0) end" }.joined(separator: ",\n")
        return ScriptFile(
            path: "scripts/each.lua",
            text: """
                local functions, values = { \(list) }, { \(makers) }
                local kept
                local position = 0
                local self = {}
                self.self, self[1] = self, self
                segment "keeper" { where = function(c) kept = c return true end }
                segment "stale" {
                    where = function(c)
                        return not pcall(function() return kept.name end) and not pcall(function() return kept.orders end)
                            and not pcall(c.has_tag, kept, "VIP") and not pcall(c.interests, kept)
                            and not pcall(function() return segment.good:includes(kept) end)
                    end,
                }
                segment "caller" {
                    where = function(c)
                        local count = #values
                        if position == #functions * count * 3 then position = 0 return false end
                        local f = functions[position // (count * 3) + 1](c)
                        local value = values[position // 3 % count + 1](c, kept, self)
                        local form = position % 3
                        position = position + 1
                        local ok, problem
                        if form == 0 then ok, problem = pcall(f, value)
                        elseif form == 1 then ok, problem = pcall(f, c, value)
                        else ok, problem = pcall(f, c.orders, value, value) end
                        if not ok and (type(problem) ~= "string" or problem:find("0x", 1, true)) then
                            error(position .. ": " .. tostring(problem):sub(1, 200))
                        end
                        return true
                    end,
                }
                """)
    }
}

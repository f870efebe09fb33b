import Catalog
import Commands
import Diagnostics
import Foundation
import LuaRuntime
import Rules
import Store

/// One hostile script, run as one kind of call.
struct HostileCall {
    private let order: ProbeOrder
    private let kind: LuaBudgets.Kind
    private let script: ScriptFile
    private let isTemplate: Bool

    init(_ order: ProbeOrder) throws {
        self.order = order
        kind = order.kind ?? .load
        isTemplate = order.path.hasSuffix(".liquid")
        script = ScriptFile(
            path: isTemplate ? "templates/hostile.liquid" : "scripts/hostile.lua", text: try order.text())
    }

    func run() throws -> ProbeReport {
        var report =
            switch kind {
            case .line: try runLine()
            case .load: try runLoad()
            case .predicate, .journey, .template: try runForCustomer()
            case .test: throw ProbeError("a test needs a bench, which moonletter test has")
            case .fit: throw ProbeError("a fit is a function of numbers, as a line may be")
            }
        report.peakMegabytes = ProbeReport.peakMegabytes
        return report
    }

    // MARK: The kinds of call

    private func runLine() throws -> ProbeReport {
        let state = try LuaState(budgets: order.budgets)
        var report = record(stopped: { state.isStopped }) {
            guard
                case .function(let function) = try state.call(
                    state.load(script.text, name: script.path), within: .line)
            else { throw ProbeError("the script returns no function") }
            let person = LuaTable(fields: [("name", .text("Ann")), ("country", .text("CN"))])
            return try state.call(function, .value(.table(person)), within: .line).text
        }
        state.revive()
        let next = try? state.call(
            state.load(
                "return ('x'):rep(3):upper() == 'XXX' and select('#', pcall(error)) == 2", name: "next"),
            within: .line)
        report.nextRule = next?.text == "true" ? "true false" : "no answer"
        return report
    }

    private func runLoad() throws -> ProbeReport {
        try ProbeWorld.read { snapshot in
            let host = try RuleHost(clock: ProbeWorld.clock, budgets: order.budgets)
            try host.load([ProbeWorld.goodScript])
            let runner = ScriptFile(
                path: "scripts/run.lua",
                text:
                    "local answer = require 'hostile'()\nsegment 'answer' { where = function() return answer end }"
            )
            var report = record(stopped: { host.isStopped }) {
                try host.load([script, runner])
                return "loaded"
            }
            let next = host.isStopped ? try RuleHost(clock: ProbeWorld.clock) : host
            if host.isStopped { try next.load([ProbeWorld.goodScript]) }
            next.attach(snapshot)
            if report.outcome == .harmless {
                let walk = try CustomerWalk(host)
                _ = try walk.next()
                report.value = "\(try walk.isIn(try host.audience(try host.segment("answer").members)))"
            }
            report.nextRule = answer(of: next)
            return report
        }
    }

    private func runForCustomer() throws -> ProbeReport {
        try ProbeWorld.read { snapshot in
            let host = try RuleHost(clock: ProbeWorld.clock, budgets: order.budgets)
            let scripts = isTemplate ? [runner] : [runner, script]
            try host.load(scripts + [ProbeWorld.goodScript])
            let hello = ScriptFile(path: "templates/hello.liquid", text: "{{ value }}")
            try host.load(templates: isTemplate ? [hello, script] : [hello])
            host.attach(snapshot)
            let walk = try CustomerWalk(host)
            _ = try walk.next()
            var report = record(stopped: { host.isStopped }) {
                switch kind {
                case .journey: try runJourney(host, walk)
                case .template: try render(host, walk)
                default: "\(try walk.isIn(try host.audience(try host.segment("hostile").members)))"
                }
            }
            report.nextRule = answer(of: host.isStopped ? try host.makeReplacement() : host)
            return report
        }
    }

    /// What brings the script to its turn.
    private var runner: ScriptFile {
        let text =
            switch kind {
            case _ where isTemplate:
                "campaign 'hostile' { audience = segment.good, journey = function(c) end }"
            case .journey:
                """
                local hostile = require 'hostile'
                campaign 'hostile' {
                    audience = segment.good,
                    journey = function(c)
                        send { template = 'hello' }
                        if hostile(c) ~= true then error('the case did not answer true', 0) end
                    end,
                }
                """
            case .template:
                """
                local hostile = require 'hostile'
                campaign 'hostile' {
                    audience = segment.good, journey = function(c) end,
                    content = function(c) return { value = hostile(c) } end,
                }
                """
            default: "segment 'hostile' { where = require 'hostile' }"
            }
        return ScriptFile(path: "scripts/run.lua", text: text)
    }

    private func runJourney(_ host: RuleHost, _ walk: CustomerWalk) throws -> String {
        let journey = try Journey(host, try host.campaign("hostile"), Entry(time: host.clock.now))
        while try journey.next(.sent(true), in: walk) != nil {}
        return "true"
    }

    private func render(_ host: RuleHost, _ walk: CustomerWalk) throws -> String {
        let campaign = try host.campaign("hostile")
        let content = try host.content(of: campaign, in: walk)
        let rendering = try host.render(
            isTemplate ? "hostile" : "hello", .email, content, campaign: campaign, in: walk)
        guard case .written(let message) = rendering else { return "held back" }
        return message.html ?? message.text
    }

    // MARK: What became of it

    private func record(stopped: () -> Bool, _ body: () throws -> String) -> ProbeReport {
        var report = ProbeReport()
        var watch = Stopwatch()
        do {
            report.value = try watch.time(interruptAfter: order.interruptAfter, body)
        } catch {
            report.isStopped = stopped()
            report.note(error)
        }
        report.processorSeconds = watch.processorSeconds
        report.interruptMilliseconds = watch.interruptMilliseconds
        return report
    }

    private func answer(of host: RuleHost) -> String {
        do {
            return try ProbeWorld.askGoodRule(host)
        } catch {
            return ((error as? any Diagnosable)?.diagnostic).map {
                "\($0.message) at \($0.location.map(String.init(describing:)) ?? "?")"
            } ?? "\(error)"
        }
    }
}

extension ProbeReport {
    /// The most memory that this process ever held; what `getrusage` says would count its parent's too.
    static var peakMegabytes: Int { megabytes(of: "VmHWM") }

    static func megabytes(of key: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(key):") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }

    /// Hosts hand over a stop as a diagnostic, which is known by its words.
    mutating func note(_ error: any Error) {
        let diagnostic = (error as? any Diagnosable)?.diagnostic ?? Diagnostic("\(error)")
        message = String(diagnostic.message.prefix(400))
        file = diagnostic.location?.file
        line = diagnostic.location?.line
        outcome =
            isStopped ? ProbeOutcome(stop: (error as? LuaError)?.stop, message: diagnostic.message) : .refused
    }
}

extension ProbeOutcome {
    init(stop: LuaStop?, message: String) {
        switch stop {
        case .memory, .totalMemory: self = .memory
        case .hugeTable: self = .hugeTable
        case .time: self = .time
        case .steps: self = .steps
        case .interrupted: self = .interrupted
        case nil:
            let words: [(String, ProbeOutcome)] = [
                ("not enough memory: ", .memory), ("too slow: ", .time), ("too long: ", .steps),
                ("a table with more than 32,768 keys", .hugeTable),
            ]
            self =
                words.first { message.hasPrefix($0.0) }?.1
                ?? (message == "interrupted" ? .interrupted : .refused)
        }
    }
}

extension LuaValue {
    /// As a test compares it.
    var text: String {
        switch self {
        case .boolean(let flag): "\(flag)"
        default: described
        }
    }
}

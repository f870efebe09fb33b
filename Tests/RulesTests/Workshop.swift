import Basics
import Catalog
import Commands
import Diagnostics
import Foundation
import GRDB
import LuaRuntime
import Store
import TestSupport
import Testing

@testable import Rules

/// A store in a folder of its own, and rules that look at it.
final class Workshop {
    /// Tuesday 1 December 2026, 09:00 in Shanghai.
    static let now: Int64 = 1_796_086_800
    let folder: TemporaryFolder
    let store: Store
    let clock: RuleClock

    init(_ sql: String = "", currency: String = "CNY", now: Int64 = now, zone: String = "Asia/Shanghai")
        throws
    {
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: currency)
        clock = RuleClock(now: now, zone: try #require(TimeZone(identifier: zone)))
        try store.write { try $0.execute(sql: sql) }
    }

    /// Loads scripts and templates and hands them over with the customers, at the workshop's time or another.
    func rules<Result>(
        at now: Int64? = nil, _ scripts: [ScriptFile] = [], templates: [ScriptFile] = [],
        _ body: (RuleHost, CustomerWalk) throws -> Result
    ) throws -> Result {
        let clock = RuleClock(now: now ?? clock.now, zone: clock.local.zone)
        return try store.read(asOf: clock.now) { snapshot in
            let host = try RuleHost(clock: clock)
            try host.load(scripts)
            try host.load(templates: templates)
            host.attach(snapshot)
            return try body(host, try CustomerWalk(host))
        }
    }

    /// The value of a Lua expression over `c`, or the error it raises, as text.
    func value(_ expression: String, of customer: Int64 = 1, _ scripts: [ScriptFile] = []) throws -> String {
        try values([expression], of: customer, scripts)[0]
    }

    func values(_ expressions: [String], of customer: Int64 = 1, _ scripts: [ScriptFile] = []) throws
        -> [String]
    {
        try rules(scripts) { host, walk in
            #expect(try walk.go(to: customer))
            return try expressions.map { expression in
                host.lineText = expression
                do {
                    let function = try host.state.call(
                        try host.state.load("return function(c) return \(expression) end", name: "x"))
                    guard case .function(let function) = function else { return "no function" }
                    return try host.explaining { try host.state.call(function, .row(walk.row)).shown }
                } catch let error as any Diagnosable {
                    let diagnostic = error.diagnostic
                    return "error: \(diagnostic.message)\(diagnostic.hint.map { " = \($0)" } ?? "")"
                }
            }
        }
    }

    /// Compares the value of each expression with what it must be.
    func expect(
        _ cases: [(expression: String, value: String)],
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws {
        for (found, expected) in zip(try values(cases.map(\.expression)), cases) {
            #expect(found == expected.value, "\(expected.expression)", sourceLocation: sourceLocation)
        }
    }

    /// The customers in an audience.
    func members(_ audience: String, _ scripts: [ScriptFile] = []) throws -> [Int64] {
        try rules(scripts) { host, walk in
            let audience = try host.audience(host.expression(audience))
            var found: [Int64] = []
            // A small buffer, so that the scan pauses often.
            try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 3) { buffer in
                while case let count = try walk.next(in: audience, into: buffer), count > 0 {
                    found.append(contentsOf: buffer.prefix(count))
                }
            }
            return found
        }
    }
}

extension LuaValue {
    /// As Lua would write it.
    var shown: String {
        switch self {
        case .missing: return "nil"
        case .boolean(let flag): return "\(flag)"
        case .integer(let number): return "\(number)"
        case .number(let number): return "\(number)"
        case .text(let text): return "'\(text)'"
        case .table(let table):
            let parts = table.array.map(\.shown) + table.fields.map { "\($0.name) = \($0.value.shown)" }
            return "{\(parts.joined(separator: ", "))}"
        case .function, .object, .other: return described
        }
    }
}

/// A script at `scripts/NAME.lua`.
func script(_ name: String, _ text: String) -> ScriptFile {
    ScriptFile(path: "scripts/\(name).lua", text: text)
}

/// A template at `templates/NAME.liquid`.
func template(_ name: String, _ text: String) -> ScriptFile {
    ScriptFile(path: "templates/\(name).liquid", text: text)
}

extension Rendering {
    /// What was written; nil where it was held back.
    var message: RenderedMessage? {
        if case .written(let message) = self { message } else { nil }
    }
}

/// The error as the terminal shows it, with the excerpt of the file.
func rendered(_ error: any Error, _ files: [ScriptFile]) -> String {
    let renderer = DiagnosticRenderer { name in files.first { $0.path == name }?.text }
    return renderer.render(diagnostic(of: error))
}

func diagnostic(of error: any Error) -> Diagnostic {
    (error as? any Diagnosable)?.diagnostic ?? Diagnostic("\(error)")
}

/// The error that `body` throws.
func failure<Result>(_ body: () throws -> Result) throws -> any Error {
    do {
        _ = try body()
    } catch {
        return error
    }
    throw Diagnostic("no error was thrown")
}

func message(of error: any Error) -> String {
    diagnostic(of: error).message
}

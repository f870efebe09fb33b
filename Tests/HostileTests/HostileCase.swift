import Foundation
import LuaRuntime
import Testing

@testable import SandboxProbe

/// A hostile script, what the kind of call is that runs it, and what must become of it.
///
/// A file in `Cases` begins with comments:
///
///     -- entry: 7                                     (of the list in docs/security.md)
///     -- source: where it was found
///     -- what: a pattern that backtracks without end
///     -- as: predicate, template                      the kinds of call
///     -- expect: steps or time "part of the message"
///     -- budget: steps=1000000                        instead of the standard one
///     -- where: anywhere                              the place of the error is not compared
///     -- case: in find => ("x"):find("…")             stands for `@@` in the script
///
/// Every `case` is one of its own; settings below it are for it alone. A line that is marked with `--!` is one that
/// the error may name; where none is, and with `where: anywhere`, the place is not compared. `⟨a×100⟩` in a case is
/// text repeated.
struct HostileCase: Sendable {
    let file: URL
    var entry = ""
    var what = ""
    var name = ""
    var filling: String?
    var kinds: [LuaBudgets.Kind] = []
    var outcomes: [ProbeOutcome] = []
    var message = ""
    var budgets: [String] = []
    var lines: [Int] = []

    /// All cases of all files.
    static let all: [HostileCase] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Cases")
        let files =
            (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.sorted { $0.lastPathComponent < $1.lastPathComponent }.flatMap(cases(in:))
    }()

    private static func cases(in file: URL) -> [HostileCase] {
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        var common = HostileCase(file: file)
        var cases: [HostileCase] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains("--!") || line.contains("{!}") {
            common.lines.append(index + 1)
        }
        for match in text.matches(of: #/(?m)^-- ([a-z]+): (.+)$/#) {
            if match.1 == "case" {
                var next = common
                next.setCase(String(match.2))
                cases.append(next)
            } else if cases.isEmpty {
                common.set(String(match.1), String(match.2))
            } else {
                cases[cases.count - 1].set(String(match.1), String(match.2))
            }
        }
        return cases.isEmpty ? [common] : cases
    }

    private mutating func setCase(_ text: String) {
        let parts = text.split(separator: " => ", maxSplits: 1)
        name = String(parts.first ?? "")
        filling = (parts.count > 1 ? String(parts[1]) : "").replacing(#/⟨(.*?)×([0-9]+)⟩/#) { match in
            String(repeating: String(match.1), count: Int(match.2) ?? 0)
        }
    }

    private mutating func set(_ key: String, _ value: String) {
        switch key {
        case "entry": entry = value
        case "what": what = value
        case "as": kinds = value.split(separator: ", ").compactMap { LuaBudgets.Kind(rawValue: String($0)) }
        case "budget": budgets += value.split(separator: " ").map(String.init)
        case "where": lines = []
        case "expect":
            let parts = value.split(separator: "\"", maxSplits: 1)
            outcomes = (parts.first ?? "").split(separator: " ").compactMap {
                ProbeOutcome(rawValue: String($0))
            }
            message = parts.count > 1 ? String(parts[1].dropLast()) : ""
        default: break
        }
    }
}

/// A case, run as one kind of call.
struct HostileRun: Sendable, CustomTestStringConvertible {
    let hostile: HostileCase
    let kind: LuaBudgets.Kind

    /// Every case of entries 1 to 3 in all its kinds of call, and of the others one after the other in one of them; all
    /// in all with `MOONLETTER_ALL_HOSTILE=1`, which takes some minutes.
    static let all: [HostileRun] = runs { hostile in isThorough || ["1", "3"].contains(hostile.entry) }

    private static let isThorough = ProcessInfo.processInfo.environment["MOONLETTER_ALL_HOSTILE"] == "1"

    private static func runs(inAllKinds: (HostileCase) -> Bool) -> [HostileRun] {
        HostileCase.all.enumerated().flatMap { index, hostile in
            let kinds =
                inAllKinds(hostile)
                ? hostile.kinds : hostile.kinds.isEmpty ? [] : [hostile.kinds[index % hostile.kinds.count]]
            return kinds.map { HostileRun(hostile: hostile, kind: $0) }
        }
    }

    /// Those of entries 1 to 8 that only a budget ends.
    static let endless = runs(inAllKinds: { _ in isThorough }).filter { run in
        (Int(run.hostile.entry).map { $0 <= 8 } ?? false)
            && run.hostile.outcomes.contains { $0 == .steps || $0 == .time }
            && !run.hostile.outcomes.contains(.refused)
    }

    var testDescription: String {
        "\(hostile.file.lastPathComponent), \(kind.rawValue): \(hostile.what) \(hostile.name)"
    }

    /// What limits it: the standard budget for a rule in a loop, and less where that would only take long.
    var budgets: [String] {
        let isStandard = kind == .predicate && hostile.entry == "1"
        return (isStandard ? [] : ["steps=10000000", "seconds=0.1"]) + hostile.budgets
    }

    /// The processor seconds that it may take.
    var seconds: Double {
        let given = budgets.last { $0.hasPrefix("seconds=") }.flatMap {
            Double($0.dropFirst("seconds=".count))
        }
        return given ?? LuaBudgets.standard[kind].seconds
    }

    var arguments: [String] {
        [kind.rawValue, hostile.file.path] + (hostile.filling.map { ["--put", $0] } ?? [])
    }
}

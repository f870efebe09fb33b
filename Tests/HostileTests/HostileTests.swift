import Foundation
import LuaRuntime
import TestSupport
import Testing

@testable import SandboxProbe

@Suite("Hostile scripts, each in a process of its own")
struct HostileTests {
    @Test("a hostile script ends as it must, and the next rule runs", arguments: HostileRun.all)
    func survives(run: HostileRun) throws {
        let report = try probe(run.arguments + run.budgets.flatMap { ["--budget", $0] })
        #expect(run.hostile.outcomes.contains(report.outcome), "\(report)")
        let message = report.message ?? ""
        #expect(run.hostile.message.isEmpty || message.contains(run.hostile.message), "\(report)")
        #expect(report.isStopped == report.outcome.isStop, "\(report)")
        if report.outcome == .harmless {
            #expect(report.value == "true", "\(report)")
        } else if !run.hostile.lines.isEmpty {
            #expect(run.hostile.lines.contains(report.line ?? 0), "\(report)")
            #expect(report.file == run.place, "\(report)")
        }
        if let words = run.words(of: report.outcome) {
            #expect(message.hasPrefix(words), "\(report)")
        }
        // Of a budget of a second, 20 % more and a tenth of a second.
        #expect(report.processorSeconds <= run.seconds + 0.3, "\(report)")
        #expect(report.peakMegabytes < 400, "\(report)")
        #expect(report.nextRule == "true false", "\(report)")
    }

    @Test(
        "an interrupt ends what only a budget would end, and the next rule runs",
        arguments: HostileRun.endless)
    func interrupted(run: HostileRun) throws {
        let report = try probe(run.arguments + ["--unlimited", "--interrupt-after", "30"])
        #expect(report.outcome == .interrupted, "\(report)")
        #expect(report.message == "interrupted" && report.isStopped, "\(report)")
        let milliseconds = try #require(report.interruptMilliseconds)
        #expect(milliseconds < 1000, "\(report)")
        #expect(report.nextRule == "true false", "\(report)")
        WorstLatency.note(milliseconds, run.testDescription)
    }

    @Test("no host function crashes, hangs or leaks, whatever it is called with")
    func hostFunctions() throws {
        let report = try probe(["--each"], within: 240)
        #expect(report.complaints == [])
        #expect(report.callCount ?? 0 > 500)
        #expect(report.nextRule == "true false")
    }

    private func probe(_ arguments: [String], within seconds: Double = 60) throws -> ProbeReport {
        let folder = try TemporaryFolder()
        let outcome = try Program.run("SandboxProbe", arguments, in: folder.url, within: seconds)
        try #require(outcome.status == 0, "status \(outcome.status): \(outcome.errors.suffix(2000))")
        return try JSONDecoder().decode(ProbeReport.self, from: Data(outcome.output.utf8))
    }
}

extension HostileRun {
    /// The file that an error names.
    var place: String {
        hostile.file.pathExtension == "liquid" ? "templates/hostile.liquid" : "scripts/hostile.lua"
    }

    /// How the message of a stop begins.
    func words(of outcome: ProbeOutcome) -> String? {
        let what =
            switch kind {
            case .load: "loading a script"
            case .predicate: "a rule"
            case .template: "a message"
            case .journey: "a step of a journey"
            case .line: "a line"
            case .test: "a test"
            case .fit: "a fit"
            }
        switch outcome {
        case .steps: return "too long: \(what) may take "
        case .time: return "too slow: \(what) may take "
        case .memory: return "not enough memory: \(what) may hold "
        case .hugeTable: return "a table with more than 32,768 keys beside 1, 2, 3, …"
        case .interrupted: return "interrupted"
        case .refused, .harmless: return nil
        }
    }
}

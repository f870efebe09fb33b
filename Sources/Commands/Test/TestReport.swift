internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Reports
internal import Rules
internal import Simulator
internal import Store

/// What became of the tests that ran, for people and programs.
struct TestReport {
    private struct Test: Encodable {
        var name: String
        var file: String
        var line: Int
        var passed: Bool
        /// Where it failed and why.
        var failure: Failure?
        /// What the last simulation of a test that failed did.
        var story: CustomerStory?

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(file, forKey: .file)
            try container.encode(line, forKey: .line)
            try container.encode(passed, forKey: .passed)
            try container.encode(failure, forKey: .failure)
            try container.encode(story, forKey: .story)
        }

        enum CodingKeys: String, CodingKey {
            case name, file, line, passed, failure, story
        }
    }

    private struct Failure: Encodable {
        var message: String
        var file: String?
        var line: Int?
        var notes: [String]
    }

    private struct Whole: Encodable {
        var tests: [Test]
        var passed: Int
        var failed: Int
    }

    private var tests: [Test] = []
    private var latest: Diagnostic?
    private let scripts: [String: String]
    private let settings: WorkspaceSettings

    init(_ source: RuleSource, _ settings: WorkspaceSettings) {
        scripts = source.scriptTexts
        self.settings = settings
    }

    /// How many failed.
    var failedCount: Int { tests.count { !$0.passed } }

    mutating func add(_ test: ScriptTest, _ outcome: ScriptTestRunner.Outcome) {
        latest = outcome.failure
        let failure = outcome.failure.map { failure in
            Failure(
                message: failure.message, file: failure.location?.file, line: failure.location?.line,
                notes: [failure.hint].compactMap(\.self) + failure.notes)
        }
        tests.append(
            Test(
                name: test.name, file: test.location.file, line: test.location.line, passed: failure == nil,
                failure: failure, story: failure == nil ? nil : outcome.stories.last.map(story)))
    }

    private func story(_ story: TestStory) -> CustomerStory {
        let campaigns = Set(story.decisions.map(\.campaign) + story.events.map(\.campaign))
        return CustomerStory(
            RunHeader(
                now: story.from, timeZone: settings.timeZone.identifier, seed: settings.seed,
                currency: settings.currency, sources: "", customers: 1, until: story.until,
                responses: ResponseModel.answers([:]).description),
            [], RunFile.StoryEntry.merged(story.decisions, story.events), of: story.customer,
            in: campaigns.count == 1 ? campaigns.first : nil,
            run: "the test", scripts: scripts, masking: .revealed)
    }

    /// The latest test, below the name of its script where it is the first of that.
    func text(width: Int?) -> String {
        guard let test = tests.last else { return "" }
        var lines: [String] = []
        if tests.dropLast().last?.file != test.file { lines.append(test.file) }
        lines.append("  \(test.passed ? "ok    " : "FAILED") \(withoutControls(test.name))")
        if let latest {
            let renderer = DiagnosticRenderer { scripts[$0] }
            lines += renderer.render(latest).split(separator: "\n", omittingEmptySubsequences: false)
                .map { "    \($0)" }
            if let story = test.story {
                let told = story.timeline(width: width.map { $0 - 6 })
                lines.append("    what the simulation did with customer \(story.customer):")
                lines += told.isEmpty ? ["      nothing"] : told.map { $0.isEmpty ? "" : "      \($0)" }
            }
            lines.append("")
        }
        return lines.map { "\($0)\n" }.joined()
    }

    /// How many ran and failed, in a line.
    var summary: String {
        guard !tests.isEmpty else {
            return "there are no tests; docs/reference/tests.md shows how a script carries one"
        }
        let count = counted(tests.count, "test")
        return failedCount == 0 ? "\(count), all passed" : "\(count), \(grouped(failedCount)) failed"
    }

    /// All of it as one object.
    func json() throws -> String {
        try prettyJSON(Whole(tests: tests, passed: tests.count - failedCount, failed: failedCount))
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Documents")
struct DocumentTests {
    @Test("docs/reference is what `moonletter reference` writes, page by page and with no others")
    func reference() throws {
        let folder = try TemporaryFolder()
        let outcome = try Program.run(["reference", "--output", "made"], in: folder.url)
        #expect(outcome.status == 0)
        func pages(in url: URL) throws -> [String: String] {
            let names = try FileManager.default.subpathsOfDirectory(atPath: url.path)
            return Dictionary(
                uniqueKeysWithValues: try names.map {
                    ($0, try String(contentsOf: url.appending(path: $0), encoding: .utf8))
                })
        }
        let made = try pages(in: folder.url.appending(path: "made"))
        let kept = try pages(in: checkout.appending(path: "docs/reference"))
        #expect(made.keys.sorted() == kept.keys.sorted())
        for (name, text) in made.sorted(by: { $0.key < $1.key }) where text != kept[name] {
            Issue.record(
                "docs/reference/\(name) is stale; moonletter reference --output docs/reference makes it anew")
        }
        for name in made.keys where name != "README.md" {
            let page = try Program.run(["reference", String(name.dropLast(3))], in: folder.url)
            #expect(page.output == made[name])
        }
    }

    @Test("a word of the reference is printed alone, and a name that nothing has gets the nearest one")
    func wordOfReference() throws {
        let folder = try TemporaryFolder()
        let word = try Program.run(["reference", "pause"], in: folder.url)
        #expect(
            word.output == """
                ### `pause(span)`

                Keeps marketing messages of every campaign from the customer for a span. Takes `span`: a span such as days(3).

                ```lua
                pause(days(90))
                ```

                """)
        let wrong = try Program.run(["reference", "pauze"], in: folder.url)
        #expect(wrong.status == 1)
        #expect(
            wrong.errors.hasPrefix("error: the reference has no page and no word 'pauze'"), "\(wrong.errors)")
    }

    @Test("the files in docs/editors.md are those that the program writes")
    func editors() throws {
        let folder = try TemporaryFolder()
        #expect(
            try Program.run(["init", "demo", "--demo", "--customers", "300"], in: folder.url).status == 0)
        let outcome = try Program.run(["types", "--luarc"], in: folder.url.appending(path: "demo"))
        let text = try String(contentsOf: checkout.appending(path: "docs/editors.md"), encoding: .utf8)
        #expect(text.contains("$ moonletter types --luarc\n\(outcome.output)```"))
        #expect(text.contains("```json\n\(try folder.read("demo/.luarc.json"))```"))
        let types = Set(try folder.read("demo/.luatypes/moonletter.lua").split(separator: "\n"))
        let shown = text.split(separator: "\n").filter { $0.hasPrefix("---@") }
        #expect(shown.count > 4 && shown.allSatisfy(types.contains))
    }

    @Test("every link in a page leads to a file or to a heading that is there")
    func links() throws {
        let docs = checkout.appending(path: "docs")
        let names = FileManager.default.enumerator(atPath: docs.path)?.compactMap { $0 as? String } ?? []
        let pages =
            names.filter { $0.hasSuffix(".md") }.map { docs.appending(path: $0) }
            + ["README.md", "README.zh-CN.md"].map { checkout.appending(path: $0) }
        for page in pages {
            let text = try String(contentsOf: page, encoding: .utf8).replacing(/(?s)```.*?```/, with: "")
            for link in text.matches(of: /\]\(([^)\s]+)\)/).map(\.output.1) where !link.contains("://") {
                let parts = link.split(separator: "#", omittingEmptySubsequences: false)
                let target =
                    parts[0].isEmpty
                    ? page : page.deletingLastPathComponent().appending(path: String(parts[0]))
                #expect(
                    FileManager.default.fileExists(atPath: target.path),
                    "\(page.lastPathComponent): \(link)")
                guard parts.count > 1, let file = try? String(contentsOf: target, encoding: .utf8) else {
                    continue
                }
                let headings = file.split(separator: "\n").filter { $0.hasPrefix("#") }.map(Self.anchor)
                #expect(headings.contains(String(parts[1])), "\(page.lastPathComponent): \(link)")
            }
        }
    }

    /// What a code host makes of a heading for links to it.
    private static func anchor(_ heading: Substring) -> String {
        heading.drop { "# ".contains($0) }.lowercased()
            .filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.replacing(" ", with: "-")
    }

    @Test("the scripts in README.md are those of the demo")
    func readme() throws {
        let readme = try String(contentsOf: checkout.appending(path: "README.md"), encoding: .utf8)
        let campaign = try String(
            contentsOf: checkout.appending(path: "scripts/campaigns/win-back.lua"), encoding: .utf8)
        let tests = try #require(campaign.range(of: "\n\n-- Bought half a year ago"))
        #expect(readme.contains(campaign[..<tests.lowerBound]))
        let segments = try String(
            contentsOf: checkout.appending(path: "scripts/segments/dormant.lua"), encoding: .utf8)
        let start = try #require(segments.range(of: "segment \"dormant\""))
        let end = try #require(segments.range(of: "\n}", range: start.lowerBound..<segments.endIndex))
        #expect(readme.contains(segments[start.lowerBound..<end.upperBound]))
    }

    @Test("the findings in README.md are what the program prints")
    func findings() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        try folder.write(
            """
            segment "loyal" {
              where = function(c)
                return c.order_count > 5 and c.last_order_at < days_ago(30)
                   and c.last_order_at > days_ago(7) and c.birthday > 30
              end,
            }
            """, to: "demo/scripts/loyal.lua")
        let outcome = try Program.run(
            ["check", "scripts/loyal.lua"], in: folder.url.appending(path: "demo"))
        let readme = try String(contentsOf: checkout.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("$ moonletter check scripts/loyal.lua\n\(outcome.output)```"))
    }

    @Test("the explanations in README.md are what the program prints")
    func explanations() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let readme = try String(contentsOf: checkout.appending(path: "README.md"), encoding: .utf8)
        let whole = try Program.run(["explain", "dormant", "--workspace", "demo"], in: folder.url)
        let funnel = try #require(whole.output.range(of: "\nFunnel\n"))
        #expect(readme.contains(whole.output[funnel.upperBound...]))
        let rule = try #require(whole.output.range(of: "\n\nStatement\n"))
        #expect(readme.contains("$ moonletter explain dormant\n\(whole.output[..<rule.lowerBound])"))
        let customer = try Program.run(
            ["explain", "dormant", "--customer", "17", "--workspace", "demo"], in: folder.url)
        #expect(readme.contains("$ moonletter explain dormant --customer 17\n\(customer.output)```"))
    }

    @Test("the dry run over days and the story in README.md are what the program prints")
    func days() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let readme = try String(contentsOf: checkout.appending(path: "README.md"), encoding: .utf8)
        let start = try #require(readme.range(of: "campaign \"wake\""))
        let end = try #require(readme.range(of: "```", range: start.lowerBound..<readme.endIndex))
        try folder.write(String(readme[start.lowerBound..<end.lowerBound]), to: "demo/scripts/wake.lua")
        let demo = folder.url.appending(path: "demo")
        let dryRun = ["dry-run", "wake", "--days", "14", "--assume", "open=0.25,click=0.04,buy=0.01"]
        let outcome = try Program.run(dryRun, in: demo)
        let upToSamples = try #require(outcome.output.range(of: "\nSamples\n"))
        let shown = outcome.output[..<upToSamples.lowerBound]
        #expect(readme.contains("$ moonletter \(dryRun.joined(separator: " "))\n\(shown)"))
        let story = try Program.run(["why", "wake", "--customer", "600"], in: demo)
        #expect(readme.contains("$ moonletter why wake --customer 600\n\(story.output)```"))
    }

    @Test("the demo's dry run in README.md is what the program prints")
    func demo() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let outcome = try Program.run(["dry-run", "win-back", "--workspace", "demo"], in: folder.url)
        let readme = try String(contentsOf: checkout.appending(path: "README.md"), encoding: .utf8)
        let upToFirstSample = try #require(outcome.output.range(of: "\n  win-back to customer"))
        #expect(readme.contains(outcome.output[..<upToFirstSample.lowerBound]))
        let problems = try #require(outcome.output.range(of: "\nProblems\n"))
        #expect(readme.contains(outcome.output[problems.lowerBound...]))
    }

    @Test("the comparison, the approval and the test in README.md are what the program prints")
    func changes() throws {
        let folder = try TemporaryFolder()
        #expect(try Program.run(["init", "demo", "--demo"], in: folder.url).status == 0)
        let demo = folder.url.appending(path: "demo")
        let readme = try String(contentsOf: checkout.appending(path: "README.md"), encoding: .utf8)
        func expect(_ arguments: [String], asWritten line: String? = nil) throws {
            let outcome = try Program.run(arguments, in: demo)
            #expect(
                readme.contains(
                    "$ moonletter \(line ?? arguments.joined(separator: " "))\n\(outcome.output)"))
        }
        let segments = try folder.read("demo/scripts/segments/dormant.lua")
        let campaign = try folder.read("demo/scripts/campaigns/win-back.lua")
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "old"), withIntermediateDirectories: true)
        for room in ["scripts", "templates"] {
            try FileManager.default.copyItem(
                at: demo.appending(path: room), to: folder.url.appending(path: "old/\(room)"))
        }
        try folder.write(
            segments.replacing("days_ago(90)", with: "days_ago(120)"), to: "old/scripts/segments/dormant.lua")
        try expect(["compare", "--with", "../old", "win-back", "--days", "7"])

        #expect(try Program.run(["dry-run", "win-back"], in: demo).status == 0)
        let run = "2026-12-01-win-back"
        try expect(
            ["approve", run, "--by", "Wang Lei"], asWritten: "approve \(run) --by \"Wang Lei\"")
        try expect(["drift", run])

        let reentry = "  reentry     = days(180),\n"
        try folder.write(
            campaign.replacing(
                reentry, with: reentry + "  send_window = { from = \"12:00\", to = \"14:00\" },\n"),
            to: "demo/scripts/campaigns/win-back.lua")
        try expect(["test", "scripts/campaigns/win-back.lua"])
    }
}

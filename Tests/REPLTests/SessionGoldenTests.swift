import Foundation
import TestSupport
import Testing

/// Whole sessions over the demo, as the terminal shows them.
@Suite("Sessions at the prompt")
struct SessionGoldenTests {
    /// The demo, made once; each session has a copy of its own.
    nonisolated(unsafe) private static let demo = Result {
        let folder = try TemporaryFolder()
        _ = try Program.run(["init", "demo", "--demo"], in: folder.url)
        return folder
    }

    @Test(
        "a session looks as README.md and docs/prompt.md show it",
        arguments: ["exploring", "a-rule", "a-campaign"])
    func session(name: String) throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: Self.demo.get().url.appending(path: "demo"), to: folder.url.appending(path: "demo"))
        let terminal = try ScriptedTerminal(
            "moonletter", in: folder.url.appending(path: "demo"),
            environment: ["NO_COLOR": "1", "PAGER": "cat"], columns: 100, rows: 40)
        try terminal.wait(forPrompt: PromptTerminal.prompt)
        let script = checkout.appending(path: "Tests/Golden/sessions/\(name).lua")
        let chunks = try String(contentsOf: script, encoding: .utf8).split(separator: "\n\n")
        for chunk in chunks {
            let lines = chunk.split(separator: "\n")
            for (number, line) in lines.enumerated() {
                try terminal.type(String(line))
                try terminal.press(.enter)
                try terminal.wait(
                    forPrompt: number + 1 < lines.count ? "        ... " : PromptTerminal.prompt, within: 120)
            }
        }
        try terminal.press(.controlD)
        #expect(try terminal.waitForExit() == 0)
        try expectGolden(terminal.transcript, "sessions/\(name).txt")
        let session = try String(
            contentsOf: checkout.appending(path: "Tests/Golden/sessions/\(name).txt"), encoding: .utf8)
        let page = name == "exploring" ? "README.md" : "docs/prompt.md"
        let text = try String(contentsOf: checkout.appending(path: page), encoding: .utf8)
        #expect(
            text.contains("```\n\(session)```"), "\(page) shows another session; the golden file is right")
    }
}

import Foundation
import TestSupport
import Testing

/// The probe at its first prompt, in a folder of its own.
struct Probe {
    let folder: TemporaryFolder
    let terminal: ScriptedTerminal

    static let prompt = "probe> "
    static let continuation = "    .. "

    /// Starts it with the history of the folder, where wanted.
    init(
        in folder: TemporaryFolder? = nil, history: String? = nil, inputrc: String = "",
        environment: [String: String] = [:], columns: Int = 60, rows: Int = 16
    ) throws {
        self.folder = try folder ?? TemporaryFolder()
        if !inputrc.isEmpty { try self.folder.write(inputrc, to: ".inputrc") }
        terminal = try ScriptedTerminal(
            "LineProbe", history.map { [$0] } ?? [], in: self.folder.url, environment: environment,
            columns: columns, rows: rows)
        try terminal.wait(until: "the first prompt") { $0.display.lineToCursor == Self.prompt }
    }

    /// Presses Enter and waits for the next prompt.
    func enter(_ text: String = "") throws {
        try terminal.type(text + "\r")
        try terminal.wait(forPrompt: Self.prompt)
    }

    /// Presses Enter and waits for the prompt that asks for more.
    func enterLine(_ text: String) throws {
        try terminal.type(text + "\r")
        try terminal.wait(forPrompt: Self.continuation)
    }

    /// Waits until the line with the cursor reads so, up to the cursor.
    func wait(forLine line: String) throws {
        try terminal.wait(until: "the line '\(line)'") { $0.display.lineToCursor == line }
    }

    /// Waits until Ctrl-C has done its work: its line is told, and the prompt is below.
    func waitCleared() throws {
        try terminal.wait(until: "the prompt behind 'cleared'") {
            let row = $0.display.cursor.row
            return row > 0 && $0.screen[row - 1] == "cleared" && $0.display.lineToCursor == Self.prompt
        }
    }

    /// Leaves with Ctrl-D; the terminal is as it was.
    func leave() throws {
        try terminal.press(.controlD)
        #expect(try terminal.waitForExit() == 0)
        #expect(!terminal.display.marksPastes)
    }
}

import Foundation
import TestSupport
import Testing

/// A Markdown page whose samples are run in their order, as a reader would who follows it.
///
/// - A block behind a paragraph that ends with `` `scripts/x.lua`: `` is that file, and is written; a `diff`
///   block there changes the file.
/// - In a `console` block stand commands behind `$ `, with what they print below them. `moonletter`, `cd` and
///   `cat` are known. A line `…` stands for any lines that are left out.
/// - `$ moonletter` alone is a session at the prompt, with all that the terminal shows.
///
/// What the program prints otherwise than the page is an issue; with `MOONLETTER_RECORD=1` it is written into
/// the page.
struct RunnablePage {
    private let name: String
    /// The lines of the page, to which the results of commands are added as they come.
    private var result: [String] = []
    private var folder: URL
    /// The path that the last paragraph ends with.
    private var path: String?

    /// Reads and runs a page of the checkout; `folder` is where its reader begins.
    static func run(_ name: String, in folder: TemporaryFolder) throws {
        let text = try String(contentsOf: checkout.appending(path: name), encoding: .utf8)
        var page = RunnablePage(name: name, folder: folder.url)
        try withExtendedLifetime(folder) {
            try page.run(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
        try expectFile(page.result.joined(separator: "\n"), name)
    }

    private init(name: String, folder: URL) {
        self.name = name
        self.folder = folder
    }

    private mutating func run(_ lines: [String]) throws {
        var rest = lines[...]
        while let line = rest.popFirst() {
            result.append(line)
            guard line.hasPrefix("```") else {
                if !line.isEmpty { path = Self.path(behind: line) }
                continue
            }
            let block = Array(rest.prefix { $0 != "```" })
            rest = rest.dropFirst(block.count + 1)
            switch line {
            case "```console": try runConsole(block)
            case "```diff": try change(block)
            default:
                result += block
                if let path { try write(block, to: path) }
            }
            result.append("```")
            path = nil
        }
    }

    /// `x.lua` of `Save this as `x.lua`:`, with the colon of either language.
    private static func path(behind line: String) -> String? {
        guard line.hasSuffix("`:") || line.hasSuffix("`：") else { return nil }
        return line.split(separator: "`").dropLast().last.map(String.init)
    }

    // MARK: Files

    private func write(_ lines: [String], to path: String) throws {
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appending(path: path))
    }

    /// Takes the lines with `-` away and puts those with `+` in their place.
    private mutating func change(_ block: [String]) throws {
        result += block
        let file = folder.appending(path: try #require(path, "a diff behind no path: \(block)"))
        let old = block.filter { !$0.hasPrefix("+") }.map { $0.dropFirst() }.joined(separator: "\n")
        let new = block.filter { !$0.hasPrefix("-") }.map { $0.dropFirst() }.joined(separator: "\n")
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(old), "\(file.lastPathComponent) has no \(old)")
        try Data(text.replacing(old, with: new).utf8).write(to: file)
    }

    // MARK: Commands

    private mutating func runConsole(_ block: [String]) throws {
        var rest = block[...]
        while let line = rest.popFirst() {
            result.append(line)
            try #require(line.hasPrefix("$ "), "\(name) shows no command above: \(line)")
            let shown = Array(rest.prefix { !$0.hasPrefix("$ ") })
            rest = rest.dropFirst(shown.count)
            let printed =
                line == "$ moonletter" ? try session(shown) : try output(of: words(line.dropFirst(2)))
            result += Self.matches(shown[...], printed[...]) ? shown : printed
        }
    }

    private mutating func output(of words: [String]) throws -> [String] {
        let text: String
        switch words[0] {
        case "cd":
            folder = folder.appending(path: words[1]).standardizedFileURL
            return []
        case "cat": text = try String(contentsOf: folder.appending(path: words[1]), encoding: .utf8)
        case "moonletter":
            let outcome = try Program.run(Array(words.dropFirst()), in: folder)
            text = outcome.output + outcome.errors
        default:
            Issue.record("\(name) runs '\(words[0])'; pages know moonletter, cd and cat")
            return []
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    /// The words of a command line; a word in quotes is one.
    private func words(_ line: Substring) -> [String] {
        let quoted = line.matches(of: /'([^']*)'|"([^"]*)"|[^\s]+/)
        return quoted.map { String($0.output.1 ?? $0.output.2 ?? $0.output.0) }
    }

    /// Types what stands behind the prompts of a session, and gives what the terminal shows.
    private func session(_ shown: [String]) throws -> [String] {
        let terminal = try ScriptedTerminal(
            in: folder, environment: ["NO_COLOR": "1", "PAGER": "cat"], columns: 100, rows: 40)
        let (prompt, more) = ("moonletter> ", "        ... ")
        try terminal.wait(forPrompt: prompt)
        let typed = shown.filter { $0.hasPrefix(prompt) || $0.hasPrefix(more) }
        for (line, next) in zip(typed, typed.dropFirst().map(Optional.some) + [nil]) {
            try terminal.type(String(line.dropFirst(prompt.count)))
            try terminal.press(.enter)
            let follows = next?.hasPrefix(more) ?? false
            try terminal.wait(forPrompt: follows ? more : prompt, within: 120)
        }
        try terminal.press(.controlD)
        #expect(try terminal.waitForExit() == 0)
        return terminal.transcript.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }

    /// Whether two lists of lines are the same where the first has no `…`, which stands for any lines.
    private static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
        guard let line = shown.first else { return printed.isEmpty }
        if line == "…" {
            return (printed.startIndex...printed.endIndex).contains {
                matches(shown.dropFirst(), printed[$0...])
            }
        }
        return line == printed.first && matches(shown.dropFirst(), printed.dropFirst())
    }
}

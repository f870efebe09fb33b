import Foundation
import ScriptSyntax
import TestSupport
import Testing

/// A script of docs/cookbook/, and what the page of the cookbook shows of it.
struct Recipe: CustomTestStringConvertible {
    /// The file's name without its ending.
    let name: String
    /// The whole script.
    let text: String
    /// What it says of itself; the first tag is its chapter.
    let header: ScriptHeader

    var testDescription: String { name }

    /// All recipes, by name.
    static var all: [Recipe] {
        get throws {
            let folder = checkout.appending(path: "docs/cookbook")
            return try FileManager.default.contentsOfDirectory(atPath: folder.path)
                .filter { $0.hasSuffix(".lua") }.sorted()
                .map { Recipe(name: String($0.dropLast(4)), try read(folder.appending(path: $0))) }
        }
    }

    private static func read(_ file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

    private init(name: String, _ text: String) {
        self.name = name
        self.text = text
        header = ScriptHeader(LuaChunk(parsing: text, path: "\(name).lua"))
    }

    /// The names that a word defines in it.
    func names(of word: String) -> [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("\(word) \"") }
            .map { String($0.split(separator: "\"")[1]) }
    }

    /// What a dry run of it names.
    var campaigns: [String] { names(of: "campaign") + names(of: "follow_up") }

    // MARK: The page

    /// The chapters of the cookbook in their order, by the first tag of their recipes.
    private static let chapters = [
        ("beginnings", "Beginnings"), ("buying", "From order to order"), ("keeping", "Keeping customers"),
        ("waking", "Waking who sleeps"), ("sending", "When and by which channel"), ("measuring", "Measuring"),
        ("sales", "Sales"), ("service", "Service"), ("knowing", "Knowing customers"),
    ]

    /// The page of the cookbook.
    static func page(_ recipes: [Recipe]) -> String {
        let chapters = chapters.map { tag, title in
            (title: title, recipes: recipes.filter { $0.header.tags.first == tag })
        }
        let contents = chapters.map { chapter in
            "- \(chapter.title)\n"
                + chapter.recipes.map { "  - [\($0.header.title)](#\($0.anchor))" }.joined(separator: "\n")
        }
        let body = chapters.map { chapter in
            "## \(chapter.title)\n\n" + chapter.recipes.map(\.section).joined(separator: "\n")
        }
        return """
            # Cookbook

            Made of the scripts in [cookbook/](cookbook); do not edit. Each is a whole script: copy it into `scripts/`,
            its templates into `templates/`, and once [letter.liquid](cookbook/templates/layouts/letter.liquid), which stands
            around the e-mails, into `templates/layouts/`. The tests that each carries are left out here; `moonletter test`
            runs them. The [glossary](glossary.md) says what the words mean.

            \(contents.joined(separator: "\n"))

            \(body.joined(separator: "\n"))
            """
    }

    /// What a code host makes of the title for a link.
    private var anchor: String {
        header.title.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
            .replacing(" ", with: "-")
    }

    /// Title, description, the script up to its tests, and the files.
    private var section: String {
        let code = text.split(separator: "\n\n", maxSplits: 1)[1]
        let rules = code.components(separatedBy: "\n\n").prefix { !$0.contains("customer_like") }
        let templates = templates.map { "[\($0)](cookbook/templates/\($0))" }
        let files = ["[\(name).lua](cookbook/\(name).lua)"] + templates
        return """
            ### \(header.title)

            \(Self.wrapped(header.description))

            ```lua
            \(rules.joined(separator: "\n\n"))
            ```

            \(Self.wrapped("Files: \(files.joined(separator: ", "))"))

            """
    }

    /// The files of the templates that it sends.
    private var templates: [String] {
        let names = Set(text.matches(of: /template = "([^"]+)"/).map { String($0.output.1) })
        let folder = checkout.appending(path: "docs/cookbook/templates")
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { names.contains($0.split(separator: ".").first.map(String.init) ?? "") }.sorted()
    }

    /// A paragraph in lines of at most 110 columns, but for words that are longer.
    private static func wrapped(_ text: String) -> String {
        var lines: [String] = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if line.count + 1 + word.count <= 110 {
                lines[lines.count - 1] = "\(line) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n")
    }
}

internal import Basics
internal import Catalog
internal import LuaRuntime
internal import Rules

// What scripts find.
extension ReferencePage {
    /// Words about campaigns have a page of their own.
    private static let campaignWords = ["campaign", "follow_up"]

    static let words = ReferencePage(
        "words", "Words",
        "What scripts define segments, traits and responses with; times; what Lua has; budgets."
    ) {
        let themes = hostThemes.filter { theme in
            ![verbWords, testWords].contains { $0.map(\.name) == theme.words.map(\.name) }
        }
        let sections = themes.flatMap { theme in
            ["## \(theme.title)\n"]
                + theme.words.filter { !campaignWords.contains($0.name) }.map(Markdown.section)
        }
        let response = definitionWords.filter { $0.name == "response" }
        return sections + ["## Segments\n", segments, "## Types\n", types] + Markdown.shapes(of: response)
            + ["## Lua\n", try lua(), "## Budgets\n", budgetIntroduction, budgets]
    }

    static let journeys = ReferencePage(
        "journeys", "Journeys",
        "Campaigns and follow-ups, the steps of their journeys, and what these get and give."
    ) {
        let definitions = definitionWords.filter { campaignWords.contains($0.name) }
        return definitions.map(Markdown.section) + ["## Steps\n", stepIntroduction]
            + verbWords.map(Markdown.section) + ["## Tables\n"]
            + Markdown.shapes(of: definitions + verbWords)
    }

    private static let stepIntroduction = """
        These words work inside the `journey` of a campaign and the `action` of a follow-up. Each asks the host, which decides
        and records; the journey goes on when that is done.

        """

    private static var segments: String {
        Markdown.table(
            ["written", "who is in it"],
            segmentOperators.map {
                [$0.isUnary ? "`\($0.sign)segment.a`" : "`segment.a \($0.sign) segment.b`", $0.doc]
            })
            + "\n" + Markdown.methods(segmentMethods)
    }

    private static var types: String {
        "A `?` behind a type means that a value may be missing.\n\n"
            + Markdown.table(
                ["type", "in Lua", "what it is"],
                typeAliases.map { [Markdown.code($0.name), Markdown.code($0.type), $0.doc] })
    }

    private static func lua() throws -> String {
        let state = try LuaState()
        let libraries = state.words.filter { !state.names(inLibrary: $0).isEmpty }
        let functions = state.words.filter { !libraries.contains($0) }
        return "Scripts are Lua 5.4 and find these words of it, and no others.\n\n"
            + Markdown.table(
                ["library", "what it has"],
                [["", functions.map(Markdown.code).joined(separator: " ")]]
                    + libraries.map { library in
                        [
                            Markdown.code(library),
                            state.names(inLibrary: library).map(Markdown.code).joined(separator: " "),
                        ]
                    })
    }

    private static let budgetIntroduction = """
        A call that uses more than this is stopped, whatever its script does. `budgets` in `workspace.lua` sets other limits:
        `budgets = { predicate = { seconds = 2 } }`. A step is an instruction of Lua, or a piece of work of its library.

        """

    private static var budgets: String {
        let standard = LuaBudgets.standard
        let rows = LuaBudgets.Kind.allCases.map { kind in
            let limits = standard[kind]
            return [
                "`\(kind.rawValue)`", kind.described + kind.extent, "\(limits.memory >> 20)",
                grouped(limits.steps),
                "\(Int(limits.seconds))",
            ]
        }
        return Markdown.table(["", "what", "`memory_mb`", "`steps`", "`seconds`"], rows)
            + "\nAll scripts together hold at most \(standard.memory >> 20) MB (`budgets.memory_mb`).\n"
    }
}

internal import REPL
internal import Rules

// The prompt.
extension ReferencePage {
    static let prompt = ReferencePage(
        "prompt", "The prompt", "Words that only `moonletter repl` has, and what its objects can be asked."
    ) {
        [introduction] + promptWords.map(Markdown.section) + objects
    }

    private static let introduction = """
        A line is Lua and sees the [words of scripts](words.md); an expression prints its value, `_` is the last one, and
        variables stay. `?` before a word, a field or a name tells all about it. The words here are only there; behind them
        stands what can be asked of the objects that they give, by the objects' kinds. [prompt.md](../prompt.md) shows how it
        works.

        """

    /// What can be asked of the objects that the prompt's words give, kind by kind.
    private static var objects: [String] {
        var kinds: [String] = []
        for case .object(let kind) in objectMethods.map(\.place) where !kinds.contains(kind) {
            kinds.append(kind)
        }
        return kinds.flatMap { kind in
            let words = objectMethods.filter { $0.place == .object(kind) }
            let names = givers(of: kind).map { "`\($0)`" }.joined(separator: ", ")
            return ["### `\(kind)`\n", "Given by \(names).\n", Markdown.methods(words)]
        }
    }
}

extension PromptSession {
    /// Prints what is known of a word.
    package func help(about text: String) throws {
        page.line(text)
    }
}

extension PromptSession {
    /// What is said before the first prompt.
    package func welcome(isFirst: Bool) -> [String] {
        ["\(bench.name)"]
    }
}

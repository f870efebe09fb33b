extension PromptSession {
    /// Prints what is known of a word.
    package func help(about text: String) throws {
        page.line(text)
    }
}

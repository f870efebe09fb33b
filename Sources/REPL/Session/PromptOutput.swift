package import Reports

/// Where the prompt writes: a terminal, or what stands in its place.
package protocol PromptOutput: AnyObject {
    /// The cells of a line; nil where there is no terminal.
    var width: Int? { get }
    /// Colours, where there are any.
    var style: Style { get }
    /// Writes lines to standard output; where they may be `paged`, there is a terminal and they do not fit it, through a
    /// pager.
    func show(_ lines: [String], paged: Bool)
    /// Writes lines to standard error.
    func note(_ text: String)
    /// Opens a file in the person's editor and waits until it is closed.
    ///
    /// - Throws: a ``Diagnostic`` where the editor does not start or fails.
    func edit(_ file: String) throws
    /// Asks a question that is answered by yes or no; nil where nobody can answer.
    func ask(_ question: String) -> Bool?
}

/// How values are written.
package enum PromptFormat: String, CaseIterable, Sendable {
    /// For a person.
    case text
    /// One JSON value a line of input.
    case json
}

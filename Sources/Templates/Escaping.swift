/// What becomes of the text that outputs print.
public enum Escaping: Sendable {
    /// Each output is escaped as its place in the HTML asks for: `& < > " '` become entities, and what no URL holds
    /// becomes percent codes in attributes that are URLs, which take no scheme that could run a program. Where
    /// nothing makes a value safe, as in scripts and styles, an output is an error.
    ///
    /// A value that went through `escape`, `escape_once` or `newline_to_br`, or is the text of a `capture`, is HTML
    /// already. `raw` prints a value as it is, anywhere.
    case html
    /// Printed as it is: for subjects, SMS and chat.
    case none
}

/// A place in a text that a person wrote: a script, a template, a settings file or a data file.
public struct SourceLocation: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The path as the person would type it, relative to the workspace where there is one.
    public var file: String
    /// Counted from 1.
    public var line: Int
    /// Counted from 1 in characters; nil where only the line is known.
    public var column: Int?

    /// A location from its parts.
    public init(file: String, line: Int, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `scripts/win-back.lua:12:5`, the form that terminals and editors turn into a link.
    public var description: String {
        if let column { "\(file):\(line):\(column)" } else { "\(file):\(line)" }
    }
}

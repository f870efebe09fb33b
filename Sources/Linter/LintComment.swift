internal import ScriptSyntax

/// A comment of a script or a template.
struct LintComment {
    /// What it says, without what marks it and surrounding blanks.
    let text: String
    /// Where it stands, with what marks it.
    let range: SourceRange
    /// Whether nothing but blanks stands before it on its line.
    let isAlone: Bool

    /// The comments of a script.
    static func all(in chunk: LuaChunk) -> [LintComment] {
        chunk.comments.map { LintComment(text: $0.text, range: $0.range, isAlone: $0.isAlone) }
    }
}

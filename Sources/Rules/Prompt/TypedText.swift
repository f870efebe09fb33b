internal import RuleCompiler
internal import ScriptSyntax

/// What a person typed, as it is run: a `local` at its top would be gone with the line, so that it sets a variable of the
/// prompt in its place; and of several functions in one line, each begins a line of its own, by which the rule compiler
/// tells them apart.
func typedText(_ text: String) -> String {
    let expression = LuaChunk(parsing: "return \(text)\n", path: "input")
    guard !expression.errors.isEmpty else {
        return edited(
            text, lineBreaks(in: expression).map { Edit(at: $0.at - "return ".utf8.count, insert: $0.insert) }
        )
    }
    let chunk = LuaChunk(parsing: text, path: "input")
    guard chunk.errors.isEmpty else { return text }
    return edited(text, sharedLocals(in: chunk) + lineBreaks(in: chunk))
}

private struct Edit {
    let at: Int
    var removed = 0
    let insert: String
}

private func edited(_ text: String, _ edits: [Edit]) -> String {
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.at > $1.at }) {
        bytes.replaceSubrange(edit.at..<edit.at + edit.removed, with: edit.insert.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Blanks in the place of `local` where statements at the top declare variables without an attribute.
private func sharedLocals(in chunk: LuaChunk) -> [Edit] {
    chunk.block.statements.flatMap { statement -> [Edit] in
        let blanks = Edit(at: statement.range.start, removed: 5, insert: "     ")
        switch statement.kind {
        case .localFunction: return [blanks]
        case .local(let variables, let values):
            guard variables.allSatisfy({ chunk.variables[$0].attribute == nil }) else { return [] }
            return values.isEmpty ? [blanks, Edit(at: statement.range.end, insert: " = nil")] : [blanks]
        default: return []
        }
    }
}

private func lineBreaks(in chunk: LuaChunk) -> [Edit] {
    var lines: Set<Int> = []
    return ScriptAnalysis(chunk).functions.compactMap { function in
        lines.insert(function.line).inserted ? nil : Edit(at: function.range.start, insert: "\n")
    }
}

internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let tooTall = LintRule(
        "too-tall", .note,
        "A script with an expression of more than 1,000 parts is Lua, but not looked into.",
        triggering: ["return 1\(String(repeating: " + 1", count: 1000))"],
        nonTriggering: ["return 1\(String(repeating: " + 1", count: 900))"]
    ) { context in
        guard context.script.chunk.isTooTall else { return }
        context.report(
            SourceRange(0, 0), "an expression has more than 1,000 parts; nothing but the grammar is checked",
            hint: "keep parts of it in locals, or use a table")
    }
}

internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let syntax = LintRule(
        "syntax", .error, "A script that is no Lua cannot be loaded.",
        triggering: [
            "if a = 3 then b() end",
            "segment \"x\" { where = function(c) return c.order_count > 0 }",
            "local x <const> = 1; x = 2",
        ],
        nonTriggering: ["segment \"x\" { where = function(c) return c.order_count > 0 end }"]
    ) { context in
        for error in context.script.chunk.errors {
            let start = context.script.chunk.source.offset(
                line: error.location?.line ?? 1, column: error.location?.column ?? 1)
            context.report(error, SourceRange(start, start + (error.token?.utf8.count ?? 0)))
        }
    }
}

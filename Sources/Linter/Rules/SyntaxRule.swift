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
        for error in context.script.chunk.errors { context.report(error) }
    }
}

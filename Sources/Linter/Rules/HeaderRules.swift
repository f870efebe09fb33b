internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let scriptHeader = LintRule(
        "script-header", .warning,
        "A part of the header that nobody understands is missing where the script is listed and shared.",
        triggering: [
            "--- Wake who has gone quiet.\n--- @tag voucher\nreturn segment.vip",
            "--- Wake who has gone quiet.\n--- @needs rfm 1.0\nreturn segment.vip",
            "--- Wake who has gone quiet.\n--- They get a voucher.\n--- @tags voucher\nreturn segment.vip",
        ],
        nonTriggering: [
            "--- Wake who has gone quiet.\n---\n--- @tags voucher, win-back\n--- @needs plugin rfm >= 1.0\nreturn segment.vip",
            "--- Wake who has gone quiet.\n--- They get a voucher.\nreturn segment.vip",
            "return segment.vip\n--- @tag voucher",
        ]
    ) { context in
        for problem in ScriptHeader(context.script.chunk).problems {
            if context.isFull { return }
            context.report(problem.range, problem.message, hint: problem.hint)
        }
    }
}

internal import ScriptSyntax

/// What a rule looks at in a script.
struct LintContext: LintingContext {
    /// The script.
    let script: LintScript
    let scripts: LintScripts
    let world: LintWorld
    var rule: LintRule
    var findings: [LintFinding] = []

    init(_ script: LintScript, _ scripts: LintScripts, _ world: LintWorld, rule: LintRule) {
        self.script = script
        self.scripts = scripts
        self.world = world
        self.rule = rule
    }

    var path: String { script.chunk.path }

    var source: SourceText { script.chunk.source }
}

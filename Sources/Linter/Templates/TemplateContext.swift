internal import ScriptSyntax
internal import Templates

/// What a rule looks at in a file of `templates/`.
struct TemplateContext: LintingContext {
    /// The file.
    let template: LintTemplate
    /// The others, and what each of them can see.
    let templates: LintTemplates
    let scripts: LintScripts
    let world: LintWorld
    var rule: LintRule
    var findings: [LintFinding] = []

    init(
        _ template: LintTemplate, _ templates: LintTemplates, _ scripts: LintScripts, _ world: LintWorld,
        rule: LintRule
    ) {
        self.template = template
        self.templates = templates
        self.scripts = scripts
        self.world = world
        self.rule = rule
    }

    var path: String { template.path }

    var source: SourceText { template.source }
}

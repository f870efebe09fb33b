internal import Diagnostics
internal import Linter
internal import Store

// Settings, checks and imports.
extension ReferencePage {
    static let settings = ReferencePage(
        "settings", "Settings", "What `workspace.lua` says; a new workspace has a commented one."
    ) {
        [
            Markdown.keys(WorkspaceSettings.keys),
            "The limits of `budgets` are on the page of [words](words.md#budgets).\n",
        ]
    }

    static let checks = ReferencePage(
        "checks", "Checks", "The mistakes that `moonletter check` looks for, without running anything."
    ) {
        [
            checkIntroduction,
            Markdown.table(
                ["rule", "severity", "why"],
                LintRule.all.map { ["`\($0.id)`", $0.severity.rawValue, $0.reason] }),
        ]
    }

    private static let checkIntroduction = """
        `moonletter check` looks for these in scripts and templates, without running them; `moonletter check --explain ID`
        shows examples. `-- check: ignore ID` silences a rule behind its line or alone above it, `-- check: ignore-file ID` in a
        file. In Liquid the comment is `{% # check: ignore ID %}` or `{% comment %}check: ignore ID{% endcomment %}`, in front
        matter `# check: ignore ID`.

        What a template sees is `customer`, `campaign` and what the `content` of the campaigns gives that send it. Where scripts
        do not show that – `content` returns no table, or a name is made up while the script runs – no name is unknown.

        """

    static let imports = ReferencePage(
        "imports", "Imports",
        "The kinds of files that `moonletter import` reads, and the headers it understands."
    ) {
        [importIntroduction] + ImportKind.allCases.map(section)
    }

    private static let importIntroduction = """
        Headers are compared without regard to case, blanks, `_`, `-` and `.`. A field's own name is always understood.

        """

    private static func section(_ kind: ImportKind) -> String {
        let needed = kind.requirements.map { $0.map { "`\($0)`" }.joined(separator: " or ") }.joined(
            separator: "; ")
        let fields = kind.fields.map { field in
            ["`\(field.name)`", field.doc, field.headers.joined(separator: ", ")]
        }
        return "## \(kind.rawValue)\n\nNeeds \(needed).\n\n"
            + Markdown.table(["field", "what it is", "headers understood"], fields)
    }
}

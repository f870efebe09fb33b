internal import Diagnostics

extension LintRule {
    static let ignoreComment = LintRule(
        "ignore-comment", .warning, "A comment that silences nothing hides that the finding is gone.",
        triggering: [
            "local limit = 5 -- check: ignore unused-lokal",
            "-- check: ignore unused-local\nlocal limit = 5 return limit",
            "-- check: ignore-file shadowed-word\nreturn 1", "return 1 -- check: skip unused-local",
            "return 1 -- check: ignore",
            LintExample(template: "{{ voucher }} {% # check: ignore unknown-variable %}"),
        ],
        nonTriggering: [
            "local limit = 5 -- check: ignore unused-local",
            "-- check: ignore unused-local, shadowed-word\nlocal date = 5",
            "-- check: ignore-file unused-local\nlocal limit = 5 local other = 6",
            "-- A check: this is prose.\nreturn 1",
            LintExample(template: "{{ vuocher }} {% # check: ignore unknown-variable %}"),
            LintExample(
                template: "{% comment %}check: ignore unknown-variable{% endcomment %}\n{{ vuocher }}"),
        ]
    )
    // The comments are looked at when all other rules have had their turn.
}

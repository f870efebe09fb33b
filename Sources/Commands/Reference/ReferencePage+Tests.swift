internal import Catalog
internal import Rules

// Tests in scripts.
extension ReferencePage {
    static let tests = ReferencePage(
        "tests", "Tests", "What scripts test themselves with: customers, expectations, stories."
    ) {
        [introduction] + testWords.map(Markdown.section)
            + ["## Customers\n", customerIntroduction, Markdown.keys(ownKeys, "key")]
            + Catalog.relations.map { relation in
                "### A row of `\(relation.name)`\n\n" + Markdown.keys(relation.descriptionKeys, "key")
            }
            + ["## Expectations\n", Markdown.methods(expectationMethods)]
            + ["## Stories\n", Markdown.fields(storyFields), Markdown.methods(storyMethods)]
            + Markdown.shapes(of: storyMethods.filter { $0.name != "events" })
    }

    private static let introduction = """
        `moonletter test` runs the tests of all scripts, each with a database of its own in memory, which holds nothing but
        the customers that the test makes. It is 1 December 2026, 10:00, on the workspace's clock, unless `--now` or `at` says
        otherwise. `segment.NAME:includes(c)` asks a segment, `simulate` runs campaigns.

        """

    private static let customerIntroduction = """
        `customer_like` takes the [fields of a customer](customers.md), custom attributes and these; `false` takes a field
        away.

        """

    private static var ownKeys: [TableKey] { descriptionKeys(of: []) }
}

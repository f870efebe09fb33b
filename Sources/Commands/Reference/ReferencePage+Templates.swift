internal import Catalog
internal import Templates

// Messages.
extension ReferencePage {
    static let templates = ReferencePage(
        "templates", "Templates", "Files of messages: names, front matter, tags and filters of Liquid."
    ) {
        [introduction, "## Front matter\n", frontMatterIntroduction, frontMatter]
            + ["## Tags\n", "Written `{% … %}`.\n", table("tag", tagDocs)]
            + [
                "## Filters\n", filterIntroduction,
                table("filter", filterDocs),
            ]
    }

    private static func table(_ noun: String, _ entries: [LiquidEntry]) -> String {
        Markdown.table(
            [noun, "what it does", "example", "prints"],
            entries.map { entry in
                [
                    Markdown.code(entry.name), entry.doc, Markdown.code(oneLine(entry.example)),
                    Markdown.code(oneLine(entry.output ?? "")),
                ]
            })
    }

    /// A cell of a table has one line.
    private static func oneLine(_ text: String) -> String { text.replacing("\n", with: " ") }

    private static let introduction = """
        `templates/NAME[.CHANNEL][.LANGUAGE].liquid` is a message: `win-back.liquid`, `win-back.sms.zh-TW.liquid`. Without a
        channel it is an e-mail. Two folders have files that cannot be sent: `templates/layouts/NAME[.LANGUAGE].liquid` stands
        around messages and prints them as `{{ content_for_layout }}`, with their `{{ subject }}` and `{{ preheader }}`;
        `templates/partials/NAME[.LANGUAGE].liquid` stands where `{% render 'NAME' %}` or `{% include 'NAME' %}` does.

        The file is picked by the customer's `language` or a shorter form of it (`zh-Hant-TW`, `zh-Hant`, `zh`), then by
        `language` of `workspace.lua`, then the one without a language. Layouts and partials are in the language of their
        message's file.

        """

    private static let frontMatterIntroduction = """
        A file may begin with front matter, lines `key: value` between two lines `---`. A value may stand in `"…"` or `'…'`. Behind
        a line `--- text ---` stands the text body of an e-mail; without it, it is made from the HTML.

        """

    private static let filterIntroduction = """
        Written behind a value: `{{ customer.name | upcase }}`. In the examples `products` is a list of two: Tea for 5, which is
        sold out, and Pot for 20. Where nothing is printed, that depends on the workspace and its language.

        """

    private static var frontMatter: String {
        Markdown.table(
            ["key", "on", "what it does", "example"],
            TemplateFile.keys.map { key in
                let channels = key.channels.map(\.rawValue).joined(separator: ", ")
                return ["`\(key.name)`", channels, key.doc, "`\(key.example)`"]
            })
    }
}

internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Diagnostics
internal import Linter
internal import LuaRuntime
internal import REPL
internal import Rules
internal import Store
internal import Templates

/// `moonletter reference`: every word, field and import column, as Markdown.
///
/// `docs/reference.md` is its output; a test compares the two.
struct ReferenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Print what scripts and imports can use, as Markdown.")

    func run() throws {
        Console.write(Reference.text)
    }
}

/// The reference, made from the entries that describe words, fields, relations and imports.
enum Reference {
    static var text: String {
        let words = hostWords.map(section)
        let parts =
            ["# Reference\n", "Made by `moonletter reference`; do not edit.\n", "## Words\n"] + words
            + ["## Tests\n", testIntroduction, "### Expectations\n", methods(expectationMethods)]
            + ["### Stories\n", table(["field", "type", "what it is"], rows(storyFields))]
            + [methods(storyMethods)]
            + ["## Missing values\n", missingValues]
            + ["## Budgets\n", budgetIntroduction, budgets]
            + ["## A customer\n", "In rules the customer is `c`; a field is read as `c.city`.\n"]
            + [table(["field", "type", "what it is"], rows(customerColumns))]
            + ["### Facts\n", "Kept current from the customer's rows.\n"]
            + [table(["field", "type", "what it is"], rows(factFields))]
            + ["### Methods\n", methods(customerMethods)]
            + ["## Relations\n", relationIntroduction] + relations.map(section)
            + ["### Lines of an order\n", "`order.items` is a list of them.\n"]
            + [table(["field", "type", "what it is"], rows(orderItemFields))]
            + ["## The prompt\n", promptIntroduction] + promptWords.map(section) + promptObjects
            + ["## Templates\n", templateIntroduction, frontMatter]
            + ["## Checks\n", checkIntroduction, checks]
            + ["## Imports\n", importIntroduction] + ImportKind.allCases.map(section)
        return parts.joined(separator: "\n")
    }

    private static func section(_ word: HostWord) -> String {
        let takes = word.parameters.isEmpty ? "" : " Takes \(takes(word))."
        let settings = word.settings.map { ["`\($0)`", word.doc(ofSetting: $0)] }.filter { !$0[1].isEmpty }
        let list = settings.isEmpty ? "" : table(["setting", "what it says"], settings) + "\n"
        return "### `\(word.signature)`\n\n\(word.doc)\(takes)\n\n\(list)```lua\n\(word.example)\n```\n"
    }

    private static let promptIntroduction = """
        `moonletter repl` opens a prompt over the workspace. A line is Lua and sees the words above; an expression prints its
        value, `_` is the last one, and variables stay. `?` before a word, a field or a name tells all about it. The words
        here are only there; behind them stands what can be asked of the objects that they give, by the objects' kinds.

        """

    /// What can be asked of the objects that the prompt's words give, kind by kind.
    private static var promptObjects: [String] {
        var kinds: [String] = []
        for case .object(let kind) in objectMethods.map(\.place) where !kinds.contains(kind) {
            kinds.append(kind)
        }
        return kinds.flatMap { kind in
            let words = objectMethods.filter { $0.place == .object(kind) }
            let names = givers(of: kind).map { "`\($0)`" }.joined(separator: ", ")
            return ["### `\(kind)`\n", "Given by \(names).\n", methods(words)]
        }
    }

    private static var relationIntroduction: String {
        "A relation is asked in a chain that ends in a question: `c.orders:since(days_ago(30)):sum \"amount\"`.\n\n"
            + methods(relationMethods)
    }

    private static func methods(_ words: [HostWord]) -> String {
        table(
            ["call", "takes", "what it gives", "example"],
            words.map { ["`\($0.signature)`", takes($0), $0.doc, "`\($0.example)`"] })
    }

    /// The arguments and what each takes: "`n`: a number".
    private static func takes(_ word: HostWord) -> String {
        word.parameters.map { "`\($0.name)`: \($0.expected)\($0.isSaidOptional ? ", or nothing" : "")" }
            .joined(separator: "; ")
    }

    private static let testIntroduction = """
        `moonletter test` runs the tests of all scripts, each with a database of its own in memory, which holds nothing but
        the customers that the test makes. It is 1 December 2026, 10:00, on the workspace's clock, unless `--now` or `at` says
        otherwise. `segment.NAME:includes(c)` asks a segment, `simulate` runs campaigns.

        What `customer_like` takes besides the fields of a customer:

        | key | what it is |
        |---|---|
        | `tags`, `interests` | lists of texts; the strongest interest first |
        | `consents` | by channel `true`, `false` for never asked, or `"withdrawn"` |
        | `orders`, `events`, `messages`, `feedback`, `tasks` | lists of rows: `at` and the fields of the relation, but for its time |
        | `items` of an order | a list of lines; amount and number of items of the order follow from them |
        | `delivered`, `opened`, `clicked`, `bounced`, `complained`, `unsubscribed` of a message | when that happened |

        """

    private static let missingValues = """
        A customer may lack any field. What rules do with a missing value:

        | in a rule | gives |
        |---|---|
        | `c.last_order_at < days_ago(90)`, any of `<` `<=` `>` `>=` | false, whichever side is missing |
        | `not (c.last_order_at >= days_ago(90))` | true: it is the contrary of false |
        | `c.total_spent + 5`, any arithmetic | missing |
        | `c.orders:last().amount` without an order | missing |
        | `c.city == nil`, `if c.city then` | as in Lua |
        | `"Dear " .. c.name` | an error that names the field: write `(c.name or "customer")` |
        | `c.orders:since(c.last_cart_at)` without a cart | no rows |
        | `c.cty` | an error with the nearest name |

        """

    private static let budgetIntroduction = """
        A call that uses more than this is stopped, whatever its script does. `budgets` in `workspace.lua` sets other limits:
        `budgets = { predicate = { seconds = 2 } }`. A step is an instruction of Lua, or a piece of work of its library.

        """

    private static var budgets: String {
        let standard = LuaBudgets.standard
        let rows = LuaBudgets.Kind.allCases.map { kind in
            let limits = standard[kind]
            return [
                "`\(kind.rawValue)`", kind.described + kind.extent, "\(limits.memory >> 20)",
                grouped(limits.steps),
                "\(Int(limits.seconds))",
            ]
        }
        return table(["", "what", "`memory_mb`", "`steps`", "`seconds`"], rows)
            + "\nAll scripts together hold at most \(standard.memory >> 20) MB (`budgets.memory_mb`).\n"
    }

    private static let templateIntroduction = """
        `templates/NAME[.CHANNEL][.LANGUAGE].liquid` is a message: `win-back.liquid`, `win-back.sms.zh-TW.liquid`. Without a
        channel it is an e-mail. Two folders have files that cannot be sent: `templates/layouts/NAME[.LANGUAGE].liquid` stands
        around messages and prints them as `{{ content_for_layout }}`, with their `{{ subject }}` and `{{ preheader }}`;
        `templates/partials/NAME[.LANGUAGE].liquid` stands where `{% render 'NAME' %}` or `{% include 'NAME' %}` does.

        The file is picked by the customer's `language` or a shorter form of it (`zh-Hant-TW`, `zh-Hant`, `zh`), then by
        `language` of `workspace.lua`, then the one without a language. Layouts and partials are in the language of their
        message's file.

        A file may begin with front matter, lines `key: value` between two lines `---`. A value may stand in `"…"` or `'…'`. Behind
        a line `--- text ---` stands the text body of an e-mail; without it, it is made from the HTML.

        """

    private static var frontMatter: String {
        table(
            ["key", "on", "what it does", "example"],
            TemplateFile.keys.map { key in
                let channels = key.channels.map(\.rawValue).joined(separator: ", ")
                return ["`\(key.name)`", channels, key.doc, "`\(key.example)`"]
            })
    }

    private static let checkIntroduction = """
        `moonletter check` looks for these in scripts and templates, without running them; `moonletter check --explain ID`
        shows examples. `-- check: ignore ID` silences a rule behind its line or alone above it, `-- check: ignore-file ID` in a
        file. In Liquid the comment is `{% # check: ignore ID %}` or `{% comment %}check: ignore ID{% endcomment %}`, in front
        matter `# check: ignore ID`.

        What a template sees is `customer`, `campaign` and what the `content` of the campaigns gives that send it. Where scripts
        do not show that – `content` returns no table, or a name is made up while the script runs – no name is unknown.

        """

    private static var checks: String {
        table(
            ["rule", "severity", "why"],
            LintRule.all.map { ["`\($0.id)`", $0.severity.rawValue, $0.reason] })
    }

    private static let importIntroduction = """
        Headers are compared without regard to case, blanks, `_`, `-` and `.`. A field's own name is always understood.

        """

    private static func section(_ relation: Relation) -> String {
        let states = relation.states.map { ["`:\($0.name)()`", "", $0.doc] }
        let matches = relation.matches.map { ["`\($0.name)` in `where`", $0.type.rawValue, $0.doc] }
        return "### `c.\(relation.name)`\n\n\(relation.doc)\n\n"
            + table(["field", "type", "what it is"], rows(relation.fields) + matches + states)
    }

    private static func section(_ kind: ImportKind) -> String {
        let needed = kind.requirements.map { $0.map { "`\($0)`" }.joined(separator: " or ") }.joined(
            separator: "; ")
        let fields = kind.fields.map { field in
            ["`\(field.name)`", field.doc, field.headers.joined(separator: ", ")]
        }
        return "### \(kind.rawValue)\n\nNeeds \(needed).\n\n"
            + table(["field", "what it is", "headers understood"], fields)
    }

    private static func rows(_ fields: [Field]) -> [[String]] {
        fields.map { field in
            let values = field.values.isEmpty ? "" : " One of \(field.values.joined(separator: ", "))."
            return ["`\(field.name)`", field.type.rawValue, field.doc + values]
        }
    }

    private static func table(_ header: [String], _ rows: [[String]]) -> String {
        let lines = [header, header.map { _ in "---" }] + rows
        return lines.map { "| " + $0.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |" }
            .joined(separator: "\n") + "\n"
    }
}

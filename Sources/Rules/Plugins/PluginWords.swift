internal import Diagnostics
internal import LuaRuntime

/// The words of a plugin's own Lua: those of rules, and `plugin`, by which alone it registers things.
let guestWords: [HostWord] =
    timeWords + contentWords + verbWords + populationWords
    + definitionWords.filter { ["model", "require"].contains($0.name) }
    + [
        HostWord(
            "plugin", "plugin.KIND \"name\" { … }",
            "What the plugin registers itself with while it loads; plugin.name, plugin.version and plugin.options are known "
                + "then, too.",
            example:
                "plugin.trait \"stage\" { of = function(c) return c.order_count > 0 and \"buyer\" or \"lead\" end }"
        ) { host in .object(PluginObject(host)) }
    ]

/// What a plugin can register with `plugin.KIND "name" { … }`, in the order of the reference: what scripts define as
/// well, then what only plugins provide.
package let pluginWords: [HostWord] =
    definitionWords.filter { PluginKind(rawValue: $0.name) != nil }
    + PluginKind.allCases.compactMap { kind in
        PluginKindEntry.all[kind].map { entry in
            HostWord(
                raw: kind.rawValue,
                "plugin.\(kind.rawValue) \"name\" { \(entry.settings.map(\.name).joined(separator: ", ")) }",
                entry.doc, example: entry.example, settings: entry.settings.map(\.name)
            ) { call, host in
                try definer(kind.rawValue, try definedName(call, host), call, host, { _, _, _ in nil })
            }
        }
    }

extension PluginKind {
    /// What is said of a kind that scripts cannot define: a sentence, the keys of its table, and Lua that registers one; nil
    /// for what scripts define as well.
    package var description: (doc: String, keys: [TableKey], example: String)? {
        PluginKindEntry.all[self].map { entry in
            let keys = entry.settings.map { name, doc in
                TableKey(name, "", doc, isRequired: entry.required.contains(name))
            }
            return (entry.doc, keys, entry.example)
        }
    }
}

/// What the table of a kind may have, and what it is for.
struct PluginKindEntry: Sendable {
    /// One sentence.
    let doc: String
    /// Each key with what it says.
    let settings: [(name: String, doc: String)]
    /// The keys that it cannot do without.
    let required: [String]
    /// Lua that registers one.
    let example: String
    /// Looks at the name and the settings of one while the plugin loads.
    var check: @Sendable (_ name: String, Settings) throws -> Void = { _, _ in }

    private static let doc = (name: "doc", doc: "One sentence for help and reports.")
    private static let signature = (
        name: "signature", doc: "The call as help shows it, such as \"points_worth(points)\"."
    )
    private static let exampleSetting = (name: "example", doc: "A line of Lua that uses it.")

    /// The entries of the kinds that scripts cannot define.
    static let all: [PluginKind: PluginKindEntry] = [
        .field: PluginKindEntry(
            doc: "Says that customers have a custom attribute, before a row of an import has one.",
            settings: [
                doc, ("type", "text, number, integer, boolean, date or time."),
                ("headers", "Names of columns of imported files of customers that hold it."),
            ], required: ["type"],
            example: "plugin.field \"card_number\" { type = \"text\", headers = { \"会员卡号\" } }",
            check: { _ = try ProvidedField($0, $1) }),
        .word: PluginKindEntry(
            doc: "Adds a word to scripts and the prompt.",
            settings: [
                doc, signature, exampleSetting, ("call", "A function that gives what the word gives."),
            ],
            required: ["call"],
            example: "plugin.word \"points_worth\" { call = function(points) return points / 100 end }"),
        .method: PluginKindEntry(
            doc: "Adds a method to customers, asked with a colon.",
            settings: [
                doc, signature, exampleSetting,
                ("call", "A function(c, …) that gives what the method gives."),
            ],
            required: ["call"],
            example: "plugin.method \"expected_orders\" { call = function(c, days) return 0.02 * days end }"),
        .relationMethod: PluginKindEntry(
            doc:
                "Adds a method to relations, asked with a colon; the plugin needs their tables among its permissions.",
            settings: [
                doc, signature, exampleSetting,
                ("call", "A function(relation, …) that gives what the method gives."),
            ], required: ["call"],
            example:
                "plugin.relation_method \"average\" { call = function(rows, field) return rows:sum(field) / rows:count() end }"
        ),
        .filter: PluginKindEntry(
            doc:
                "Adds a filter to templates: {{ value | name: argument }}; what it gives is escaped where it stands.",
            settings: [
                doc, exampleSetting, ("render", "A function(value, …) that gives what the filter gives."),
            ], required: ["render"],
            example: "plugin.filter \"points\" { render = function(value) return value .. \" points\" end }"),
        .tag: PluginKindEntry(
            doc:
                "Adds a tag to templates: {% name value, value %}; what it gives is escaped where it stands.",
            settings: [
                doc, exampleSetting,
                ("render", "A function(…) of the values behind the name that gives a text."),
            ], required: ["render"],
            example: "plugin.tag \"balance\" { render = function(points) return points .. \" points\" end }"),
        .channel: PluginKindEntry(
            doc:
                "Decides on email, sms or wecom, in place of the program, which addresses can be written to and how messages are written, counted and paid; there are no other channels.",
            settings: [
                doc,
                (
                    "address",
                    "A function(text) that gives the address as it is sent to, or nothing and the reason. Customers with the same one are one person."
                ),
                (
                    "format",
                    "A function(text, kind) that gives a message as it is sent, of those that are text alone; kind is marketing or transactional."
                ),
                (
                    "parts",
                    "A function(text) that gives in how many parts such a message goes out, or nothing and the reason why it is too long."
                ),
                (
                    "cost",
                    "A function(parts, address) that gives what they cost, in major units of the currency, in place of prices in workspace.lua."
                ),
            ], required: [],
            example: "plugin.channel \"sms\" { parts = function(text) return text:len() // 70 + 1 end }",
            check: { try ChannelRules.check($0, $1) }),
        .importer: PluginKindEntry(
            doc: "Reads a file that is no table of columns: `moonletter import KIND FILE --importer NAME`.",
            settings: [
                doc, ("kind", "What its rows are: customers, orders, events and so on."),
                ("columns", "The headers of what it gives, in order."),
                (
                    "read",
                    "A function(line, number) that gives a list of texts and numbers, one for each column, or nothing to leave the line out."
                ),
            ], required: ["kind", "columns", "read"],
            example:
                "plugin.importer \"cdnow\" { kind = \"orders\", columns = { \"customer\", \"date\" }, read = function(line) return { line:match \"(%S+) (%S+)\" } end }",
            check: { _ = try ProvidedImporter($0, $1) }
        ),
        .headers: PluginKindEntry(
            doc: "Says under what other names files have the columns of a kind of import, which is its name.",
            settings: [doc, ("names", "Lists of headers by the field that they stand for.")],
            required: ["names"],
            example: "plugin.headers \"orders\" { names = { order_number = { \"订单流水号\" } } }",
            check: { _ = try ProvidedHeaders($0, $1) }),
        .holidays: PluginKindEntry(
            doc:
                "Says which days are off and which are worked though they look off: `holidays = \"NAME\"` in workspace.lua.",
            settings: [
                doc, ("off", "A list of days without work, such as { \"2026-10-01..2026-10-07\" }."),
                ("work", "A list of days at weekends that are worked to make up for them."),
                (
                    "festivals",
                    "Lists of dates by the name of a festival, for campaigns: before = { \"spring-festival\", days(7) }."
                ),
            ], required: [],
            example:
                "plugin.holidays \"cn\" { off = { \"2026-10-01..2026-10-07\" }, work = { \"2026-10-10\" } }",
            check: { _ = try ProvidedHolidays($0, $1) }),
        .section: PluginKindEntry(
            doc: "Adds a section to the reports of dry runs.",
            settings: [
                doc, ("title", "What stands over it."),
                (
                    "report",
                    "A function(run) that gives columns and rows; run has the figures of the run as --format json prints them, and its times run.from and run.to."
                ),
            ], required: ["title", "report"],
            example:
                "plugin.section \"stages\" { title = \"Stages\", report = function(run) return { columns = { \"campaigns\" }, rows = { { #run.campaigns } } } end }"
        ),
        .command: PluginKindEntry(
            doc: "Adds a word to the prompt that may ask about all customers.",
            settings: [
                doc, signature, exampleSetting,
                (
                    "run",
                    "A function(…) that gives a value, or columns and rows; count_by and cross count all customers."
                ),
            ], required: ["run"],
            example: "plugin.command \"cities\" { run = function() return #count_by(\"city\", now()) end }"),
        .lint: PluginKindEntry(
            doc:
                "Adds a check of customers, scripts or templates to `moonletter check`, which calls it PLUGIN/NAME; "
                + "comments silence it as they do any other.",
            settings: [
                doc, ("level", "error, warning (the usual one) or note."),
                (
                    "customer",
                    "A function(c) that gives a sentence about what is wrong with a customer, or nothing; customers of one sentence are counted together."
                ),
                (
                    "same",
                    "A function(c) that gives a text which two customers should not share, or nothing; those who do are counted with doc as the sentence."
                ),
                (
                    "text",
                    "A function(path, text) of a script or a template that gives a list of what is wrong: { line, message, hint }."
                ),
            ], required: [],
            example:
                "plugin.lint \"no-name\" { level = \"note\", customer = function(c) if not c.name then return \"has no name\" end end }"
        ),
    ]
}

/// `plugin` in a plugin's Lua: words by the name of what they register, and what is known of the plugin.
private final class PluginObject: LuaObject {
    init(_ host: RuleHost) {
        let words = Dictionary(uniqueKeysWithValues: pluginWords.map { ($0.name, $0.value(host)) })
        let known = words.keys + ["name", "options", "version"]
        super.init(
            kind: host.state.makeKind(
                "plugin",
                [
                    (
                        "__index",
                        { [unowned host] call in
                            try host.remembering {
                                let (_, name) = try call.arguments(.any("plugin"), .text("name"))
                                if let word = words[name] { return call.returns(word) }
                                guard let code = host.guest?.code else { return call.returnsNothing() }
                                switch name {
                                case "name": return call.returns(.text(code.name))
                                case "version": return call.returns(.text(code.version))
                                case "options": return call.returns(LuaValue(code.options))
                                default:
                                    throw LuaError(
                                        "plugin has no '\(name)'",
                                        hint: suggestion(name, known.sorted(), what: "part"))
                                }
                            }
                        }
                    )
                ]))
    }
}

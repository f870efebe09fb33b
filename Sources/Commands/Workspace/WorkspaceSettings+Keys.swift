internal import Catalog
internal import Rules

extension WorkspaceSettings {
    /// What `workspace.lua` may say, in the order of the reference.
    static let keys = [
        TableKey(
            "currency", "string",
            "All amounts are in this currency (ISO 4217), fixed when the workspace was made."),
        TableKey(
            "time_zone", "string",
            "The wall clock of times without a zone, and of customers whose own zone is unknown: an IANA name."
        ),
        TableKey("channels", "Channel[]", "The channels that messages may take, the most wanted first."),
        TableKey(
            "language", "string",
            "The language of messages for customers whose own is unknown, or in which a template is not written."
        ),
        TableKey(
            "sender", "{ name: string?, address: string }",
            "Who e-mails are from, where a template has no `from_name`."),
        TableKey(
            "links", "{ \(MessageLinks.names.map { "\($0.name): string?" }.joined(separator: ", ")) }",
            "Where the links of a message lead; `{token}` stands for the message, `{url}` for the page that was meant."
        ),
        TableKey(
            "frequency_cap", "number|table",
            "At most so many marketing messages a day for a customer; with fewer by a channel { limit = 2, sms = 1 }."
        ),
        TableKey(
            "quiet_hours", "{ from: string, to: string }",
            "No marketing messages at these hours of a customer's day; they wait until it is over."),
        TableKey(
            "holidays", "string[]|string",
            "Days off, for send windows: { \"2026-10-01..2026-10-07\" }, or the calendar of a plugin, \"cn\"."
        ),
        TableKey("workdays", "string[]", "Days on a weekend that are worked to make up for them."),
        TableKey(
            "prices", "table<Channel, number>",
            "What a message costs on a channel, or each part of a text message, in dry runs."),
        TableKey("seed", "integer", "Decides every random choice, such as who is held out; 1 unless given."),
        TableKey(
            "drift_threshold", "number",
            "How many percent of its decisions may differ before `moonletter drift` warns of an approved run."
        ),
        TableKey(
            "now", "string", "The time that rules take for now, where a command names none with `--now`."),
        TableKey("budgets", "table", "What scripts may use before they are stopped."),
        TableKey("plugins", "table<string, table>", "The options of plugins, by plugin."),
    ]
}

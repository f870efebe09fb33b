/// What each setting of a word takes and says, in one sentence; `word.setting` where it says something else than under
/// other words.
private let settingDocs: [String: SettingDoc] = [
    "description": .maybe(
        "string", "One sentence for reports and help."),
    "segment.where": .needed(
        "Segment|fun(c: Customer): boolean?",
        "Who is in it: a function(c) that answers true or false, or a combination of segments."),
    "doc": .maybe(
        "string", "One sentence for help, completion and reports."),
    "trait.type": .maybe(
        "\"text\"|\"number\"|\"integer\"|\"boolean\"|\"money\"|\"date\"|\"time\"",
        "text, number, integer, boolean, money, date or time; found out from its values unless given."),
    "values": .maybe(
        "string[]", "The texts it can be; any other is an error."),
    "among": .maybe(
        "Segment|fun(c: Customer): boolean?",
        "Whom its rank, quantiles, share or count is among; everybody who is not erased unless given."),
    "rank": .maybe(
        "boolean|table",
        "1, 2, 3 … among all: true, or { order = \"desc\", ties = \"first\" }; ties may be \"min\" and \"dense\" too."
    ),
    "quantiles": .maybe(
        "integer|table",
        "The part of all that the value lies in, from 1: 5, or { parts = 5, by = \"value\" or \"rank\", closed = \"right\" or \"left\", offset = 0, order = \"asc\" }."
    ),
    "share": .maybe(
        "boolean", "true: the value divided by the sum of all."),
    "count": .maybe(
        "boolean", "true: how many customers have the value, which may be a text; 1 where nobody shares it."),
    "model.of": .needed(
        "fun(c: Customer): table<string, number>?",
        "A function(c) that gives a row of numbers by name, or nothing."),
    "model.among": .maybe(
        "Segment|fun(c: Customer): boolean?",
        "Whose rows there are; those of everybody who is not erased unless given."),
    "fit": .needed(
        "fun(rows: table): table<string, number>",
        "A function(rows) that gives numbers by name; rows.x[i] is the x of a row, rows.count says how many there are."
    ),
    "trait.of": .needed(
        "fun(c: Customer): string|number|boolean|nil",
        "A function(c) that gives a text, a number, true, false or nothing."),
    "response.rates": .needed(
        "fun(c: Customer, message: SentMessage): Rates",
        "A function(c, message) that gives shares of those who open, click, buy and so on."),

    "audience": .needed(
        "Segment|fun(c: Customer): boolean?",
        "Who gets it: a segment, a combination of segments, or a function(c)."),
    "at": .maybe(
        "string", "Customers enter once, at a time such as \"2026-12-01 10:00\"."),
    "every": .maybe(
        "string", "Customers enter again and again, on a schedule such as \"monday at 10:00\"."),
    "on": .maybe(
        "EventName|EventChoice",
        "Customers enter each time that something happens: \"click\", or { \"tag\", \"VIP\" }."),
    "before": .maybe(
        "Anniversary",
        "Customers enter each year before a date of theirs, { \"birthday\", days(3), at = \"9:00\" }, or all before a festival of a plugin's calendar, { \"spring-festival\", days(7) }."
    ),
    "when": .maybe(
        "Segment|SegmentChange",
        "Customers enter when they begin to be in a segment: segment.vip, or { leaves = segment.vip }."),
    "journey": .needed(
        "fun(c: Customer, entry: Entry)",
        "What happens to who enters: a function(c) of steps such as send and wait."),
    "content": .maybe(
        "fun(c: Customer, entry: Entry): table?",
        "What templates see as well: a function(c) that gives a table."),
    "channels": .maybe(
        "Channel[]", "The channels it may use, the most wanted first; all unless given."),
    "kind": .maybe(
        literals(Campaign.Kind.self),
        "marketing, or transactional, to which consent, holdout, windows and caps do not apply."),
    "priority": .maybe(
        "integer", "Of campaigns that want the same place under a cap, the highest goes first."),
    "holdout": .maybe(
        "number", "The share of people, 0 to 1, who are kept without messages to compare with."),
    "variants": .maybe(
        "table<string, number>", "The ways it is told in, drawn by weight: { short = 1, long = 3 }."),
    "reentry": .maybe(
        "Span", "After what span the same person may enter again; never unless given."),
    "goal": .maybe(
        "fun(c: Customer, entered_at: Time): boolean?",
        "Whether a customer has done what it is for: a function(c, entered_at)."),
    "exit_when": .maybe(
        "fun(c: Customer, entered_at: Time): boolean?",
        "Whether a customer leaves it early: a function(c, entered_at)."),
    "send_window": .maybe(
        "SendWindow", "When its messages may go out: { from = \"10:00\", to = \"18:00\", weekdays = true }."),
    "best_hour": .maybe(
        "boolean", "Whether a message waits for the hour in which the customer opens most."),
    "over_cap": .maybe(
        literals(Campaign.OverCap.self),
        "What becomes of a message over the frequency cap: skip, defer or switch."),
    "max_age": .maybe(
        "Span", "How long a message may wait for a window or the cap; days(2) unless given."),
    "limit": .maybe(
        "integer", "How many customers may enter in a run."),
    "budget": .maybe(
        "number", "What its messages may cost in a run."),

    "follow_up.on": .needed(
        "EventName|EventChoice", "What it follows: an event such as \"feedback\", or { \"tag\", \"VIP\" }."),
    "follow_up.where": .maybe(
        "fun(c: Customer, event: CustomerEvent): boolean?",
        "Which events are meant: a function(c, event) that answers true or false."),
    "follow_up.content": .maybe(
        "fun(c: Customer, event: CustomerEvent): table?",
        "What templates see as well: a function(c, event) that gives a table."),
    "delay": .maybe(
        "Span", "How long after the event the action comes: a span such as hours(1)."),
    "unless": .maybe(
        "fun(c: Customer, event: CustomerEvent): boolean?",
        "What makes the action needless: a function(c, event) that is asked after the delay."),
    "action": .needed(
        "fun(c: Customer, event: CustomerEvent)",
        "What is done: a function(c, event) of steps such as task and send."),

    "template": .needed(
        "TemplateName", "The name of the message."),
    "channel": .maybe(
        "Channel", "The channel; the customer's own unless given."),
    "title": .needed(
        "string", "What is to be done."),
    "owner": .maybe(
        "string", "Who does it."),
    "due": .maybe(
        "Span", "The span in which it is to be done, such as hours(24)."),

    "simulate.campaign": .maybe(
        "CampaignName", "The campaign; all that scripts define unless given."),
    "simulate.customer": .needed("Customer", "The customer, whom customer_like made."),
    "simulate.from": .maybe("Time", "When it begins; now unless given."),
    "simulate.days": .maybe("integer", "How many days it goes on; 30 unless given."),
    "simulate.respond": .maybe(
        "table<TemplateName, Reaction|table<Reaction, Span>>",
        "What the customer does with messages, by template: \"click\", or { open = hours(1), click = hours(2) }."
    ),
    "simulate.holdout": .maybe(
        "boolean", "true holds everybody out, who else is never held out in a test."),

    "dry_run.days": .maybe(
        "number", "How many days it goes on; 30 unless given."),
    "dry_run.from": .maybe(
        "string", "When it begins, such as \"2026-12-01\"; now unless given."),
    "dry_run.as_of": .maybe(
        "string", "From when on the past is replayed."),
    "dry_run.assume": .maybe(
        "string", "How people respond, as moonletter dry-run --assume takes it."),
    "dry_run.seed": .maybe(
        "integer", "What random choices are made from."),
    "preview.sample": .maybe(
        "integer", "For how many customers of its audience."),
    "save.replace": .maybe(
        "boolean", "Whether a script that is there already is written over."),
]

/// The type and the sentence of a setting.
private struct SettingDoc {
    let type: String
    let doc: String
    let isRequired: Bool

    /// A setting that may be left out.
    static func maybe(_ type: String, _ doc: String) -> SettingDoc {
        SettingDoc(type: type, doc: doc, isRequired: false)
    }

    /// A setting that must be there.
    static func needed(_ type: String, _ doc: String) -> SettingDoc {
        SettingDoc(type: type, doc: doc, isRequired: true)
    }
}

extension HostWord {
    /// What one of its settings takes and says; nil where the fields of a customer say it themselves, as those of
    /// `customer_like` do.
    package func key(ofSetting setting: String) -> TableKey? {
        guard name != "customer_like" else { return nil }
        return (settingDocs["\(name).\(setting)"] ?? settingDocs[setting]).map {
            TableKey(setting, $0.type, $0.doc, isRequired: $0.isRequired)
        }
    }

    /// What one of its settings says; empty where nobody wrote it down.
    package func doc(ofSetting setting: String) -> String { key(ofSetting: setting)?.doc ?? "" }

    /// What the table that it takes may have, in the order of the settings.
    package var settingKeys: [TableKey] { settings.compactMap(key(ofSetting:)) }
}

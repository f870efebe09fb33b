/// What each setting of a word says, in one sentence; `word.setting` where it says something else than under other words.
private let settingDocs: [String: String] = [
    "description": "One sentence for reports and help.",
    "segment.where": "Who is in it: a function(c) that answers true or false, or a combination of segments.",
    "doc": "One sentence for help, completion and reports.",
    "trait.of": "A function(c) that gives a text, a number, true, false or nothing.",
    "response.rates": "A function(c, message) that gives shares of those who open, click, buy and so on.",

    "audience": "Who gets it: a segment, a combination of segments, or a function(c).",
    "at": "Customers enter once, at a time such as \"2026-12-01 10:00\".",
    "every": "Customers enter again and again, on a schedule such as \"monday at 10:00\".",
    "on": "Customers enter each time that something happens: \"click\", or { \"tag\", \"VIP\" }.",
    "before": "Customers enter each year before a date of theirs: { \"birthday\", days(3), at = \"9:00\" }.",
    "when": "Customers enter when they begin to be in a segment: segment.vip, or { leaves = segment.vip }.",
    "journey": "What happens to who enters: a function(c) of steps such as send and wait.",
    "content": "What templates see as well: a function(c) that gives a table.",
    "channels": "The channels it may use, the most wanted first; all unless given.",
    "kind": "marketing, or transactional, to which consent, holdout, windows and caps do not apply.",
    "priority": "Of campaigns that want the same place under a cap, the highest goes first.",
    "holdout": "The share of people, 0 to 1, who are kept without messages to compare with.",
    "variants": "The ways it is told in, drawn by weight: { short = 1, long = 3 }.",
    "reentry": "After what span the same person may enter again; never unless given.",
    "goal": "Whether a customer has done what it is for: a function(c, entered_at).",
    "exit_when": "Whether a customer leaves it early: a function(c, entered_at).",
    "send_window": "When its messages may go out: { from = \"10:00\", to = \"18:00\", weekdays = true }.",
    "best_hour": "Whether a message waits for the hour in which the customer opens most.",
    "over_cap": "What becomes of a message over the frequency cap: skip, defer or switch.",
    "max_age": "How long a message may wait for a window or the cap; days(2) unless given.",
    "limit": "How many customers may enter in a run.",
    "budget": "What its messages may cost in a run.",

    "follow_up.on": "What it follows: an event such as \"feedback\", or { \"tag\", \"VIP\" }.",
    "follow_up.where": "Which events are meant: a function(c, event) that answers true or false.",
    "delay": "How long after the event the action comes: a span such as hours(1).",
    "unless": "What makes the action needless: a function(c, event) that is asked after the delay.",
    "action": "What is done: a function(c, event) of steps such as task and send.",

    "template": "The name of the message.",
    "channel": "The channel; the customer's own unless given.",
    "title": "What is to be done.",
    "owner": "Who does it.",
    "due": "The span in which it is to be done, such as hours(24).",

    "dry_run.days": "How many days it goes on; 30 unless given.",
    "dry_run.from": "When it begins, such as \"2026-12-01\"; now unless given.",
    "dry_run.as_of": "From when on the past is replayed.",
    "dry_run.assume": "How people respond, as moonletter dry-run --assume takes it.",
    "dry_run.seed": "What random choices are made from.",
    "preview.sample": "For how many customers of its audience.",
    "save.replace": "Whether a script that is there already is written over.",
]

extension HostWord {
    /// What one of its settings says; empty where nobody wrote it down.
    package func doc(ofSetting setting: String) -> String {
        // What tests describe customers with are fields, which say themselves what they are.
        guard !testWords.contains(where: { $0.name == name }) else { return "" }
        return settingDocs["\(name).\(setting)"] ?? settingDocs[setting] ?? ""
    }
}

package import Catalog

/// The tables that words and settings take or give, in the order of the reference. Rows of relations are no tables: their
/// fields are in the catalog.
public let tableShapes: [TableShape] = [
    TableShape(
        "SendWindow", "When messages may go out, on the customer's clock.",
        [
            TableKey("from", "string", "The first minute, such as \"10:00\".", isRequired: true),
            TableKey("to", "string", "The first minute after it, such as \"18:00\".", isRequired: true),
            TableKey(
                "weekdays", "boolean|string[]",
                "true for workdays, or a list of names such as { \"monday\", \"friday\" }; every day unless given."
            ),
        ]),
    TableShape(
        "SegmentChange", "A change of who is in a segment; one of the two.",
        [
            TableKey("enters", "Segment", "Customers who begin to be in it."),
            TableKey("leaves", "Segment", "Customers who are no longer in it."),
        ]),
    TableShape(
        "Anniversary", "A day of each year.",
        [
            TableKey(
                "[1]", literals(Field.dates.map(\.name)) + "|string",
                "The field with the date, or the name of a festival of a plugin's calendar.",
                isRequired: true),
            TableKey("[2]", "Span", "How long before, in whole days; on the day itself unless given."),
            TableKey("at", "string", "The time of that day; \"9:00\" unless given."),
        ]),
    TableShape(
        "EventChoice", "An event that is about one thing.",
        [
            TableKey("[1]", literals(["tag"]), "That a customer gets a tag.", isRequired: true),
            TableKey("[2]", "TagName", "The tag.", isRequired: true),
        ]),
    TableShape(
        "Entry",
        "How a customer came into a campaign, which its journey and its content get behind the customer.",
        [
            TableKey("at", "Time", "When.", isRequired: true),
            TableKey("variant", "string", "The way it is told in, of those in `variants`."),
            TableKey("event", "CustomerEvent", "What happened, where `on` says what customers enter by."),
        ]),
    TableShape(
        "CustomerEvent",
        "Something that happened to a customer: what `wait_for` gives, and what follow-ups get behind the customer.",
        [
            TableKey("name", "EventName", "What it is called: click, order, cart.", isRequired: true),
            TableKey("at", "Time", "When it happened.", isRequired: true),
        ] + eventDetails),
    TableShape(
        "SentMessage", "A message that is sent, of which a response is asked.",
        [
            TableKey("campaign", "string", "The campaign that sends it.", isRequired: true),
            TableKey("step", "TemplateName", "The step of the campaign: its template.", isRequired: true),
            TableKey("channel", "Channel", "The channel.", isRequired: true),
            TableKey("at", "Time", "When it is sent.", isRequired: true),
        ]),
    TableShape(
        "Rates", "How people respond to a message: shares from 0 to 1 of all who get it; 0 unless given.",
        ResponseRates.names.map { TableKey($0, "number", rateDocs[$0] ?? "") }
            + [TableKey("after", "Span", "The median time from the sending to the opening.")]),
    TableShape(
        "AskedMessage", "A message that a journey asked for in a test.",
        [
            TableKey("template", "TemplateName", "The template.", isRequired: true),
            TableKey("campaign", "string", "The campaign.", isRequired: true),
            TableKey("channel", "Channel", "The channel; missing where none was found."),
            TableKey("at", "Time", "When it was sent, or was to be.", isRequired: true),
            TableKey("subject", "string", "The subject line."),
            TableKey(
                "outcome", literals(Outcome.self), "What became of it.", isRequired: true),
            TableKey("reason", "Reason", "Why it was not sent; missing where it was."),
        ]),
    TableShape(
        "StoryTask", "A task or a ticket that a journey made in a test.",
        [
            TableKey("title", "string", "What is to be done."),
            TableKey("owner", "string", "Who does it."),
            TableKey("due", "Time", "When it is due."),
            TableKey("at", "Time", "When it was made.", isRequired: true),
        ]),
    TableShape(
        "StoryEvent", "Something else that happened in a test.",
        [
            TableKey(
                "word", "string", "What happened: enter, open, click, order, award, set, note.",
                isRequired: true),
            TableKey("subject", "string", "What it is about: the tag, the field, the note."),
            TableKey("campaign", "string", "The campaign.", isRequired: true),
            TableKey("at", "Time", "When.", isRequired: true),
        ]),
]

private let rateDocs = [
    "open": "Those who open it.", "click": "Those who click in it, and so open it.",
    "buy": "Those who buy after it, and so click.",
    "unsubscribe": "Those who unsubscribe from the channel.", "complaint": "Those who report it as spam.",
    "bounce": "Those whose address takes none, for good.",
]

/// What is known of events, each name once.
private var eventDetails: [TableKey] {
    var keys: [TableKey] = []
    for field in ArrivalSource.all.filter({ $0.name != nil }).flatMap(\.details)
    where !keys.contains(where: { $0.name == field.name }) {
        keys.append(TableKey(field))
    }
    return keys
}

/// Values as a type of LuaCATS: `"email"|"sms"`.
package func literals(_ values: [String]) -> String {
    values.map { "\"\($0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"" }.joined(
        separator: "|")
}

/// The same of the cases of an enumeration.
package func literals<Choice>(_ type: Choice.Type) -> String
where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    literals(type.allCases.map(\.rawValue))
}

extension TableKey {
    /// A field as a key that may be missing.
    package init(_ field: Field, isRequired: Bool = false) {
        self.init(field.name, field.luaType, field.doc, isRequired: isRequired)
    }
}

extension Field {
    /// What rules read, in the notation of LuaCATS: the values it can have, or its type.
    package var luaType: String { values.isEmpty ? type.luaType : literals(values) }
}

extension ValueType {
    /// What rules read, in the notation of LuaCATS.
    package var luaType: String {
        switch self {
        case .text: "string"
        case .integer: "integer"
        case .number, .money: "number"
        case .boolean: "boolean"
        case .instant: "Time"
        case .date: "Day"
        }
    }
}

/// A name that types of words use for values that are plain in Lua.
public struct TypeAlias: Sendable {
    /// The name: `Span`.
    public let name: String
    /// What it stands for, in the notation of LuaCATS.
    public let type: String
    /// One sentence.
    public let doc: String
}

/// The names for plain values that are the same in every workspace, in the order of the reference.
public let typeAliases = [
    TypeAlias(name: "Time", type: "number", doc: "An instant: Unix seconds, UTC."),
    TypeAlias(name: "Span", type: "number", doc: "How long something takes, in seconds: days(3)."),
    TypeAlias(name: "Day", type: "string", doc: "A day, YYYY-MM-DD."),
    TypeAlias(name: "Channel", type: literals(Channel.self), doc: "A way to reach a customer."),
    TypeAlias(
        name: "Reaction", type: literals(ResponseRates.names), doc: "What a customer does with a message."),
    TypeAlias(
        name: "Reason", type: literals(Reason.self), doc: "Why a message was not sent, or sent later."),
]

internal import Basics
package import Catalog
internal import Diagnostics
internal import LuaRuntime

/// A customer as a test describes one, read with errors that name what is wrong.
struct CustomerDescription {
    /// The customer, with what tests take for granted.
    private(set) var customer = ExampleCustomer()
    /// The latest time that is told.
    private(set) var latest = Int64.min
    private let host: RuleHost
    private let fields: [String: Field]

    /// What a description may have, custom attributes apart.
    static let names =
        (customerColumns + factFields).map(\.name).filter { $0 != "id" } + lists + relations.map(\.name)

    private static let lists = listKeys.map(\.name)

    /// Reads the table of `customer_like`; `number` tells the customers of a test apart.
    init(_ table: LuaTable, number: Int, _ host: RuleHost) throws {
        self.host = host
        let known = try host.requireData().fields.filter { $0.name != "id" }
        fields = Dictionary(known.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        customer.columns = [
            "name": .text("Robin Example"), "email": .text("customer-\(number)@example.com"),
            "phone": .text("138\(10_000_000 + number)"), "wecom_id": .text("customer-\(number)"),
        ]
        customer.consents = Dictionary(uniqueKeysWithValues: Channel.allCases.map { ($0, .granted) })
        if table.fields.contains(where: { ["first_name", "last_name"].contains($0.name) }) {
            customer.columns["name"] = nil
        }
        if let first = table.array.first {
            throw LuaError("customer_like takes fields by name, got \(first.described)")
        }
        for (name, value) in table.fields { try read(name, value) }
        try checkFacts()
    }

    private mutating func read(_ name: String, _ value: LuaValue) throws {
        if let relation = relations.first(where: { $0.name == name }) {
            customer.rows[name] = try list(of: value, name).map { try row($0, relation) }
            return
        }
        switch name {
        case "tags": customer.tags = try texts(value, name)
        case "interests": customer.interests = try texts(value, name)
        case "consents": try readConsents(value)
        default:
            guard let field = fields[name] else {
                if host.traits[name] != nil {
                    throw LuaError(
                        "'\(name)' is a trait, which follows from the rest of the customer",
                        hint: "say what it is computed from")
                }
                let known = fields.keys + Self.lists + relations.map(\.name)
                throw LuaError(
                    "unknown field '\(name)' of a customer", hint: suggestion(name, known, what: "field"))
            }
            var stored = Value.null
            if case .boolean(false) = value, field.type != .boolean {
                // The field is taken away.
            } else {
                stored = try self.stored(value, field, "a customer")
            }
            if host.traits[name]?.rule != nil {
                customer.populations[name] = stored
            } else if factFields.contains(where: { $0.name == name }) {
                customer.facts[name] = stored
            } else if customerColumns.contains(where: { $0.name == name }) {
                customer.columns[name] = stored
            } else {
                customer.attributes[name] = stored
            }
        }
    }

    /// A fact is given, or follows from rows that are given.
    private func checkFacts() throws {
        for name in customer.facts.keys.sorted() {
            guard let fact = NumberedFact.byName[name] else { continue }
            let relation = relations.first { relation in
                let table = relation.source.prefix { $0 != " " }
                return table == fact.table || table == "messages" && fact.table == "message_events"
            }
            guard let relation, let rows = customer.rows[relation.name],
                fact.table != "message_events" || rows.contains(where: { !$0.events.isEmpty })
            else { continue }
            throw LuaError(
                "'\(name)' is given, and follows from \(relation.name), which are given too",
                hint: "leave one of the two out")
        }
    }

    // MARK: Lists

    private func texts(_ value: LuaValue, _ name: String) throws -> [String] {
        try list(of: value, name).map { item in
            guard case .text(let text) = item else {
                throw LuaError("\(name) is a list of texts, got \(item.described)")
            }
            return text
        }
    }

    private func list(of value: LuaValue, _ name: String) throws -> [LuaValue] {
        let isOfTexts = Self.lists.contains(name)
        guard case .table(let table) = value, table.fields.isEmpty else {
            let example = isOfTexts ? "{ \"one\", \"two\" }" : "{ { at = days_ago(7) } }"
            throw LuaError("\(name) takes a list such as \(example), got \(value.described)")
        }
        return table.array
    }

    private mutating func readConsents(_ value: LuaValue) throws {
        let expected = "by channel true, false or \"withdrawn\", such as { sms = false }"
        guard case .table(let table) = value, table.array.isEmpty else {
            throw LuaError("consents are told \(expected), got \(value.described)")
        }
        for (name, value) in table.fields {
            guard let channel = Channel(rawValue: name) else {
                throw LuaError(
                    "unknown channel '\(name)'",
                    hint: suggestion(name, Channel.allCases.map(\.rawValue), what: "channel"))
            }
            switch value {
            case .boolean(let flag):
                customer.consents[channel] = flag ? .granted : ExampleCustomer.Consent.none
            case .text("withdrawn"): customer.consents[channel] = .withdrawn
            default: throw LuaError("consents are told \(expected), got \(value.described) for \(name)")
            }
        }
    }

    // MARK: Rows

    private mutating func row(_ value: LuaValue, _ relation: Relation) throws -> ExampleCustomer.Row {
        let owner = article(relation.singular)
        guard case .table(let table) = value, table.array.isEmpty else {
            throw LuaError(
                "\(relation.name) takes a list of tables such as { { at = days_ago(7) } }, got \(value.described) in it"
            )
        }
        if case .missing = table["at"] {
            throw LuaError(
                "\(owner) of customer_like has no 'at'", hint: "say when, such as at = days_ago(7)")
        }
        var row = ExampleCustomer.Row(time: try past(table["at"], "at", owner))
        let fields = relation.fields.filter { $0.sql != relation.time && $0.name != "id" }
        let events = relation.name == "messages" ? ExampleCustomer.messageEvents : []
        let known =
            ["at"] + fields.map(\.name) + (relation.hasItems ? ["items"] : []) + events.map(\.0)
        for (name, value) in table.fields where name != "at" {
            if let field = fields.first(where: { $0.name == name }) {
                row.values[name] = try stored(value, field, owner)
            } else if relation.hasItems, name == "items" {
                row.items = try list(of: value, name).map { try item($0) }
            } else if let event = events.first(where: { $0.0 == name }) {
                row.events.append((event.1, try past(value, name, owner)))
            } else {
                let isTime = relation.fields.contains { $0.name == name && $0.sql == relation.time }
                throw LuaError(
                    "unknown field '\(name)' of \(owner)",
                    hint: isTime ? "write at = …" : suggestion(name, known, what: "field"))
            }
        }
        if let (name, example) = Self.required[relation.name], row.values[name] == nil {
            throw LuaError("\(owner) of customer_like has no '\(name)'", hint: "such as \(name) = \(example)")
        }
        return row
    }

    /// What a row must have besides its time, by relation, with an example: the store has none without it.
    fileprivate static let required = ["events": ("type", "\"page_view\""), "tasks": ("title", "\"Call\"")]

    private mutating func item(_ value: LuaValue) throws -> [String: Value] {
        guard case .table(let table) = value, table.array.isEmpty else {
            throw LuaError(
                "items takes a list of tables such as { { name = \"Tea\" } }, got \(value.described) in it")
        }
        var item: [String: Value] = [:]
        for (name, value) in table.fields {
            guard let field = orderItemFields.first(where: { $0.name == name }) else {
                throw LuaError(
                    "unknown field '\(name)' of an item",
                    hint: suggestion(name, orderItemFields.map(\.name), what: "field"))
            }
            item[name] = try stored(value, field, "an item")
        }
        return item
    }

    // MARK: Values

    /// A time that is not ahead.
    private mutating func past(_ value: LuaValue, _ name: String, _ owner: String) throws -> Int64 {
        let field = Field(name, .instant, "")
        guard case .integer(let time) = try stored(value, field, owner) else { return 0 }
        return time
    }

    /// A value as the store holds it.
    private mutating func stored(_ value: LuaValue, _ field: Field, _ owner: String) throws -> Value {
        func wrong(_ expected: String) -> LuaError {
            LuaError("'\(field.name)' of \(owner) holds \(expected), got \(value.described)")
        }
        guard let stored = host.store(value, as: field.type) else { throw wrong(field.type.described) }
        switch (stored, field.type) {
        case (.text(let text), .date):
            guard CivilDate(iso: text) != nil else { throw wrong(field.type.described) }
        case (.text(let text), _) where !field.values.isEmpty && !field.values.contains(text):
            throw wrong("one of \(field.values.joined(separator: ", "))")
        case (.number(let number), .integer), (.number(let number), .money), (.number(let number), .instant):
            let rounded = field.type == .instant ? number.rounded(.down) : number
            guard let whole = Int64(exactly: rounded) else { throw wrong(field.type.described) }
            return try checked(.integer(whole), field, owner)
        case (.integer(let number), .number): return .number(Double(number))
        default: break
        }
        return try checked(stored, field, owner)
    }

    /// In minor units: as many as a table of Lua may hold add up without an overflow.
    private static let largestAmount = 1_000_000_000_000

    /// Of what happened, nothing is ahead; when a task is due may be.
    private mutating func checked(_ value: Value, _ field: Field, _ owner: String) throws -> Value {
        guard case .integer(let number) = value else { return value }
        if field.type == .money, number.magnitude > Self.largestAmount {
            throw LuaError(
                "'\(field.name)' of \(owner) is too large for a test", hint: "take a smaller amount")
        }
        guard field.type == .instant else { return value }
        guard TestSession.instants.contains(number) else {
            throw LuaError("'\(field.name)' of \(owner) is in no year from 1 to 9999")
        }
        guard field.name != "due_at" else { return value }
        guard number <= host.clock.now else {
            throw LuaError(
                "'\(field.name)' of \(owner) lies ahead of the time of the test",
                hint: "what has not happened yet is no part of a customer; at(…) moves the time of a test")
        }
        latest = max(latest, number)
        return value
    }
}

// MARK: What tests can say

extension CustomerDescription {
    fileprivate static let listKeys = [
        TableKey("tags", "TagName[]", "The customer's tags."),
        TableKey("interests", "string[]", "The customer's interests, the strongest first."),
        TableKey(
            "consents", "table<Channel, boolean|\"withdrawn\">",
            "By channel true, false for never asked, or \"withdrawn\"."),
    ]
}

/// What `customer_like` takes where customers have such fields; `false` takes a field away.
package func descriptionKeys(of fields: [Field]) -> [TableKey] {
    fields.filter { $0.name != "id" }.map { field in
        TableKey(field.name, field.type == .boolean ? field.luaType : "\(field.luaType)|false", field.doc)
    } + CustomerDescription.listKeys
        + relations.map { TableKey($0.name, "\($0.descriptionName)[]", $0.doc) }
}

extension Relation {
    /// What the type of a row is called as `customer_like` takes it.
    package var descriptionName: String { rowName + "Like" }

    /// What the type of a row is called.
    package var rowName: String { singular.prefix(1).uppercased() + singular.dropFirst() }

    /// What a row may have as `customer_like` takes it.
    package var descriptionKeys: [TableKey] {
        let required = CustomerDescription.required[name]?.0
        let own = fields.filter { $0.sql != time && $0.name != "id" }.map {
            TableKey($0, isRequired: $0.name == required)
        }
        let items = TableKey(
            "items", "ItemLike[]", "The lines; amount and number of items of the order follow from them.")
        let events = ExampleCustomer.messageEvents.map { name, _ in
            TableKey(name, "Time", "When that happened.")
        }
        return [TableKey("at", "Time", "When it happened.", isRequired: true)] + own
            + (hasItems ? [items] : []) + (name == "messages" ? events : [])
    }
}

public import Calendars
internal import Catalog
internal import Diagnostics
public import LuaRuntime

/// What the table of a campaign may have.
let campaignSettings =
    ["description", "audience"] + triggerSettings
    + [
        "journey", "content", "channels", "kind", "priority", "holdout", "variants", "reentry", "goal",
        "exit_when",
        "send_window", "best_hour", "over_cap", "max_age", "limit", "budget",
    ]

/// What the table of a follow-up may have.
let followUpSettings = [
    "description", "on", "where", "delay", "unless", "action", "content", "channels", "kind", "priority",
    "send_window", "best_hour", "over_cap", "max_age", "limit", "budget",
]

/// One of these says when customers enter.
private let triggerSettings = ["at", "every", "on", "before", "when"]

/// What the settings of the workspace say to campaigns.
public struct CampaignCalendars: Sendable {
    /// Days off, for windows that are closed on them or open on workdays.
    public var holidays = HolidayCalendar.none
    /// The calendar of a plugin that takes their place.
    public var provided: String?

    /// No holidays.
    public init() {}
}

extension Campaign {
    /// A message waits for a window or the cap no longer than this, unless the campaign says otherwise: two days.
    static let usualMaxAge: Int64 = 2 * 86_400

    /// The campaign that a script defines.
    init(_ name: String, _ settings: Settings, _ host: RuleHost) throws {
        try settings.allow(campaignSettings)
        guard let audience = try settings.audience("audience", owner: "the audience of campaign '\(name)'")
        else {
            throw settings.missing("audience", example: "audience = segment.buyers")
        }
        guard let journey = try settings.function("journey") else {
            throw settings.missing(
                "journey", example: "journey = function(c) send { template = \"\(name)\" } end")
        }
        let holdout = try settings.number("holdout") ?? 0
        guard (0...1).contains(holdout) else {
            throw settings.wrong("holdout", "a share from 0 to 1", shown(holdout))
        }
        self.init(
            name: name, description: try settings.text("description") ?? "", location: settings.location,
            isFollowUp: false, audience: audience, trigger: try settings.trigger(host),
            kind: try settings.choice("kind", Campaign.Kind.self) ?? .marketing,
            priority: try settings.priority(), holdout: holdout, variants: try settings.variants(),
            reentry: try settings.span("reentry", example: "days(180)"),
            channels: try settings.list("channels", Channel.self), sendWindow: try settings.window(host),
            bestHour: try settings.flag("best_hour") ?? false,
            overCap: try settings.choice("over_cap", OverCap.self) ?? .skip,
            maxAge: try settings.span("max_age", example: "days(2)") ?? Self.usualMaxAge,
            limit: try settings.limit(), budget: try settings.budget(),
            content: try settings.function("content"), journey: journey,
            goal: try settings.function("goal"), exitWhen: try settings.function("exit_when"), filter: nil,
            unless: nil,
            delay: 0)
    }

    /// The follow-up that a script defines.
    init(followUp name: String, _ settings: Settings, _ host: RuleHost) throws {
        try settings.allow(followUpSettings)
        guard let action = try settings.function("action") else {
            throw settings.missing("action", example: "action = function(c, event) tag \"interested\" end")
        }
        guard let event = try settings.event("on") else {
            throw settings.missing("on", example: "on = \"click\"")
        }
        self.init(
            name: name, description: try settings.text("description") ?? "", location: settings.location,
            isFollowUp: true, audience: nil, trigger: .event(event),
            kind: try settings.choice("kind", Campaign.Kind.self) ?? .marketing,
            priority: try settings.priority(), holdout: 0, variants: [], reentry: 0,
            channels: try settings.list("channels", Channel.self), sendWindow: try settings.window(host),
            bestHour: try settings.flag("best_hour") ?? false,
            overCap: try settings.choice("over_cap", OverCap.self) ?? .skip,
            maxAge: try settings.span("max_age", example: "days(2)") ?? Self.usualMaxAge,
            limit: try settings.limit(), budget: try settings.budget(),
            content: try settings.function("content"), journey: action, goal: nil, exitWhen: nil,
            filter: try settings.function("where"), unless: try settings.function("unless"),
            delay: try settings.span("delay", example: "hours(1)") ?? 0)
    }
}

extension Settings {
    // Longer than any customer lives; also no number is longer than this and fits in 64 bits.
    private static let longestSpan = 1e11

    fileprivate func span(_ key: String, example: String) throws -> Int64? {
        guard let span = try number(key) else { return nil }
        guard (0...Self.longestSpan).contains(span) else {
            throw wrong(key, "a span such as \(example)", shown(span))
        }
        return Int64(span)
    }

    fileprivate func priority() throws -> Int64 {
        let priority = try number("priority") ?? 0
        guard let whole = Int64(exactly: priority), abs(whole) <= 1000 else {
            throw wrong("priority", "a whole number from -1000 to 1000", shown(priority))
        }
        return whole
    }

    fileprivate func limit() throws -> Int64? {
        guard let number = try number("limit") else { return nil }
        guard let whole = Int64(exactly: number), (1...1_000_000_000).contains(whole) else {
            throw wrong("limit", "a whole number of customers from 1", shown(number))
        }
        return whole
    }

    fileprivate func budget() throws -> Double? {
        guard let amount = try number("budget") else { return nil }
        guard amount > 0, amount <= 1e12 else {
            throw wrong("budget", "an amount of money above 0", shown(amount))
        }
        return amount
    }

    /// Weights by name: `{ short = 1, long = 3 }`.
    fileprivate func variants() throws -> [Campaign.Variant] {
        let expected = "weights by name such as { short = 1, long = 3 }"
        guard let table = try table("variants", expected: expected) else { return [] }
        let variants = try table.fields.map { name, value -> Campaign.Variant in
            let weight: Double? =
                switch value {
                case .integer(let number): Double(number)
                case .number(let number): number
                default: nil
                }
            guard let weight, weight > 0, weight <= 1e9 else {
                throw wrong("variants", expected, "\(value.described) for '\(name)'")
            }
            return Campaign.Variant(name: name, weight: weight)
        }
        guard table.array.isEmpty, !variants.isEmpty else { throw wrong("variants", expected, "a list") }
        return variants.sorted { $0.name < $1.name }
    }

    fileprivate func window(_ host: RuleHost) throws -> TimeWindow? {
        let expected = "a table such as { from = \"10:00\", to = \"18:00\", weekdays = true }"
        guard let table = try table("send_window", expected: expected) else { return nil }
        do {
            return try TimeWindow(table, holidays: host.holidays())
        } catch let error as WindowError {
            throw wrong("send_window", error.expected ?? expected, error.got)
        } catch let error as CalendarError {
            throw calendar("send_window", error)
        } catch let error as LuaError {
            throw LuaError(
                "'send_window' of \(owner): \(error.message)", at: place(of: "send_window"), hint: error.hint)
        }
    }

    /// Something that happens: `"click"`, or `{ "tag", "VIP" }`.
    fileprivate func event(_ key: String) throws -> EventKind? {
        switch self[key] {
        case .missing: return nil
        case .text(let name) where !name.isEmpty: return EventKind(name)
        case .table(let list) where list.fields.isEmpty && list.array.count == 2:
            if case (.text("tag"), .text(let tag)) = (list.array[0], list.array[1]) {
                return EventKind("tag", tag)
            }
        default: break
        }
        throw wrong(key, "an event such as \"click\" or { \"tag\", \"VIP\" }", self[key].described)
    }

    fileprivate func trigger(_ host: RuleHost) throws -> Trigger {
        let said = triggerSettings.filter { if case .missing = self[$0] { false } else { true } }
        if said.count > 1 {
            throw LuaError(
                "\(owner) has '\(said[0])' and '\(said[1])'", at: place(of: said[1]),
                hint: "customers enter by one of \(triggerSettings.joined(separator: ", "))")
        }
        do {
            switch said.first {
            case "at":
                guard case .text(let text) = self["at"] else {
                    throw wrong("at", "a time such as \"2026-12-01 10:00\"", self["at"].described)
                }
                var clock = host.clock.local
                return .at(try Moment(text).instant(in: &clock))
            case "every":
                guard case .text(let text) = self["every"] else {
                    throw wrong("every", "a schedule such as \"day at 10:00\"", self["every"].described)
                }
                return .every(try Schedule(text))
            case "on": return try event("on").map(Trigger.event) ?? .start
            case "before": return try occasion(host)
            case "when": return try change()
            default: return .start
            }
        } catch let error as CalendarError {
            throw calendar(said[0], error)
        }
    }

    /// `{ "birthday", days(3) }` or `{ "spring-festival", days(7) }`, and `at = "9:00"` inside.
    private func occasion(_ host: RuleHost) throws -> Trigger {
        let expected = "a date field or a festival, and a span, such as { \"birthday\", days(3) }"
        guard let table = try table("before", expected: expected), case .text(let name)? = table.array.first
        else { throw wrong("before", expected, self["before"].described) }
        var days = 0.0
        switch table.array.dropFirst().first {
        case nil: break
        case .integer(let seconds): days = Double(seconds) / 86_400
        case .number(let seconds): days = seconds / 86_400
        default: throw wrong("before", expected, self["before"].described)
        }
        guard let whole = Int(exactly: days) else {
            throw wrong("before", "a span of whole days", "\(days) days")
        }
        var time = "9:00"
        for (key, value) in table.fields {
            guard key == "at", case .text(let text) = value else {
                throw wrong("before", "{ \"\(name)\", days(\(whole)), at = \"9:00\" }", "'\(key)'")
            }
            time = text
        }
        let rule = try Anniversary(daysBefore: whole, at: try TimeOfDay(time))
        if let field = Field.dates.first(where: { $0.name == name }) { return .before(field, rule) }
        let festivals = try host.festivals()
        let named = festivals.filter { $0.name == name }
        if let festival = named.first {
            guard named.count == 1 else {
                throw LuaError(
                    "'before' of \(owner) names a festival of several plugins: '\(name)'",
                    at: place(of: "before"), hint: "disable all but one: moonletter plugins disable NAME")
            }
            return .festival(festival, rule)
        }
        let names = Field.dates.map(\.name) + festivals.map(\.name)
        let (what, orNone) = festivals.isEmpty ? ("date", "") : ("date or festival", " and no festival")
        throw LuaError(
            "'before' of \(owner) names no date of a customer\(orNone): '\(name)'",
            at: place(of: "before"),
            hint: suggestion(name, names, what: what))
    }

    /// `segment.vip`, or `{ enters = segment.vip }`, or `{ leaves = segment.vip }`.
    private func change() throws -> Trigger {
        switch self["when"] {
        case .object(let object as SegmentObject): return .enters(object.expression)
        case .table(let table) where table.array.isEmpty && table.fields.count == 1:
            if case .object(let object as SegmentObject) = table.fields[0].value {
                if table.fields[0].name == "enters" { return .enters(object.expression) }
                if table.fields[0].name == "leaves" { return .leaves(object.expression) }
            }
        default: break
        }
        throw wrong(
            "when", "a segment, { enters = segment.NAME } or { leaves = segment.NAME }",
            self["when"].described)
    }

    private func table(_ key: String, expected: String) throws -> LuaTable? {
        switch self[key] {
        case .missing: nil
        case .table(let table): table
        case let other: throw wrong(key, expected, other.described)
        }
    }

    /// What is wrong with a time, at the key.
    private func calendar(_ key: String, _ error: CalendarError) -> Diagnostic {
        var diagnostic = error.diagnostic
        diagnostic.message = "'\(key)' of \(owner): \(diagnostic.message)"
        diagnostic.location = place(of: key)
        diagnostic.token = key
        return diagnostic
    }
}

private func shown(_ number: Double) -> String {
    Int64(exactly: number).map(String.init) ?? (number.isNaN ? "no number" : String(number))
}

/// What is wrong with the table of a window.
public struct WindowError: Error {
    /// What it takes; nil for the whole.
    public let expected: String?
    /// What came.
    public let got: String
}

extension TimeWindow {
    /// The window of a table of Lua: `from`, `to`, and the days in `weekdays`, which is true for workdays or a list of
    /// names.
    public init(_ table: LuaTable, holidays: HolidayCalendar) throws {
        var times: [String: TimeOfDay] = [:]
        var days = Days.every
        for (key, value) in table.fields {
            switch (key, value) {
            case ("from", .text(let text)): times[key] = try TimeOfDay(text)
            case ("to", .text(let text)): times[key] = try TimeOfDay(text, isEnd: true)
            case ("weekdays", .boolean(let flag)): days = flag ? .workdays : .every
            case ("weekdays", .table(let list)) where list.fields.isEmpty:
                days = .named(
                    try Weekdays(
                        named: list.array.map { value in
                            guard case .text(let name) = value else {
                                throw WindowError(expected: "names of weekdays", got: value.described)
                            }
                            return name
                        }))
            case ("from", _), ("to", _), ("weekdays", _):
                throw WindowError(expected: nil, got: "\(key) = \(value.described)")
            default: throw WindowError(expected: nil, got: "'\(key)'")
            }
        }
        guard let from = times["from"], let to = times["to"], table.array.isEmpty else {
            throw WindowError(expected: nil, got: "one without from and to")
        }
        try self.init(from: from, to: to, days: days, holidays: holidays)
    }
}

internal import Calendars
internal import Catalog
internal import LuaRuntime
internal import Rules

/// What `workspace.lua` says about when messages may go out.
struct SendingSettings {
    /// `frequency_cap`: how many marketing messages a customer gets over all channels; nil for any number.
    var cap: FrequencyCap?
    /// How many of them by a channel.
    var channelCaps: [Channel: FrequencyCap] = [:]
    /// What `quiet_hours` leave of the day; nil for all of it.
    var awake: TimeWindow?
    /// `holidays` and `workdays` as lists of days, or `holidays` as the name of a plugin's calendar.
    var calendars = CampaignCalendars()

    /// Nothing is said.
    init() {}

    init(reading table: LuaTable) throws {
        try readCaps(table["frequency_cap"])
        awake = try Self.awake(table["quiet_hours"])
        if case .text(let name) = table["holidays"] {
            guard case .missing = table["workdays"] else {
                throw WorkspaceError.workdaysTwice(calendar: name)
            }
            calendars.provided = name
        } else {
            calendars.holidays = try Self.calendar("holidays") {
                try HolidayCalendar(Self.days(table, "holidays"), workdays: Self.days(table, "workdays"))
            }
        }
    }

    /// What a cap takes, over all channels or for one.
    private static let capExample = "a number a day such as 2, or { limit = 5, per = 7 * 86400 }"

    /// `2`; or `{ limit = 3, per = 7 * 86400 }` with seconds, or `per = "day"`; there, or alone, the channels
    /// with caps of their own, such as `{ limit = 2, sms = 1 }`.
    private mutating func readCaps(_ value: LuaValue) throws {
        let name = "frequency_cap"
        guard case .table(let table) = value else {
            cap = try Self.cap(value, name)
            return
        }
        let channels = Channel.allCases.map(\.rawValue)
        let known = ["limit", "per"] + channels
        for (key, _) in table.fields where !known.contains(key) {
            throw WorkspaceError.unknownSetting(name: "\(name).\(key)", known: known.map { "\(name).\($0)" })
        }
        for channel in Channel.allCases {
            channelCaps[channel] = try Self.cap(table[channel.rawValue], "\(name).\(channel.rawValue)")
        }
        // Channels alone leave the number over all of them free.
        if channelCaps.isEmpty || table.fields.contains(where: { !channels.contains($0.name) }) {
            cap = try Self.cap(value, name, allowing: channels)
        }
    }

    /// One cap; nil where there is none. The keys of a table that belong to something else are allowed.
    private static func cap(
        _ value: LuaValue, _ name: String, allowing others: [String] = []
    ) throws -> FrequencyCap? {
        func wrong(_ value: LuaValue) -> WorkspaceError {
            .badSetting(name: name, expected: capExample, got: value.described)
        }
        switch value {
        case .missing: return nil
        case .integer(let limit):
            return try calendar(name) { try FrequencyCap(Int(limit), per: .day) }
        case .table(let table) where table.array.isEmpty:
            for (key, _) in table.fields where !(["limit", "per"] + others).contains(key) {
                throw WorkspaceError.unknownSetting(
                    name: "\(name).\(key)", known: ["\(name).limit", "\(name).per"])
            }
            guard case .integer(let limit) = table["limit"] else { throw wrong(value) }
            switch table["per"] {
            case .missing, .text("day"): return try calendar(name) { try FrequencyCap(Int(limit), per: .day) }
            case .integer(let seconds):
                return try calendar(name) { try FrequencyCap(Int(limit), per: .rolling(seconds: seconds)) }
            default: throw wrong(table["per"])
            }
        default: throw wrong(value)
        }
    }

    private static func awake(_ value: LuaValue) throws -> TimeWindow? {
        let expected = "{ from = \"21:00\", to = \"8:00\" }"
        switch value {
        case .missing: return nil
        case .table(let table) where table.array.isEmpty:
            for (key, _) in table.fields where !["from", "to"].contains(key) {
                throw WorkspaceError.unknownSetting(
                    name: "quiet_hours.\(key)", known: ["quiet_hours.from", "quiet_hours.to"])
            }
            guard case (.text(let from), .text(let to)) = (table["from"], table["to"]) else { break }
            return try calendar("quiet_hours") {
                try TimeWindow(quietFrom: TimeOfDay(from), until: TimeOfDay(to, isEnd: true))
            }
        default: break
        }
        throw WorkspaceError.badSetting(name: "quiet_hours", expected: expected, got: value.described)
    }

    private static func days(_ table: LuaTable, _ name: String) throws -> [String] {
        let list = "a list of days such as { \"2026-10-01..2026-10-07\" }"
        let expected = name == "holidays" ? list + ", or the name of a plugin's calendar" : list
        switch table[name] {
        case .missing: return []
        case .table(let list) where list.fields.isEmpty:
            return try list.array.map { value in
                guard case .text(let text) = value else {
                    throw WorkspaceError.badSetting(name: name, expected: expected, got: value.described)
                }
                return text
            }
        case let other: throw WorkspaceError.badSetting(name: name, expected: expected, got: other.described)
        }
    }

    /// What a calendar finds wrong, as an error of the setting.
    private static func calendar<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as CalendarError {
            throw WorkspaceError.badCalendar(name: name, error)
        }
    }
}

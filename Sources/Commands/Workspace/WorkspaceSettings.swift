internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Rules

/// What `workspace.lua` says.
struct WorkspaceSettings {
    static let names = ["currency", "time_zone", "channels", "language", "seed", "now", "budgets"]

    var currency = "CNY"
    var timeZone = TimeZone.gmt
    var channels = Channel.allCases
    /// The language of messages for customers whose own is unknown or has none.
    var language: LanguageTag?
    var seed: UInt64 = 1
    /// What scripts may use.
    var budgets = LuaBudgets.standard
    /// The virtual time of commands that name none; nil for the machine's clock.
    var now: Int64?

    /// What an empty file says.
    init() {}

    /// Runs the file and reads the table that it returns.
    init(reading url: URL) throws {
        guard let data = FileManager.default.contents(atPath: url.path) else {
            throw WorkspaceError.unreadable(url.lastPathComponent)
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw WorkspaceError.notUTF8(url.lastPathComponent)
        }
        let state = try LuaState()
        let value = try state.call(try state.load(text, name: Workspace.settingsName))
        guard case .table(let table) = value else {
            throw WorkspaceError.badSetting(name: "return", expected: "a table", got: value.described)
        }
        for field in table.fields where !Self.names.contains(field.name) {
            throw WorkspaceError.unknownSetting(name: field.name, known: Self.names)
        }
        try read(table)
    }

    private mutating func read(_ table: LuaTable) throws {
        if let code = try text(table, "currency") {
            guard isCurrencyCode(code) else {
                throw WorkspaceError.badSetting(
                    name: "currency", expected: "a code such as CNY", got: "'\(code)'")
            }
            currency = code
        }
        if let zone = try text(table, "time_zone") {
            guard let known = TimeZone(identifier: zone) else {
                throw WorkspaceError.badSetting(
                    name: "time_zone", expected: "an IANA time zone such as Asia/Shanghai", got: "'\(zone)'")
            }
            timeZone = known
        }
        switch table["channels"] {
        case .missing: break
        case .table(let list) where !list.array.isEmpty:
            channels = try list.array.map { value in
                guard case .text(let text) = value, let channel = Channel(rawValue: text) else {
                    throw WorkspaceError.badSetting(
                        name: "channels", expected: "a list of email, sms and wecom", got: value.described)
                }
                return channel
            }
        case let other:
            throw WorkspaceError.badSetting(
                name: "channels", expected: "a list of email, sms and wecom", got: other.described)
        }
        if let text = try text(table, "language") {
            guard let tag = LanguageTag(text), tag.isKnown else {
                throw WorkspaceError.badSetting(
                    name: "language", expected: "a language tag such as en, zh-Hant or pt-BR",
                    got: "'\(text)'")
            }
            language = tag
        }
        switch table["seed"] {
        case .missing: break
        case .integer(let value) where value >= 0: seed = UInt64(value)
        case let other:
            throw WorkspaceError.badSetting(
                name: "seed", expected: "a whole number from 0", got: other.described)
        }
        if case .missing = table["budgets"] {} else { budgets = try LuaBudgets(reading: table["budgets"]) }
        if let time = try text(table, "now") {
            guard let instant = RuleClock(now: 0, zone: timeZone).instant(time) else {
                throw WorkspaceError.badSetting(
                    name: "now", expected: "a time such as 2026-12-01 09:00", got: "'\(time)'")
            }
            now = instant
        }
    }

    private func text(_ table: LuaTable, _ name: String) throws -> String? {
        switch table[name] {
        case .missing: nil
        case .text(let text): text
        case let other: throw WorkspaceError.badSetting(name: name, expected: "a text", got: other.described)
        }
    }

    /// The virtual time of a command: what it names, else the settings' `now`, else the machine's clock.
    func clock(_ given: String?) throws -> RuleClock {
        guard let given else {
            return RuleClock(now: now ?? Int64(Date().timeIntervalSince1970), zone: timeZone)
        }
        guard let instant = RuleClock(now: 0, zone: timeZone).instant(given) else {
            throw WorkspaceError.badTime(given)
        }
        return RuleClock(now: instant, zone: timeZone)
    }

    /// A commented `workspace.lua` for a new workspace.
    static func template(currency: String, timeZone: String, now: String?) -> String {
        let clock =
            now.map { "    now = \"\($0)\"," } ?? "    -- now = \"2026-12-01 09:00\","
        return """
            -- The settings of this workspace. Commands read it from the folder they are called in, or above.
            return {
                -- All amounts are in this currency (ISO 4217). It was fixed when the workspace was made.
                currency = "\(currency)",

                -- The wall clock of times without a zone, and of customers whose own zone is unknown (IANA name).
                time_zone = "\(timeZone)",

                -- The channels that messages may take, the most wanted first.
                channels = { "email", "sms", "wecom" },

                -- The language of messages for customers whose own is unknown, or in which a template is not written.
                -- Without it they get the template that has no language in its name.
                -- language = "en",

                -- Decides every random choice, such as who is held out. The same seed gives the same run.
                seed = 1,

                -- The time that rules take for now, where a command names none with --now.
                -- Without it they take the machine's clock.
            \(clock)

                -- What scripts may use before they are stopped; these are the standard limits.
            \(LuaBudgets.standard.setting.map { "    -- \($0)" }.joined(separator: "\n"))
            }

            """
    }
}

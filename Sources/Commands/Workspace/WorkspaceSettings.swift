internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Rules

/// What `workspace.lua` says.
struct WorkspaceSettings {
    var currency = "CNY"
    var timeZone = TimeZone.gmt
    var channels = Channel.allCases
    /// The language of messages for customers whose own is unknown or has none.
    var language: LanguageTag?
    /// Who e-mails are from.
    var sender: Sender?
    /// Where the links of a message for itself lead.
    var links = MessageLinks()
    /// When messages may go out.
    var sending = SendingSettings()
    /// What a message costs on a channel, or each part of a text message, in major units of the currency.
    var prices: [Channel: Double] = [:]
    var seed: UInt64 = 1
    /// How many percent of the decisions of an approved run may differ.
    var driftThreshold = 5.0
    /// What scripts may use.
    var budgets = LuaBudgets.standard
    /// The options of plugins, by plugin: an object.
    var plugins = JSON.object([])
    /// The virtual time of commands that name none; nil for the machine's clock.
    var now: Int64?

    /// A person or an office that e-mails come from.
    struct Sender {
        /// Where a template has no `from_name`.
        var name: String?
        var address: String
    }

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
        for field in table.fields where !Self.keys.contains(where: { $0.name == field.name }) {
            throw WorkspaceError.unknownSetting(name: field.name, known: Self.keys.map(\.name))
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
        try readSender(table)
        try readLinks(table)
        sending = try SendingSettings(reading: table)
        try readPrices(table["prices"])
        switch table["seed"] {
        case .missing: break
        case .integer(let value) where value >= 0: seed = UInt64(value)
        case let other:
            throw WorkspaceError.badSetting(
                name: "seed", expected: "a whole number from 0", got: other.described)
        }
        switch table["drift_threshold"] {
        case .missing: break
        case .integer(let value) where (0...100).contains(value): driftThreshold = Double(value)
        case .number(let value) where (0...100).contains(value): driftThreshold = value
        case let other:
            throw WorkspaceError.badSetting(
                name: "drift_threshold", expected: "a number of percent from 0 to 100", got: other.described)
        }
        if case .missing = table["budgets"] {} else { budgets = try LuaBudgets(reading: table["budgets"]) }
        plugins = try Self.pluginOptions(table["plugins"])
        if let time = try text(table, "now") {
            guard let instant = RuleClock(now: 0, zone: timeZone).instant(time) else {
                throw WorkspaceError.badSetting(
                    name: "now", expected: "a time such as 2026-12-01 09:00", got: "'\(time)'")
            }
            now = instant
        }
    }

    /// `{ rfm = { rule = "quintile" } }`.
    private static func pluginOptions(_ value: LuaValue) throws -> JSON {
        let expected = "options by plugin such as { rfm = { rule = \"quintile\" } }"
        switch value {
        case .missing: return .object([])
        case .table(let table) where table.array.isEmpty:
            for (name, value) in table.fields {
                guard case .table = value else {
                    throw WorkspaceError.badSetting(
                        name: "plugins.\(name)", expected: "a table of options", got: value.described)
                }
            }
            guard let json = JSON(value) else {
                throw WorkspaceError.badSetting(name: "plugins", expected: expected, got: "a function")
            }
            return json
        case let other:
            throw WorkspaceError.badSetting(name: "plugins", expected: expected, got: other.described)
        }
    }

    private mutating func readSender(_ table: LuaTable) throws {
        let expected = "{ name = \"Tea & Co.\", address = \"news@example.com\" }"
        guard let fields = try fields(table, "sender", expected: expected, known: ["name", "address"]) else {
            return
        }
        guard let address = fields["address"], isUsableEmail(address) else {
            throw WorkspaceError.badSetting(
                name: "sender.address", expected: "an e-mail address",
                got: fields["address"].map { "'\($0)'" } ?? "nothing")
        }
        sender = Sender(name: fields["name"], address: address)
    }

    private mutating func readLinks(_ table: LuaTable) throws {
        let example = "https://example.com/unsubscribe/{token}"
        let expected = "{ unsubscribe = \"\(example)\" }"
        guard
            let fields = try fields(
                table, "links", expected: expected, known: MessageLinks.names.map(\.name))
        else { return }
        for (name, marks) in MessageLinks.names {
            guard let address = fields[name] else { continue }
            let isWhole = marks.allSatisfy(address.contains)
            let rest = marks.reduce(address) { $0.replacing($1, with: "") }
            // What a URL writes in another way would no longer be the same link where it is printed.
            guard isWhole, address.hasPrefix("https://"), rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
                !rest.contains(where: { "\"<>{}|\\^`".contains($0) })
            else {
                throw WorkspaceError.badSetting(
                    name: "links.\(name)",
                    expected: "an https address with \(marks.joined(separator: " and "))", got: "'\(address)'"
                )
            }
            links[name] = address
        }
    }

    private mutating func readPrices(_ value: LuaValue) throws {
        let expected = "prices by channel such as { email = 0.001, sms = 0.05 }"
        switch value {
        case .missing: return
        case .table(let table) where table.array.isEmpty:
            for (key, value) in table.fields {
                guard let channel = Channel(rawValue: key) else {
                    throw WorkspaceError.unknownSetting(
                        name: "prices.\(key)", known: Channel.allCases.map { "prices.\($0.rawValue)" })
                }
                switch value {
                case .integer(let price) where (0...1_000_000).contains(price):
                    prices[channel] = Double(price)
                case .number(let price) where (0...1_000_000).contains(price): prices[channel] = price
                case let other:
                    throw WorkspaceError.badSetting(
                        name: "prices.\(key)", expected: "an amount from 0 to 1,000,000", got: other.described
                    )
                }
            }
        case let other:
            throw WorkspaceError.badSetting(name: "prices", expected: expected, got: other.described)
        }
    }

    /// The texts of a table; nil where the setting is not there.
    private func fields(
        _ table: LuaTable, _ name: String, expected: String, known: [String]
    ) throws -> [String: String]? {
        switch table[name] {
        case .missing: return nil
        case .table(let inner) where inner.array.isEmpty:
            var found: [String: String] = [:]
            for (key, value) in inner.fields {
                guard known.contains(key) else {
                    throw WorkspaceError.unknownSetting(
                        name: "\(name).\(key)", known: known.map { "\(name).\($0)" })
                }
                guard case .text(let text) = value else {
                    throw WorkspaceError.badSetting(
                        name: "\(name).\(key)", expected: "a text", got: value.described)
                }
                found[key] = text
            }
            return found
        case let other:
            throw WorkspaceError.badSetting(name: name, expected: expected, got: other.described)
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

    /// A commented `workspace.lua` for a new workspace; of a demo, where `now` is given.
    static func template(currency: String, timeZone: String, now: String?) -> String {
        // A demo shows what others have to fill in.
        let demo = now == nil ? "-- " : ""
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

                -- At most so many marketing messages a day for a customer, over all campaigns and channels.
                -- With fewer of them by a channel: { limit = 2, sms = 1 }.
                frequency_cap = 2,

                -- No marketing messages at these hours of a customer's day; they wait until it is over.
                quiet_hours = { from = "21:00", to = "8:00" },

                -- Days off, and days on a weekend that are worked to make up for them: for send windows with
                -- weekdays = true. Or the calendar of a plugin: holidays = "cn".
                -- holidays = { "2026-10-01..2026-10-07" },
                -- workdays = { "2026-10-10" },

                -- What a message costs on a channel, and each part of a text message, for dry runs.
                -- prices = { email = 0.001, sms = 0.05 },

                -- Who e-mails are from, where a template has no from_name.
                \(demo)sender = { name = "Tea & Co.", address = "news@example.com" },

                -- Where the links of a message lead: {{ unsubscribe_url }}, {{ view_in_browser_url }}, and over which page
                -- clicks are counted. {token} stands for the message, {url} for the page that was meant. Dry runs and
                -- previews show links as they are written.
                \(demo)links = {
                \(demo)    unsubscribe = "https://example.com/unsubscribe/{token}",
                \(demo)    view = "https://example.com/view/{token}",
                \(demo)    track = "https://example.com/click/{token}?to={url}",
                \(demo)},

                -- Decides every random choice, such as who is held out. The same seed gives the same run.
                seed = 1,

                -- How many percent of its decisions may differ before moonletter drift warns of an approved run.
                -- drift_threshold = 5,

                -- The time that rules take for now, where a command names none with --now.
                -- Without it they take the machine's clock.
            \(clock)

                -- What scripts may use before they are stopped; these are the standard limits.
            \(LuaBudgets.standard.setting.map { "    -- \($0)" }.joined(separator: "\n"))
            }

            """
    }
}

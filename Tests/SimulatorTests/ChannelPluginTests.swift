import Basics
import Catalog
import Diagnostics
import Foundation
import LuaRuntime
import Rules
import Simulator
import Store
import Testing

@Suite("Channels that plugins decide on")
struct ChannelPluginTests {
    /// A plugin of one file that provides what is named.
    private func plugin(_ lua: String, provides: [PluginKind: [String]] = [.channel: ["sms"]]) -> PluginCode {
        PluginCode(
            name: "own", version: "1.0.0", files: [ScriptFile(path: "plugins/own/main.lua", text: lua)],
            entry: "plugins/own/main.lua", declared: [], granted: [], provides: provides,
            options: .object([]), budgets: .standard)
    }

    private static let greeting = """
        campaign "greeting" {
          audience = function(c) return true end,
          channels = { "sms" },
          journey = function(c) send { template = "hello" } end,
        }
        """

    private static let numbers = """
        plugin.channel "sms" {
          address = function(text)
            local digits = text:gsub("%D", "")
            if #digits == 13 then digits = digits:sub(3) end
            if #digits ~= 11 then return nil, "no mobile number" end
            return "+86" .. digits
          end,
        }
        """

    /// Customers with these phones, who agreed to text messages.
    private func customers(_ phones: [String]) -> String {
        phones.enumerated().map { place, phone in
            """
            INSERT INTO customers (id, name, phone) VALUES (\(place + 1), 'N', '\(phone)');
            INSERT INTO consents (customer_id, channel, status, recorded_at) VALUES
                (\(place + 1), 'sms', 'granted', 10);
            """
        }.joined(separator: "\n")
    }

    private func run(
        _ bench: Bench, _ lua: String, script: String = greeting, threads: Int = 0,
        _ change: (inout DryRun.Options) -> Void = { _ in }
    ) throws -> Recorder {
        var source = bench.source(script)
        source.plugins = [plugin(lua)]
        var options = DryRun.Options(seed: 1, timeZone: bench.clock.local.zone, channels: Channel.allCases)
        options.duration = 86_400
        change(&options)
        return try bench.run(source, options, threads: threads)
    }

    @Test("an address is sent to as the plugin writes it, and skipped with the reason where it refuses it")
    func addresses() throws {
        let bench = try Bench(customers(["138 0000 0001", "8613800000002", "12345678", ""]))
        let recorder = try run(bench, Self.numbers)
        #expect(
            recorder.decisions.map { [$0.address, $0.reason?.rawValue, $0.detail] } == [
                ["+8613800000001", nil, nil], ["+8613800000002", nil, nil],
                [nil, "no_address", "sms: no mobile number"], [nil, "no_address", "sms: no mobile number"],
            ])
    }

    @Test("customers whose addresses are the same to the plugin are one person, who gets a message once")
    func people() throws {
        let bench = try Bench(customers(["13800000001", "+86 138 0000 0001", "13800000002"]))
        #expect(
            try run(bench, Self.numbers).lines == [
                "1 hello sms sent", "2 hello sms skipped duplicate", "3 hello sms sent",
            ])
    }

    @Test("what suppresses an address, and what went to it, counts in every spelling that the person has")
    func spellings() throws {
        let bench = try Bench(
            customers(["138-0000-0001", "+8613800000001", "13800000002", "13800000003"]) + """

                INSERT INTO suppressions (channel, address, reason) VALUES ('sms', '138-0000-0001', 'manual');
                INSERT INTO messages (customer_id, channel, address, campaign, step, kind, sent_at) VALUES
                    (3, 'sms', '13800000002', 'greeting', 'hello', 'marketing', 100);
                """)
        #expect(
            try run(bench, Self.numbers).lines == [
                "1 hello sms skipped suppressed", "2 hello sms skipped suppressed",
                "3 hello sms skipped duplicate", "4 hello sms sent",
            ])
    }

    @Test("a plugin's error for one customer is a decision of that customer, and the run goes on")
    func errors() throws {
        let bench = try Bench(customers(["13800000001", "13800000002", "13800000003"]))
        let recorder = try run(
            bench,
            """
            plugin.channel "sms" {
              address = function(text)
                if text:find "2$" then error("no such network", 0) end
                if text:find "3$" then return 3 end
                return text
              end,
            }
            """)
        #expect(
            recorder.lines == ["1 hello sms sent", "2 hello – failed error", "3 hello – failed error"])
        #expect(recorder.decisions[1].detail == "plugins/own/main.lua:3: no such network")
        #expect(
            recorder.decisions[2].detail
                == "plugins/own/main.lua:1: 'address' of the channel 'sms' of plugin 'own' gives the address as a text, or nothing and the reason, got the number 3"
        )
    }

    @Test("a plugin that never ends on one address fails that customer's message alone")
    func endless() throws {
        let bench = try Bench(customers(["13800000001", "13800000002", "13800000003"]))
        let recorder = try run(
            bench,
            """
            plugin.channel "sms" {
              address = function(text)
                while text:find "2$" do end
                return text
              end,
            }
            """)
        #expect(
            recorder.lines == ["1 hello sms sent", "2 hello – failed error", "3 hello sms sent"])
    }

    private static let written = """
        plugin.channel "sms" {
          format = function(text, kind) return "【茶铺】" .. text .. (kind == "marketing" and "拒收请回复R" or "") end,
          parts = function(text)
            if #text > 60 then return nil, #text .. " bytes" end
            return #text // 20 + 1
          end,
          cost = function(parts, address) return parts * (address:find "1$" and 0.1 or 0.3) end,
        }
        """

    @Test("a message is written, counted and paid as the plugin says")
    func messages() throws {
        let bench = try Bench(customers(["13800000001", "13800000002"]))
        let recorder = try run(bench, Self.written) { $0.prices = [.sms: 5] }
        #expect(recorder.samples.map(\.body) == ["【茶铺】Hi拒收请回复R", "【茶铺】Hi拒收请回复R"])
        #expect(recorder.decisions.map(\.parts) == [2, 2])
        #expect(recorder.header?.costs == ["greeting": [.sms: 0.8]])
        let transactional = Self.greeting.replacing(
            "channels =", with: "kind = \"transactional\", channels =")
        let other = try run(bench, Self.written, script: transactional)
        #expect(other.samples.map(\.body) == ["【茶铺】Hi", "【茶铺】Hi"])
        #expect(other.header?.costs == ["greeting": [.sms: 0.4]])
    }

    @Test("a budget is used up by what the plugin counts, without prices in workspace.lua")
    func budget() throws {
        let bench = try Bench(customers(["13800000001", "13800000002", "13800000003"]))
        let script = Self.greeting.replacing("channels =", with: "budget = 0.9, channels =")
        let lua = Self.written.replacing("(address:find \"1$\" and 0.1 or 0.3)", with: "0.2")
        let recorder = try run(bench, lua, script: script)
        #expect(recorder.decisions.count { $0.outcome == .sent } == 2)
        #expect(recorder.decisions.count { $0.reason == .budget } == 1)
    }

    @Test("a text that the plugin finds too long is held back with what it says")
    func tooLong() throws {
        let bench = try Bench(customers(["13800000001"]))
        let lua = Self.written.replacing("#text > 60", with: "#text > 20")
        let recorder = try run(bench, lua)
        #expect(recorder.lines == ["1 hello sms skipped too_long"])
        #expect(recorder.decisions[0].detail == "30 bytes (templates/hello.sms.liquid)")
    }

    @Test("any number of threads decides the same")
    func threads() throws {
        let phones = (1...5000).map { "1380000\($0 % 4000 + 1000)" }
        let bench = try Bench(customers(phones))
        let alone = try run(bench, Self.numbers + "\n")
        #expect(try run(bench, Self.numbers + "\n", threads: 2).decisions == alone.decisions)
        #expect(alone.decisions.count { $0.reason == .duplicate } == 1000)
    }

    @Test("a plugin decides on the channels that there are, and on no others")
    func unknown() throws {
        let bench = try Bench()
        let host = try RuleHost(clock: bench.clock)
        host.load(plugins: [plugin("plugin.channel \"fax\" {}", provides: [.channel: ["fax"]])])
        #expect(
            host.pluginProblems.map { [$0.reason.message, $0.reason.hint] } == [
                [
                    "there is no channel 'fax'",
                    "plugins decide on email, sms, wecom, and add no others",
                ]
            ])
    }

    // MARK: Festivals

    private static let holidays = """
        plugin.holidays "home" {
          off = { "2026-12-02..2026-12-04" },
          work = { "2026-12-05" },
          festivals = { ["tea-day"] = { "2026-12-08", "2025-12-08" } },
        }
        """

    private func runHolidays(_ script: String, provided: String? = nil) throws -> Recorder {
        let bench = try Bench(customers(["13800000001"]))
        var source = bench.source(script)
        source.plugins = [plugin(Self.holidays, provides: [.holidays: ["home"]])]
        source.calendars.provided = provided
        var options = DryRun.Options(seed: 1, timeZone: bench.clock.local.zone, channels: Channel.allCases)
        options.duration = 14 * 86_400
        return try bench.run(source, options)
    }

    @Test("a campaign before a festival begins for all so many days before it, on the workspace's clock")
    func festival() throws {
        let script = Self.greeting.replacing(
            "channels =", with: "before = { \"tea-day\", days(2), at = \"10:30\" }, channels =")
        #expect(try runHolidays(script).decisions.map(\.localTime) == ["2026-12-06 10:30:00"])
    }

    @Test("workdays of the workspace are those of the calendar that it names")
    func workdays() throws {
        let script = Self.greeting.replacing(
            "channels =",
            with:
                "at = \"2026-12-02 08:00\", max_age = days(9), "
                + "send_window = { from = \"10:00\", to = \"18:00\", weekdays = true }, channels =")
        #expect(
            try runHolidays(script, provided: "home").decisions.map(\.localTime) == ["2026-12-05 10:00:00"])
        #expect(try runHolidays(script).decisions.map(\.localTime) == ["2026-12-02 10:00:00"])
    }

    @Test("a festival or a calendar that no plugin has is an error that names those there are")
    func unknownNames() throws {
        func message(_ settings: String, _ provided: String?) -> String {
            do {
                _ = try runHolidays(
                    Self.greeting.replacing("channels =", with: settings + ", channels ="), provided: provided
                )
                return "no error"
            } catch {
                let diagnostic = (error as? any Diagnosable)?.diagnostic
                return
                    "\(diagnostic?.location?.description ?? "") \(diagnostic?.message ?? ""); \(diagnostic?.hint ?? "")"
            }
        }
        #expect(
            message("before = { \"tee-day\" }", nil)
                == "scripts/x.lua:3:3 'before' of campaign 'greeting' names no date of a customer and no festival: 'tee-day'; did you mean 'tea-day'?"
        )
        #expect(
            message("send_window = { from = \"10:00\", to = \"18:00\" }", "hone")
                == "scripts/x.lua:3:3 'send_window' of campaign 'greeting': workspace.lua says holidays = \"hone\", and no plugin that runs provides them; did you mean 'home'?"
        )
    }
}

import Basics
import Calendars
import Catalog
import Foundation

@testable import Simulator

/// A small world over some days, in plain arrays: the people of a ``ReferenceWorld``, and campaigns that take
/// time.
struct TimelineWorld {
    enum Trigger {
        case start
        case at(Wall)
        /// At times of the day, on the workspace's clock; on weekdays alone, or again after so many hours.
        case daily([Int], weekdays: Bool)
        case hours(Int)
        case on(String, tag: String?)
    }

    /// A wall clock's date, as the number of its day, and minute.
    struct Wall {
        var day: Int
        var minute: Int
    }

    /// Minutes of the day from one to the other, across midnight where the second is not later.
    struct Window {
        enum Days {
            case every
            case workdays
            /// 1 for Monday to 7.
            case named([Int])
        }

        var from: Int
        var to: Int
        var days = Days.every
    }

    struct Campaign {
        var name: String
        var isFollowUp = false
        var trigger = Trigger.start
        var audience = TimelineCondition.everybody
        var transactional = false
        var priority = 0
        var holdout = 0.0
        var variants: [(name: String, weight: Double)] = []
        var reentry: Int64?
        var channels: [Channel]?
        var window: Window?
        var bestHour = false
        var overCap = OverCap.skip
        var maxAge: Int64 = 2 * 86_400
        var limit: Int?
        /// In quarters of the currency, which every price is made of.
        var budget: Int?
        var goal: TimelineCondition?
        var exitRule: TimelineCondition?
        var filter: TimelineCondition?
        var unless: TimelineCondition?
        var delay: Int64 = 0
        var journey: [TimelineStep] = []
        /// In the script.
        fileprivate(set) var line = 0
    }

    enum OverCap: String {
        case skip
        case `defer`
        case `switch`
    }

    enum Cap {
        case day(Int)
        case rolling(Int, seconds: Int64)
    }

    var seed: UInt64
    var from: Int64
    var days: Int
    var zone: String
    /// People, addresses, consents, what was sent before, and the channels; its campaigns are not used.
    var base: ReferenceWorld
    /// Names of zones by customer, some of which there are not.
    var zones: [Int64: String] = [:]
    var tags: [(customer: Int64, tag: String)] = []
    var orders: [(customer: Int64, time: Int64)] = []
    var campaigns: [Campaign] = []
    var quiet: Window?
    var cap: Cap?
    var channelCaps: [Channel: Cap] = [:]
    /// In quarters of the currency.
    var prices: [Channel: Int] = [:]
    var responses = ResponseModel.none
    /// Days off and make-up workdays, by number.
    var daysOff: [Int] = []
    var workdays: [Int] = []
    /// The script; ``write()`` makes it, and tells each campaign and step its line.
    private(set) var script = ""

    init(seed: UInt64, from: Int64, days: Int, zone: String, base: ReferenceWorld) {
        self.seed = seed
        self.from = from
        self.days = days
        self.zone = zone
        self.base = base
    }

    // MARK: For the real program

    var sql: String {
        var lines = [base.sql]
        for (customer, zone) in zones.sorted(by: { $0.key < $1.key }) {
            lines.append("UPDATE customers SET time_zone = '\(zone)' WHERE id = \(customer);")
        }
        for (customer, tag) in tags {
            lines.append("INSERT INTO tags (customer_id, tag) VALUES (\(customer), '\(tag)');")
        }
        for (customer, time) in orders {
            lines.append(
                "INSERT INTO orders (customer_id, placed_at, amount, currency) VALUES (\(customer), \(time), 100, 'CNY');"
            )
        }
        return lines.joined(separator: "\n")
    }

    func options() throws -> DryRun.Options {
        var options = DryRun.Options(
            seed: seed, timeZone: TimeZone(identifier: zone) ?? .gmt, channels: base.workspaceChannels,
            sampleCount: 2)
        options.duration = Int64(days) * 86_400
        options.responses = responses
        options.awake = try quiet.map {
            try TimeWindow(quietFrom: TimeOfDay(Self.clock($0.from)), until: TimeOfDay(Self.clock($0.to)))
        }
        options.prices = prices.mapValues { Double($0) / 4 }
        options.cap = try cap.map(Self.cap)
        options.channelCaps = try channelCaps.mapValues(Self.cap)
        return options
    }

    private static func cap(_ cap: Cap) throws -> FrequencyCap {
        switch cap {
        case .day(let limit): try FrequencyCap(limit, per: .day)
        case .rolling(let limit, let seconds): try FrequencyCap(limit, per: .rolling(seconds: seconds))
        }
    }

    func holidays() throws -> HolidayCalendar {
        try HolidayCalendar(daysOff.map(Self.date), workdays: workdays.map(Self.date))
    }

    /// Writes all campaigns into the script, each step on a line of its own.
    mutating func write() {
        var lines: [String] = []
        for index in campaigns.indices {
            campaigns[index].line = lines.count + 1
            lines += head(of: campaigns[index])
            campaigns[index].journey.write(to: &lines)
            lines += ["end,", "}"]
        }
        script = lines.joined(separator: "\n")
    }

    private func head(of campaign: Campaign) -> [String] {
        var lines = ["\(campaign.isFollowUp ? "follow_up" : "campaign") '\(campaign.name)' {"]
        switch campaign.trigger {
        case .start: break
        case .at(let wall): lines.append("at = '\(Self.date(wall.day)) \(Self.clock(wall.minute))',")
        case .daily(let minutes, let weekdays):
            let times = minutes.map(Self.clock).joined(separator: " and ")
            lines.append("every = '\(weekdays ? "weekday" : "day") at \(times)',")
        case .hours(let hours): lines.append("every = '\(hours == 1 ? "hour" : "\(hours) hours")',")
        case .on(let event, let tag):
            lines.append("on = \(tag.map { "{ '\(event)', '\($0)' }" } ?? "'\(event)'"),")
        }
        lines.append("kind = '\(campaign.transactional ? "transactional" : "marketing")',")
        lines.append("priority = \(campaign.priority), max_age = \(campaign.maxAge),")
        if let limit = campaign.limit { lines.append("limit = \(limit),") }
        if let budget = campaign.budget { lines.append("budget = \(Double(budget) / 4),") }
        if campaign.bestHour { lines.append("best_hour = true,") }
        if campaign.overCap != .skip { lines.append("over_cap = '\(campaign.overCap.rawValue)',") }
        if let channels = campaign.channels {
            lines.append("channels = { \(channels.map { "'\($0.rawValue)'" }.joined(separator: ", ")) },")
        }
        if let window = campaign.window { lines.append("send_window = \(Self.lua(window)),") }
        if campaign.isFollowUp {
            lines.append("delay = \(campaign.delay),")
            if let filter = campaign.filter {
                lines.append("where = function(c, event) return \(filter.lua) end,")
            }
            if let unless = campaign.unless {
                lines.append("unless = function(c, event) return \(unless.lua) end,")
            }
            return lines + ["action = function(c, event)"]
        }
        lines.append("audience = function(c) return \(campaign.audience.lua) end,")
        lines.append("holdout = \(campaign.holdout),")
        if !campaign.variants.isEmpty {
            let weights = campaign.variants.map { "\($0.name) = \($0.weight)" }.joined(separator: ", ")
            lines.append("variants = { \(weights) },")
        }
        if let reentry = campaign.reentry { lines.append("reentry = \(reentry),") }
        if let goal = campaign.goal {
            lines.append("goal = function(c, entered_at) return \(goal.lua) end,")
        }
        if let rule = campaign.exitRule {
            lines.append("exit_when = function(c, entered_at) return \(rule.lua) end,")
        }
        return lines + ["journey = function(c, entry)"]
    }

    private static func lua(_ window: Window) -> String {
        let days: String =
            switch window.days {
            case .every: ""
            case .workdays: ", weekdays = true"
            case .named(let days):
                ", weekdays = { \(days.map { "'\(weekdayNames[$0 - 1])'" }.joined(separator: ", ")) }"
            }
        return "{ from = '\(clock(window.from))', to = '\(clock(window.to))'\(days) }"
    }

    private static let weekdayNames = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    private static func clock(_ minute: Int) -> String {
        String(format: "%02d:%02d", minute / 60, minute % 60)
    }

    private static func date(_ day: Int) -> String { "\(CivilDate(daysSinceEpoch: day))" }
}

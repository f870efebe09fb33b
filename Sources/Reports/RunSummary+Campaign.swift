extension RunSummary {
    /// One campaign.
    public struct CampaignSummary: Codable {
        /// The name.
        public var name: String
        /// One sentence.
        public var description: String
        /// The audience as a person would write it.
        public var audience: String
        /// All customers of the workspace.
        public var customers: Int
        /// How customers came to the messages, stage by stage.
        public var funnel: [FunnelStage]
        /// Those who entered: who were in the audience when it was asked.
        public var audienceCount: Int
        /// How often somebody entered: more than customers where some entered again.
        public var entries: Int
        /// Customers whom the campaign's limit kept out.
        public var refused: Int
        /// Journeys that asked for no message.
        public var silentCount: Int
        /// Messages asked for: the sum of all outcomes.
        public var requested: Int
        /// Messages that would be sent.
        public var sent: Int
        /// Messages that would not, by reason code, the holdout included.
        public var heldBack: [String: Int]
        /// Messages that would be sent later than they were asked for, by the code of what held them:
        /// that of the frequency cap where messages of the run had used it up, else that of the last.
        public var moved: [String: Int]
        /// Messages that were still held when the run ended, by reason code.
        public var waiting: [String: Int]
        /// Messages that would be sent, by channel.
        public var channels: [String: Int]
        /// What they cost, by channel, to a millionth; channels without a price are left out.
        public var costs: [String: Double]
        /// The same by step and channel.
        public var steps: [StepSummary]
        /// The lines of scripts whose messages would not be sent, or are still held, most first.
        public var stops: [Stop]
        /// What people did with the messages of each step.
        public var responses: [Response]
        /// When they would be sent.
        public var calendar: Calendar
        /// The steps of the journey in the order of the script.
        public var journey: [JourneyStep]
        /// Tasks and tickets, most first.
        public var work: [Work]
        /// The ways in which the campaign is told.
        public var variants: [Variant]
        /// What came of its goal: all of it, then by variant; empty where it has none, or nobody got so far.
        public var goals: [Goal]
    }

    /// One step of a campaign on one channel.
    public struct StepSummary: Codable {
        /// The step, which is the name of its template.
        public var step: String
        /// The channel; nil for messages for which none could be chosen.
        public var channel: String?
        /// Messages asked for.
        public var requested: Int
        /// Messages that would be sent.
        public var sent: Int
        /// Messages that would not, by reason code.
        public var heldBack: [String: Int]
        /// Messages that would be sent later than they were asked for, by the code of what held them:
        /// that of the frequency cap where messages of the run had used it up, else that of the last.
        public var moved: [String: Int]
        /// Messages that were still held when the run ended, by reason code.
        public var waiting: [String: Int]

        /// A missing channel is null, so that every step has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(step, forKey: .step)
            try container.encode(channel, forKey: .channel)
            try container.encode(requested, forKey: .requested)
            try container.encode(sent, forKey: .sent)
            try container.encode(heldBack, forKey: .heldBack)
            try container.encode(moved, forKey: .moved)
            try container.encode(waiting, forKey: .waiting)
        }
    }

    /// Messages of one line of a script that were stopped, or are still held, for one reason.
    public struct Stop: Codable {
        /// The reason code.
        public var reason: String
        /// Whether they were still held when the run ended.
        public var held: Bool
        /// The step, which is the name of the template.
        public var step: String
        /// Script and line that asked.
        public var script: String
        /// The line of the script; null where it is not known.
        public var text: String?
        /// How many.
        public var count: Int
        /// The first customer of them.
        public var customer: Int64

        /// A missing line is null, so that every entry has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(reason, forKey: .reason)
            try container.encode(held, forKey: .held)
            try container.encode(step, forKey: .step)
            try container.encode(script, forKey: .script)
            try container.encode(text, forKey: .text)
            try container.encode(count, forKey: .count)
            try container.encode(customer, forKey: .customer)
        }
    }

    /// What people did with the messages of a step.
    public struct Response: Codable {
        /// The step.
        public var step: String
        /// Messages that would be sent, over all channels.
        public var sent: Int
        /// How many would be opened.
        public var opens: Int
        /// How many would be clicked.
        public var clicks: Int
        /// How many would be followed by an order.
        public var orders: Int
        /// How many would make people unsubscribe.
        public var unsubscribes: Int
        /// How many would be complained of.
        public var complaints: Int
        /// How many would bounce for good.
        public var bounces: Int
    }

    /// When the messages of a campaign would be sent, on the workspace's clock.
    public struct Calendar: Codable {
        /// Each day of the run.
        public var days: [Day]
        /// The hours in which something would be sent.
        public var hours: [Hour]
        /// The hour in which most messages would be sent, the first of several; null where none would.
        public var busiestHour: Hour?

        /// A missing hour is null, so that every calendar has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(days, forKey: .days)
            try container.encode(hours, forKey: .hours)
            try container.encode(busiestHour, forKey: .busiestHour)
        }
    }

    /// A day of a run.
    public struct Day: Codable {
        /// `2026-12-01`.
        public var day: String
        /// Messages that would be sent.
        public var sent: Int
    }

    /// An hour of a run.
    public struct Hour: Codable {
        /// When it begins, on the workspace's clock: `2026-12-01 10:00`.
        public var hour: String
        /// Messages that would be sent.
        public var sent: Int
    }

    /// Tasks or tickets of one person.
    public struct Work: Codable {
        /// `task` or `ticket`.
        public var word: String
        /// Whose; null for nobody's.
        public var owner: String?
        /// How many.
        public var count: Int
        /// The day on which most of them come, the first of several.
        public var busiestDay: String
        /// How many come on that day.
        public var busiestCount: Int
        /// The days on which some come.
        public var days: [WorkDay]

        /// A missing owner is null, so that every entry has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(word, forKey: .word)
            try container.encode(owner, forKey: .owner)
            try container.encode(count, forKey: .count)
            try container.encode(busiestDay, forKey: .busiestDay)
            try container.encode(busiestCount, forKey: .busiestCount)
            try container.encode(days, forKey: .days)
        }
    }

    /// What comes to a person on a day.
    public struct WorkDay: Codable {
        /// `2026-12-01`.
        public var day: String
        /// How many tasks or tickets.
        public var count: Int
    }

    /// A way in which a campaign is told.
    public struct Variant: Codable {
        /// Its name.
        public var name: String
        /// Customers for whom something was decided.
        public var customers: Int
        /// Messages that would be sent.
        public var sent: Int
        /// How many would be opened.
        public var opens: Int
        /// How many would be clicked.
        public var clicks: Int
        /// How many would be followed by an order.
        public var orders: Int
    }
}

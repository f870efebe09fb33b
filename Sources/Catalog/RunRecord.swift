/// What a run file says about a run besides its decisions.
public struct RunHeader: Sendable, Equatable, Codable {
    /// The virtual time, Unix seconds.
    public var now: Int64
    /// The workspace's time zone, IANA name.
    public var timeZone: String
    /// The seed of every random choice.
    public var seed: UInt64
    /// ISO 4217 code.
    public var currency: String
    /// Content hash of all scripts and templates that decided.
    public var sources: String
    /// How many customers there were.
    public var customers: Int
    /// The first instant behind the run.
    public var until: Int64
    /// How people were taken to respond: `none`, `all`, `history`, `script NAME`,
    /// `open=0.25,click=0.04,buy=0.01`.
    public var responses: String
    /// What a message costs on a channel, or each part of a text message, in major units of the currency.
    public var prices: [Channel: Double]
    /// What messages cost by campaign on channels whose cost plugins count, in major units of the currency; prices say nothing
    /// of these.
    public var costs: [String: [Channel: Double]] = [:]
    /// As of when the store was read, where the run replays what was recorded later.
    public var asOf: Int64?

    /// A header from its parts; of one moment unless said otherwise.
    public init(
        now: Int64, timeZone: String, seed: UInt64, currency: String, sources: String, customers: Int,
        until: Int64? = nil, responses: String = "none", prices: [Channel: Double] = [:], asOf: Int64? = nil
    ) {
        self.asOf = asOf
        self.prices = prices
        self.until = until ?? now
        self.responses = responses
        self.now = now
        self.timeZone = timeZone
        self.seed = seed
        self.currency = currency
        self.sources = sources
        self.customers = customers
    }
}

/// One campaign of a run: how many customers were in its audience.
public struct RunCampaign: Sendable, Equatable, Codable {
    /// The name.
    public var name: String
    /// One sentence.
    public var description: String
    /// The audience as a person would write it.
    public var audience: String
    /// Whether it has an audience of its own; a follow-up is for everybody to whom its event happens.
    public var hasAudience: Bool
    /// How many customers are in the audience.
    public var audienceCount: Int
    /// How many of them the journey asked no message for.
    public var silentCount: Int
    /// How customers came to enter, from all of them on.
    public var funnel: [RunFunnelStage]
    /// What came of its goal, by variant, those who got messages before those held out; empty where it has
    /// none.
    public var goals: [RunGoal]

    /// A campaign from its parts.
    public init(
        name: String, description: String, audience: String, hasAudience: Bool = true, audienceCount: Int,
        silentCount: Int, funnel: [RunFunnelStage] = [], goals: [RunGoal] = []
    ) {
        self.goals = goals
        self.funnel = funnel
        self.hasAudience = hasAudience
        self.name = name
        self.description = description
        self.audience = audience
        self.audienceCount = audienceCount
        self.silentCount = silentCount
    }
}

/// How many journeys of a campaign met its goal in the run, of those that got a message or of those held out.
///
/// A goal is met where it ended the journey, or holds when the run is over.
public struct RunGoal: Sendable, Hashable, Codable, Comparable {
    /// The way in which the campaign is told; nil where it has one alone.
    public var variant: String?
    /// Whether they were held out; the others got a message or several.
    public var isHeldOut: Bool
    /// How many journeys; one whose goal raised is not counted.
    public var journeys: Int
    /// How many of them met the goal.
    public var met: Int

    /// A count from its parts.
    public init(variant: String? = nil, isHeldOut: Bool, journeys: Int = 0, met: Int = 0) {
        self.variant = variant
        self.isHeldOut = isHeldOut
        self.journeys = journeys
        self.met = met
    }

    /// By variant, then those who got messages before those held out.
    public static func < (a: RunGoal, b: RunGoal) -> Bool {
        (a.variant ?? "", a.isHeldOut ? 1 : 0) < (b.variant ?? "", b.isHeldOut ? 1 : 0)
    }
}

/// A message shown whole, as an example.
public struct RunSample: Sendable, Equatable, Codable {
    /// The customer's number.
    public var customer: Int64
    /// The campaign.
    public var campaign: String
    /// The channel.
    public var channel: Channel
    /// The address.
    public var address: String
    /// The subject line.
    public var subject: String?
    /// The line that mail programs show behind the subject.
    public var preheader: String?
    /// The body: HTML, or the text where there is no HTML.
    public var body: String
    /// The text beside an HTML body.
    public var text: String?
    /// The sender's name.
    public var fromName: String?
    /// The address that answers go to.
    public var replyTo: String?
    /// How many parts a text message is sent in.
    public var parts: Int?

    /// A sample from its parts.
    public init(
        customer: Int64, campaign: String, channel: Channel, address: String, subject: String?,
        preheader: String? = nil, body: String, text: String? = nil, fromName: String? = nil,
        replyTo: String? = nil, parts: Int? = nil
    ) {
        self.customer = customer
        self.campaign = campaign
        self.channel = channel
        self.address = address
        self.subject = subject
        self.preheader = preheader
        self.body = body
        self.text = text
        self.fromName = fromName
        self.replyTo = replyTo
        self.parts = parts
    }
}

/// Something that went wrong in the same place for one or more customers.
public struct RunProblem: Sendable, Hashable, Codable {
    /// The campaign.
    public var campaign: String
    /// Where: `templates/win-back.liquid:3`.
    public var location: String
    /// What, in one sentence.
    public var message: String
    /// How many customers.
    public var count: Int
    /// The first of them.
    public var customer: Int64

    /// A problem from its parts.
    public init(campaign: String, location: String, message: String, count: Int, customer: Int64) {
        self.campaign = campaign
        self.location = location
        self.message = message
        self.count = count
        self.customer = customer
    }
}

/// What a plugin adds to the reports of a run: rows under columns.
public struct RunSection: Sendable, Hashable, Codable {
    /// What a row has under a column.
    public enum Cell: Sendable, Hashable {
        case text(String)
        case integer(Int64)
        case number(Double)
        case boolean(Bool)
    }

    /// The plugin.
    public var plugin: String
    /// The section's name.
    public var name: String
    /// What stands over it.
    public var title: String
    /// The names of the columns.
    public var columns: [String]
    /// The rows, a cell for each column.
    public var rows: [[Cell]]
    /// Why it has no rows; nil where the plugin gave them.
    public var problem: String?

    /// A section from its parts.
    public init(
        plugin: String, name: String, title: String, columns: [String] = [], rows: [[Cell]] = [],
        problem: String? = nil
    ) {
        self.plugin = plugin
        self.name = name
        self.title = title
        self.columns = columns
        self.rows = rows
        self.problem = problem
    }
}

extension RunSection.Cell: Codable {
    /// A plain value of JSON.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .boolean(flag)
        } else if let number = try? container.decode(Int64.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    /// A plain value of JSON.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .boolean(let flag): try container.encode(flag)
        }
    }
}

/// Something in a customer's story besides the decisions about messages: an entry, a reaction, what a journey did.
public struct RunEvent: Sendable, Equatable {
    /// The customer's number.
    public var customer: Int64
    /// The campaign.
    public var campaign: String
    /// The virtual time, Unix seconds.
    public var time: Int64
    /// The same on the customer's wall clock, `YYYY-MM-DD HH:MM:SS`; nil where that shows what the workspace's does.
    public var localTime: String?
    /// What it is: `enter`, `open`, `click`, `order`, a word of journeys such as `tag` or `task`, `goal`, `exit` or `end`.
    public var word: String
    /// Script and line that asked; nil for what people did.
    public var script: String?
    /// The tag, the field with its value, the title, the points, the step of the message.
    public var subject: String?
    /// Who has something to do.
    public var owner: String?
    /// When it is due, or until when a pause lasts, Unix seconds.
    public var due: Int64?
    /// How many events of the run had happened to the person before.
    public var place: Int

    /// An event from its parts.
    public init(
        customer: Int64, campaign: String, time: Int64, localTime: String? = nil, word: String,
        script: String? = nil, subject: String? = nil,
        owner: String? = nil, due: Int64? = nil, place: Int = 0
    ) {
        self.customer = customer
        self.campaign = campaign
        self.time = time
        self.localTime = localTime
        self.word = word
        self.script = script
        self.subject = subject
        self.owner = owner
        self.due = due
        self.place = place
    }
}

/// How many journeys of a campaign went from one of its steps to the next.
public struct RunFlow: Sendable, Hashable {
    /// The campaign.
    public var campaign: String
    /// Script and line of the step; nil for the entry.
    public var source: String?
    /// What the step was answered with: `sent`, `not sent`, an event, `nothing`; empty for other steps.
    public var answer: String
    /// Script and line of the next step; nil for the end.
    public var target: String?
    /// The word of the next step, or how the journey ended: `end`, `exit`, `goal`, `erased`, `holdout`,
    /// `error`, `under way`.
    public var word: String
    /// How many.
    public var count: Int

    /// A flow from its parts.
    public init(
        campaign: String, source: String?, answer: String, target: String?, word: String, count: Int
    ) {
        self.campaign = campaign
        self.source = source
        self.answer = answer
        self.target = target
        self.word = word
        self.count = count
    }
}

extension RunFlow: Comparable {
    /// By campaign, then by the places of the steps as texts, entries first.
    public static func < (a: RunFlow, b: RunFlow) -> Bool {
        (a.campaign, a.source ?? "", a.answer, a.target ?? "", a.word)
            < (b.campaign, b.source ?? "", b.answer, b.target ?? "", b.word)
    }
}

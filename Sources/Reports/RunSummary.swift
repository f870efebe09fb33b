internal import Basics
public import Catalog
internal import Foundation
public import Store

/// A run in numbers: what `--format json` prints and what the terminal preview is made from.
public struct RunSummary: Codable {
    /// An example message.
    public struct Sample: Codable {
        /// The customer's number.
        public var customer: Int64
        /// The campaign.
        public var campaign: String
        /// The channel.
        public var channel: String
        /// The address, masked unless revealed.
        public var address: String
        /// The subject line; addresses in it are masked too, as in the preheader and the body.
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

        /// What is missing is null, so that every sample has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(customer, forKey: .customer)
            try container.encode(campaign, forKey: .campaign)
            try container.encode(channel, forKey: .channel)
            try container.encode(address, forKey: .address)
            try container.encode(subject, forKey: .subject)
            try container.encode(preheader, forKey: .preheader)
            try container.encode(body, forKey: .body)
            try container.encode(text, forKey: .text)
            try container.encode(fromName, forKey: .fromName)
            try container.encode(replyTo, forKey: .replyTo)
            try container.encode(parts, forKey: .parts)
        }
    }

    /// What the messages of one campaign did to those of another through the frequency cap. A message that
    /// several campaigns displaced counts for each.
    public struct Displacement: Codable {
        /// The campaign whose messages had no room.
        public var campaign: String
        /// The campaign whose messages had taken it; it may be the same.
        public var by: String
        /// How many were not sent.
        public var lost: Int
        /// How many were sent later.
        public var moved: Int
        /// How many were still held when the run ended.
        public var waiting: Int
    }

    /// A customer and how many messages they get from all campaigns.
    public struct Recipient: Codable {
        /// The customer's number.
        public var customer: Int64
        /// How many.
        public var messages: Int
    }

    /// The virtual time at which the run begins, ISO 8601 with the workspace's offset.
    public var now: String
    /// The first instant behind the run, likewise; ``now`` where it is of one moment.
    public var until: String
    /// How many days it lasts, of 24 hours; 0 for its first moment alone.
    public var days: Int
    /// How people were taken to respond: `none`, `all`, `history`, `script NAME`,
    /// `open=0.25,click=0.04,buy=0.01`.
    public var responses: String
    /// Since when it replays the past; nil where it replays none.
    public var asOf: String?
    /// The workspace's time zone.
    public var timeZone: String
    /// The seed.
    public var seed: UInt64
    /// The currency.
    public var currency: String
    /// What a message costs, or each part of a text message, by channel.
    public var prices: [String: Double]
    /// Content hash of the scripts and templates.
    public var sources: String
    /// The run file.
    public var run: String
    /// The hash of its decisions, which approvals name.
    public var decisionsHash: String
    /// The campaigns, by name.
    public var campaigns: [CampaignSummary]
    /// Who took whose room under the frequency cap, most first.
    public var displaced: [Displacement]
    /// The customers who get most messages, at most three.
    public var mostMessages: [Recipient]
    /// Example messages, by campaign.
    public var samples: [Sample]
    /// What went wrong, most frequent first.
    public var problems: [RunProblem]
    /// What plugins add, in the order of plugins; addresses in it are masked unless revealed.
    public var sections: [RunSection]

    /// Reads a run; `run` is its path as the person would type it.
    public init(_ file: RunFile, run: String, masking: Masking) throws {
        let header = try file.header()
        var clock = ZoneClock(TimeZone(identifier: header.timeZone) ?? .gmt)
        now = clock.isoText(at: header.now)
        until = clock.isoText(at: header.until)
        days = Int(header.until - header.now) / 86_400
        asOf = header.asOf.map { clock.isoText(at: $0) }
        responses = header.responses
        timeZone = header.timeZone
        seed = header.seed
        currency = header.currency
        prices = Dictionary(uniqueKeysWithValues: header.prices.map { ($0.key.rawValue, $0.value) })
        sources = header.sources
        self.run = run
        decisionsHash = try file.hash()
        let counts = try RunCounts(file, header, clock, masking)
        campaigns = try file.campaigns().map { CampaignSummary($0, counts) }
        displaced = try file.displacements().map {
            Displacement(
                campaign: $0.campaign, by: $0.by, lost: $0.lost, moved: $0.moved, waiting: $0.waiting)
        }
        mostMessages = try file.recipients(limit: 3).map {
            Recipient(customer: $0.customer, messages: $0.messages)
        }
        samples = try file.samples().map { sample in
            func masked(_ text: String) -> String {
                masking.show(text: text, to: sample.address, on: sample.channel)
            }
            return Sample(
                customer: sample.customer, campaign: sample.campaign, channel: sample.channel.rawValue,
                address: masking.show(sample.address, on: sample.channel),
                subject: sample.subject.map(masked),
                preheader: sample.preheader.map(masked), body: masked(sample.body),
                text: sample.text.map(masked), fromName: sample.fromName.map(masked),
                replyTo: sample.replyTo.map(masked), parts: sample.parts)
        }
        problems = try file.problems().map { problem in
            var problem = problem
            problem.message = masking.show(text: problem.message, to: nil, on: nil)
            return problem
        }
        sections = try file.sections().map { $0.masked(by: masking) }
    }

    /// The summary as one JSON object, keys sorted.
    public func json() throws -> String {
        try prettyJSON(self)
    }
}

extension RunSection {
    /// The section with its texts as a masking shows them.
    fileprivate func masked(by masking: Masking) -> RunSection {
        func shown(_ text: String) -> String { masking.show(text: text, to: nil, on: nil) }
        var section = self
        section.title = shown(title)
        section.columns = columns.map(shown)
        section.rows = rows.map { row in
            row.map { if case .text(let text) = $0 { .text(shown(text)) } else { $0 } }
        }
        section.problem = problem.map(shown)
        return section
    }
}

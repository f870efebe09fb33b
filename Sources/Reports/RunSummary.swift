internal import Basics
public import Catalog
internal import Foundation
public import Store

/// A run in numbers: what `--format json` prints and what the terminal preview is made from.
public struct RunSummary: Codable {
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
        /// Those in the audience.
        public var audienceCount: Int
        /// Those in the audience for whom the journey asked no message.
        public var silentCount: Int
        /// Messages asked for: the sum of all outcomes.
        public var requested: Int
        /// Messages that would be sent.
        public var sent: Int
        /// Messages that would not, by reason code, the holdout included.
        public var heldBack: [String: Int]
        /// Messages that would be sent, by channel.
        public var channels: [String: Int]
        /// The same by step and channel.
        public var steps: [StepSummary]
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

        /// A missing channel is null, so that every step has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(step, forKey: .step)
            try container.encode(channel, forKey: .channel)
            try container.encode(requested, forKey: .requested)
            try container.encode(sent, forKey: .sent)
            try container.encode(heldBack, forKey: .heldBack)
        }
    }

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

    /// The virtual time, ISO 8601 with the workspace's offset.
    public var now: String
    /// The workspace's time zone.
    public var timeZone: String
    /// The seed.
    public var seed: UInt64
    /// The currency.
    public var currency: String
    /// Content hash of the scripts and templates.
    public var sources: String
    /// The run file.
    public var run: String
    /// The campaigns, by name.
    public var campaigns: [CampaignSummary]
    /// Example messages.
    public var samples: [Sample]
    /// What went wrong, most frequent first.
    public var problems: [RunProblem]

    /// Reads a run; `run` is its path as the person would type it.
    public init(_ file: RunFile, run: String, masking: Masking) throws {
        let header = try file.header()
        let tallies = try file.tallies()
        var clock = ZoneClock(TimeZone(identifier: header.timeZone) ?? .gmt)
        now =
            clock.text(at: header.now).replacing(" ", with: "T")
            + clock.offsetText(at: header.now, colon: true)
        timeZone = header.timeZone
        seed = header.seed
        currency = header.currency
        sources = header.sources
        self.run = run
        campaigns = try file.campaigns().map { campaign in
            let own = tallies.filter { $0.campaign == campaign.name }
            return CampaignSummary(
                name: campaign.name, description: campaign.description, audience: campaign.audience,
                customers: header.customers, audienceCount: campaign.audienceCount,
                silentCount: campaign.silentCount, requested: own.total, sent: own.sent,
                heldBack: own.heldBack,
                channels: own.filter { $0.outcome == .sent }.reduce(into: [:]) { result, tally in
                    result[tally.channel?.rawValue ?? "none", default: 0] += tally.count
                },
                steps: Self.steps(own))
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
    }

    private static func steps(_ tallies: [RunFile.Tally]) -> [StepSummary] {
        var steps: [StepSummary] = []
        for tally in tallies
        where !steps.contains(where: { $0.step == tally.step && $0.channel == tally.channel?.rawValue }) {
            let own = tallies.filter { $0.step == tally.step && $0.channel == tally.channel }
            steps.append(
                StepSummary(
                    step: tally.step, channel: tally.channel?.rawValue, requested: own.total, sent: own.sent,
                    heldBack: own.heldBack))
        }
        return steps
    }

    /// The summary as one JSON object, keys sorted.
    public func json() throws -> String {
        try prettyJSON(self)
    }
}

extension [RunFile.Tally] {
    fileprivate var total: Int { reduce(0) { $0 + $1.count } }
    fileprivate var sent: Int { filter { $0.outcome == .sent }.total }
    fileprivate var heldBack: [String: Int] {
        reduce(into: [:]) { result, tally in
            if let reason = tally.reason { result[reason.rawValue, default: 0] += tally.count }
        }
    }
}

internal import Basics
public import Catalog
internal import Foundation
public import Store

/// What differs between two runs, campaign by campaign: counts, and some customers as examples.
///
/// The same decision is the one for the same customer about the same step of the same campaign, as often as
/// it came before: of two reminders the first is compared with the first. What ``DecisionChange`` has counts;
/// address and subject lines are shown, and differ where the hash of the message does.
public struct RunComparison: Encodable {
    /// One of the two runs.
    public struct Side: Encodable {
        /// The run file, or what else it is called.
        public var run: String
        /// The campaigns, by name.
        public var campaigns: [String]
        /// Its first instant, ISO 8601 with the workspace's offset.
        public var now: String
        /// How many days it lasts.
        public var days: Int
        /// The workspace's time zone.
        public var timeZone: String
        /// The seed.
        public var seed: UInt64
        /// Since when the past is replayed, in the same form; nil where it is not.
        public var asOf: String?
        /// How people were taken to respond.
        public var responses: String
        /// Content hash of the scripts and templates.
        public var sources: String
        /// The hash of its decisions.
        public var decisionsHash: String
        /// Messages asked for.
        public var requested: Int
        /// Messages that would be sent.
        public var sent: Int
    }

    /// One campaign in both runs.
    public struct Campaign: Encodable {
        /// The name.
        public var name: String
        /// Messages asked for in one of the runs or in both.
        public var decisions: Int
        /// How many of them differ.
        public var differing: Int
        /// Messages that would be sent in the first run.
        public var sentBefore: Int
        /// Messages that would be sent in the second run.
        public var sentAfter: Int
        /// What differs, in the order of ``DecisionChange``; a message that differs in two ways counts for
        /// both.
        public var changes: [Change]
    }

    /// One kind of differences in a campaign.
    public struct Change: Encodable {
        /// The kind.
        public var kind: DecisionChange
        /// How many messages.
        public var count: Int
        /// The same by step and by what they changed from and to, most first.
        public var ways: [Way]
        /// Some of them, chosen by hash.
        public var examples: [Example]
    }

    /// Messages that changed alike.
    public struct Way: Codable {
        /// The step.
        public var step: String
        /// What they were: a reason, `sent`, `not_asked`, a channel, a variant; null where only ``after``
        /// tells.
        public var before: String?
        /// What they are: likewise, or `earlier` and `later`; of what is not sent either, what differs, by
        /// commas.
        public var after: String?
        /// How many.
        public var count: Int

        /// What is missing is null, so that every way has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(step, forKey: .step)
            try container.encode(before, forKey: .before)
            try container.encode(after, forKey: .after)
            try container.encode(count, forKey: .count)
        }
    }

    /// A message to a customer that differs.
    public struct Example: Encodable {
        /// The customer's number.
        public var customer: Int64
        /// The step.
        public var step: String
        /// Which message of this step to the customer it is, from 1.
        public var number: Int
        /// In the first run; null where it was not asked for.
        public var before: State?
        /// In the second run.
        public var after: State?
        /// What changed in its lines, `- ` before what is gone and `+ ` before what is new; null where that
        /// is not known.
        public var text: [String]?

        let decisions: (before: Decision?, after: Decision?)
        /// What differs where neither is sent, by commas; nil otherwise.
        let details: String?

        private enum CodingKeys: CodingKey {
            case customer, step, number, before, after, text
        }

        /// What is missing is null, so that every example has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(customer, forKey: .customer)
            try container.encode(step, forKey: .step)
            try container.encode(number, forKey: .number)
            try container.encode(before, forKey: .before)
            try container.encode(after, forKey: .after)
            try container.encode(text, forKey: .text)
        }
    }

    /// What a run decided about an example.
    public struct State: Codable {
        /// `sent`, the code of the reason why not, or the same behind `held_by_`.
        public var fate: String
        /// When, ISO 8601 on the workspace's clock.
        public var time: String
        /// The channel.
        public var channel: String?
        /// The address, masked unless revealed.
        public var address: String?
        /// The way in which the campaign is told.
        public var variant: String?
        /// The subject line.
        public var subject: String?

        /// What is missing is null, so that every state has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(fate, forKey: .fate)
            try container.encode(time, forKey: .time)
            try container.encode(channel, forKey: .channel)
            try container.encode(address, forKey: .address)
            try container.encode(variant, forKey: .variant)
            try container.encode(subject, forKey: .subject)
        }
    }

    /// The first run.
    public private(set) var before: Side
    /// The second run.
    public private(set) var after: Side
    /// The campaigns of both, by name.
    public private(set) var campaigns: [Campaign]
    /// Messages asked for in one of the runs or in both.
    public var decisions: Int { campaigns.reduce(0) { $0 + $1.decisions } }
    /// How many of them differ.
    public var differing: Int { campaigns.reduce(0) { $0 + $1.differing } }
    /// The share of them that differ, from 0 to 1.
    public var share: Double { decisions == 0 ? 0 : Double(differing) / Double(decisions) }

    /// Whether there are examples of texts of which no run has told the messages.
    public private(set) var lacksTexts = false
    private let masking: Masking

    private enum Keys: CodingKey {
        case before, after, campaigns, decisions, differing, share
    }

    /// Compares two runs; `names` are what the person calls them.
    ///
    /// Cost: both files are read once and sorted on disk; memory does not grow with them.
    public init(
        _ first: RunFile, _ second: RunFile, names: (before: String, after: String), masking: Masking
    ) throws {
        self.masking = masking
        var tallies: [String: CampaignTally] = [:]
        for campaign in try first.campaigns() + second.campaigns() {
            tallies[campaign.name] = CampaignTally()
        }
        try RunFile.forEachPair(first, second) { pair in
            guard let either = pair.before ?? pair.after else { return }
            tallies[either.campaign, default: CampaignTally()].add(pair, either)
        }
        before = try Side(first, run: names.before)
        after = try Side(second, run: names.after)
        campaigns = try tallies.sorted { $0.key < $1.key }.map { name, tally in
            try Campaign(name, tally, first, second, masking)
        }
        lacksTexts = !textExamples.isEmpty
        for tally in tallies.values {
            before.requested += tally.asked.before
            before.sent += tally.sent.before
            after.requested += tally.asked.after
            after.sent += tally.sent.after
        }
    }

    /// The comparison as one JSON object, keys sorted.
    public func json() throws -> String {
        try prettyJSON(self)
    }

    /// The counts besides the parts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(before, forKey: .before)
        try container.encode(after, forKey: .after)
        try container.encode(campaigns, forKey: .campaigns)
        try container.encode(decisions, forKey: .decisions)
        try container.encode(differing, forKey: .differing)
        try container.encode(share, forKey: .share)
    }

    // MARK: Texts

    /// An example of a text that changed.
    public struct TextExample {
        /// The customer's number.
        public let customer: Int64
        /// The hash of the message in the first run.
        public let before: String
        /// The hash of the message in the second run.
        public let after: String
    }

    /// The examples of texts that changed, for whom ``tellTexts(before:after:)`` takes the messages.
    public var textExamples: [TextExample] {
        campaigns.flatMap(\.changes).filter { $0.kind == .text }.flatMap(\.examples).compactMap { example in
            guard let before = example.decisions.before?.bodyHash,
                let after = example.decisions.after?.bodyHash
            else { return nil }
            return TextExample(customer: example.customer, before: before, after: after)
        }
    }

    /// Tells what changed in the examples of texts from the messages of both runs by hash; of those that are
    /// not there, the subject lines tell it where they differ.
    public mutating func tellTexts(before: [String: RunBody], after: [String: RunBody]) {
        lacksTexts = textExamples.contains { before[$0.before] == nil || after[$0.after] == nil }
        for campaign in campaigns.indices {
            for change in campaigns[campaign].changes.indices
            where campaigns[campaign].changes[change].kind == .text {
                for place in campaigns[campaign].changes[change].examples.indices {
                    let example = campaigns[campaign].changes[change].examples[place]
                    campaigns[campaign].changes[change].examples[place].text = text(example, before, after)
                }
            }
        }
    }

    private func text(_ example: Example, _ before: [String: RunBody], _ after: [String: RunBody])
        -> [String]?
    {
        guard let old = example.decisions.before, let new = example.decisions.after else { return nil }
        var lines: [String] = []
        if let old = old.bodyHash.flatMap({ before[$0] }), let new = new.bodyHash.flatMap({ after[$0] }) {
            lines = changedLines(old.lines(asHTML: false), new.lines(asHTML: false))
            // A link or a colour may have changed, of which the text says nothing.
            if lines.isEmpty { lines = changedLines(old.lines(asHTML: true), new.lines(asHTML: true)) }
        } else if old.subject != new.subject {
            func line(_ subject: String?) -> [String] { subject.map { ["Subject: \($0)"] } ?? [] }
            lines = changedLines(line(old.subject), line(new.subject))
        }
        return lines.isEmpty
            ? nil
            : lines.map {
                masking.show(
                    text: masking.show(text: $0, to: old.address, on: old.channel), to: new.address,
                    on: new.channel)
            }
    }
}

extension RunBody {
    /// The message as lines, its headers first.
    fileprivate func lines(asHTML: Bool) -> [String] {
        let headers = [
            ("From", fromName), ("Reply to", replyTo), ("Subject", subject), ("Preview", preheader),
        ]
        let main = asHTML ? body : text ?? body
        return headers.compactMap { name, value in value.map { "\(name): \($0)" } }
            + main.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}

extension RunComparison.Side {
    fileprivate init(_ file: RunFile, run: String) throws {
        let header = try file.header()
        var clock = ZoneClock(TimeZone(identifier: header.timeZone) ?? .gmt)
        self.run = run
        campaigns = try file.campaigns().map(\.name)
        now = clock.isoText(at: header.now)
        days = Int(header.until - header.now) / 86_400
        timeZone = header.timeZone
        seed = header.seed
        asOf = header.asOf.map { clock.isoText(at: $0) }
        responses = header.responses
        sources = header.sources
        decisionsHash = try file.hash()
        requested = 0
        sent = 0
    }
}

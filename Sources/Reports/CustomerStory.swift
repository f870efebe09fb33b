internal import Basics
public import Catalog
internal import Foundation
public import Store

/// What a run says about one customer: what happened to them and what was decided about each message, in that
/// order.
public struct CustomerStory: Codable {
    /// One thing that happened, or one decision.
    struct Entry: Codable {
        /// When, ISO 8601 on the workspace's clock.
        var time: String
        /// The customer's wall clock, `YYYY-MM-DD HH:MM:SS`; nil for what is no decision, unless it shows another time than
        /// the workspace's.
        var localTime: String?
        /// The campaign.
        var campaign: String
        /// An outcome such as `sent` or `skipped`, a word such as `enter`, `open`, `tag`, or how a journey ended: `end`,
        /// `error`, `under way`.
        var word: String
        /// The step, which is the name of a template; of a decision.
        var step: String?
        /// The channel.
        var channel: String?
        /// The address, masked unless revealed.
        var address: String?
        /// The subject line; or the tag, the title, the step that was opened, what a journey under way waits for.
        var subject: String?
        /// Why a message was not sent: the code.
        var reason: String?
        /// The gate that stopped it.
        var gate: String?
        /// What else there is to say.
        var detail: String?
        /// When the journey asked for a message that was held, ISO 8601 on the workspace's clock.
        var scheduled: String?
        /// What held it last: the code.
        var heldBy: String?
        /// The campaigns whose messages used up the cap.
        var displacedBy: [String]
        /// The way in which the campaign is told.
        var variant: String?
        /// How many parts a text message is sent in.
        var parts: Int?
        /// Who has something to do.
        var owner: String?
        /// When it is due, or until when a pause or a wait lasts, ISO 8601 on the workspace's clock.
        var due: String?
        /// Script and line that asked.
        var script: String?
        /// The line.
        var source: String?

        /// What is missing is null, so that every entry has the same keys.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(time, forKey: .time)
            try container.encode(localTime, forKey: .localTime)
            try container.encode(campaign, forKey: .campaign)
            try container.encode(word, forKey: .word)
            try container.encode(step, forKey: .step)
            try container.encode(channel, forKey: .channel)
            try container.encode(address, forKey: .address)
            try container.encode(subject, forKey: .subject)
            try container.encode(reason, forKey: .reason)
            try container.encode(gate, forKey: .gate)
            try container.encode(detail, forKey: .detail)
            try container.encode(scheduled, forKey: .scheduled)
            try container.encode(heldBy, forKey: .heldBy)
            try container.encode(displacedBy, forKey: .displacedBy)
            try container.encode(variant, forKey: .variant)
            try container.encode(parts, forKey: .parts)
            try container.encode(owner, forKey: .owner)
            try container.encode(due, forKey: .due)
            try container.encode(script, forKey: .script)
            try container.encode(source, forKey: .source)
        }
    }

    /// The customer's number.
    public let customer: Int64
    /// The campaign that was asked for; nil for all.
    public let campaign: String?
    /// The run file, as the person would type it.
    public let run: String
    let now: String
    let days: Int
    let timeZone: String
    let seed: UInt64
    let responses: String
    /// Since when the run replays the past; nil where it replays none.
    let asOf: String?
    /// The campaigns of which it is the story.
    let campaigns: [String]
    /// Those of them that have an audience.
    let audiences: [String]
    let entries: [Entry]

    /// Reads the story of a customer in one campaign or in all; `run` is the file's path as the person would
    /// type it.
    public init(
        _ file: RunFile, of customer: Int64, in campaign: String?, run: String, masking: Masking
    ) throws {
        let told = try file.campaigns().filter { campaign == nil || $0.name == campaign }
        self.init(
            try file.header(), told, try file.story(of: customer, in: campaign), of: customer, in: campaign,
            run: run, scripts: try file.scripts(), masking: masking)
    }

    /// The story of a customer from what a run has said of them; `scripts` are the texts by path.
    public init(
        _ header: RunHeader, _ told: [RunCampaign], _ story: [RunFile.StoryEntry], of customer: Int64,
        in campaign: String?, run: String, scripts: [String: String], masking: Masking
    ) {
        var clock = ZoneClock(TimeZone(identifier: header.timeZone) ?? .gmt)
        let scripts = ScriptLines(scripts)
        self.customer = customer
        self.campaign = campaign
        self.run = run
        now = clock.isoText(at: header.now)
        days = Int(header.until - header.now) / 86_400
        timeZone = header.timeZone
        seed = header.seed
        asOf = header.asOf.map { clock.isoText(at: $0) }
        responses = header.responses
        campaigns = told.map(\.name)
        audiences = told.filter(\.hasAudience).map(\.name)
        entries = story.map { entry in
            switch entry {
            case .decision(let decision): Entry(decision, &clock, scripts, masking)
            case .event(let event): Entry(event, &clock, scripts, masking)
            case .ending(let ending): Entry(ending, until: header.until, &clock, scripts, masking)
            }
        }
    }

    /// Whether the run says nothing of the customer.
    public var isEmpty: Bool { entries.isEmpty }

    /// The story as one JSON object, keys sorted.
    public func json() throws -> String {
        try prettyJSON(self)
    }

    /// What is missing is null, so that every story has the same keys.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(customer, forKey: .customer)
        try container.encode(campaign, forKey: .campaign)
        try container.encode(run, forKey: .run)
        try container.encode(now, forKey: .now)
        try container.encode(days, forKey: .days)
        try container.encode(timeZone, forKey: .timeZone)
        try container.encode(seed, forKey: .seed)
        try container.encode(responses, forKey: .responses)
        try container.encode(asOf, forKey: .asOf)
        try container.encode(campaigns, forKey: .campaigns)
        try container.encode(audiences, forKey: .audiences)
        try container.encode(entries, forKey: .entries)
    }
}

extension CustomerStory.Entry {
    fileprivate init(
        _ decision: Decision, _ clock: inout ZoneClock, _ scripts: ScriptLines, _ masking: Masking
    ) {
        func masked(_ text: String) -> String {
            masking.show(text: text, to: decision.address, on: decision.channel)
        }
        time = clock.isoText(at: decision.time)
        localTime = decision.localTime
        campaign = decision.campaign
        word = decision.outcome.rawValue
        step = decision.step
        channel = decision.channel?.rawValue
        address = decision.address.map { masking.show($0, on: decision.channel) }
        subject = decision.subject.map(masked)
        reason = decision.reason?.rawValue
        gate = decision.reason?.gate
        detail = decision.detail.map(masked)
        scheduled = decision.scheduled.map { clock.isoText(at: $0) }
        heldBy = decision.heldBy?.rawValue
        displacedBy = decision.displacedBy
        variant = decision.variant
        parts = decision.parts
        script = decision.script
        source = scripts.quoted(decision.script).map(masked)
    }

    fileprivate init(_ event: RunEvent, _ clock: inout ZoneClock, _ scripts: ScriptLines, _ masking: Masking)
    {
        func masked(_ text: String) -> String { masking.show(text: text, to: nil, on: nil) }
        time = clock.isoText(at: event.time)
        localTime = event.localTime
        campaign = event.campaign
        word = event.word
        subject = event.subject.map(masked)
        displacedBy = []
        owner = event.owner
        due = event.due.map { clock.isoText(at: $0) }
        script = event.script
        source = event.script.flatMap(scripts.quoted).map(masked)
    }

    fileprivate init(
        _ ending: RunFile.Ending, until: Int64, _ clock: inout ZoneClock, _ scripts: ScriptLines,
        _ masking: Masking
    ) {
        time = clock.isoText(at: ending.word == "under way" ? until : ending.time)
        campaign = ending.campaign
        word = ending.word
        displacedBy = []
        guard ending.word == "under way", let step = ending.step else { return }
        script = step.location
        source = scripts.quoted(step.location).map { masking.show(text: $0, to: nil, on: nil) }
        // What is waited for, and for so long.
        let texts = step.arguments.compactMap { if case .value(.text(let text)) = $0 { text } else { nil } }
        if !texts.isEmpty { subject = texts.joined(separator: " ") }
        if case .value(.integer(let span))? = step.arguments.last, let asked = ending.asked {
            due = clock.isoText(at: asked + span)
        }
    }
}

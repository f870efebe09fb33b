internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// How a customer came into a campaign.
public struct Entry: Sendable, Hashable {
    /// When, Unix seconds.
    public var time: Int64
    /// The way the campaign is told in; nil where it has one alone.
    public var variant: String?
    /// What happened, where something did.
    public var event: JourneyEvent?

    /// An entry from its parts.
    public init(time: Int64, variant: String? = nil, event: JourneyEvent? = nil) {
        self.time = time
        self.variant = variant
        self.event = event
    }
}

/// What the host answers a step with.
public enum JourneyAnswer: Sendable, Hashable {
    /// It is done.
    case done
    /// Whether a message was sent.
    case sent(Bool)
    /// What happened; nil where the time was over first.
    case event(JourneyEvent?)
}

/// One customer's way through the journey of a campaign: a Lua function that stops at each thing it asks for.
///
/// The same customer at the same times with the same answers gives the same steps. Resume it only while the walk stands at
/// its customer.
public final class Journey {
    /// The campaign.
    public let campaign: Campaign
    /// How the customer came in.
    public let entry: Entry
    private let host: RuleHost
    /// The plugin whose function the journey is; nil where a script's.
    private let guest: PluginGuest?
    private let coroutine: LuaCoroutine
    private var count = 0

    /// A journey may ask for so many things.
    public static var stepLimit: Int { 1000 }

    /// A journey that has not begun.
    public init(_ host: RuleHost, _ campaign: Campaign, _ entry: Entry) throws {
        self.host = host
        self.campaign = campaign
        self.entry = entry
        if let behind = host.guestFunction(campaign.journey) {
            let function = try behind.guest.function(behind.number)
            guest = behind.guest
            coroutine = try LuaCoroutine(behind.guest.host.state, function)
        } else {
            guest = nil
            coroutine = try LuaCoroutine(host.state, campaign.journey)
        }
    }

    /// Goes on to the next thing that the journey asks for; nil at its end. The first time begins it, and the answer is
    /// left out of account.
    ///
    /// - Throws: what the script raises; the journey is over then.
    public func next(_ answer: JourneyAnswer = .done, in walk: CustomerWalk) throws -> JourneyStep? {
        let runner = guest?.host ?? host
        runner.runningCampaign = campaign
        defer { runner.runningCampaign = nil }
        return try runner.explaining {
            if count == 0 { guest?.host.state.customer = walk.current }
            let customer = guest.map { LuaArgument.value($0.customer(walk.current)) } ?? .row(walk.row)
            let step =
                count == 0
                ? try coroutine.resume(customer, host.argument(entry, of: campaign))
                : try coroutine.resume(.value(host.value(answer, for: campaign)))
            count += 1
            guard case .waits(.object(let object)) = step, let asked = object as? StepObject else {
                return nil
            }
            // Each step has a budget of its own, so that a loop around `send` would never end.
            guard count <= Self.stepLimit else {
                throw LuaError(
                    "the journey of campaign '\(campaign.name)' asks for more than \(Self.stepLimit) things",
                    at: asked.step.location,
                    hint: "look for a loop without end around \(asked.step.request.word)")
            }
            return asked.step
        }
    }
}

extension RuleHost {
    /// What journeys, content and variants get besides the customer: the event of a follow-up, else a table of how the
    /// customer came in.
    func argument(_ entry: Entry, of campaign: Campaign) -> LuaArgument {
        let event = entry.event.map { table($0, for: campaign) }
        if campaign.isFollowUp { return .value(event ?? .missing) }
        var fields: [(name: String, value: LuaValue)] = [("at", .integer(entry.time))]
        if let variant = entry.variant { fields.append(("variant", .text(variant))) }
        if let event { fields.append(("event", event)) }
        return .value(.table(LuaTable(fields: fields)))
    }

    fileprivate func value(_ answer: JourneyAnswer, for campaign: Campaign) -> LuaValue {
        switch answer {
        case .done: .missing
        case .sent(let flag): .boolean(flag)
        case .event(let event): event.map { table($0, for: campaign) } ?? .missing
        }
    }

    /// An event as a campaign sees it; that of a plugin sees the details of what it may read.
    func table(_ event: JourneyEvent, for campaign: Campaign) -> LuaValue {
        let own = [("name", LuaValue.text(event.name)), ("at", .integer(event.time))]
        let guest = guestFunction(campaign.journey)?.guest
        let details = (guest?.mayReadDetails(of: event) ?? true ? event.details : []).map {
            ($0.name, value($0.value, of: $0.type))
        }
        return .table(LuaTable(fields: (own + details).map { (name: $0.0, value: $0.1) }))
    }
}

/// What became of one message that a journey asked for.
public enum Outcome: String, Sendable, CaseIterable, Codable {
    /// It would be sent.
    case sent
    /// It would have been sent, but the person is kept without messages to compare with.
    case heldOut = "held_out"
    /// A policy stopped this message.
    case skipped
    /// The journey ended before it.
    case exited
    /// Its content, template or journey raised an error.
    case failed
    /// It still waited when the run ended.
    case held
}

/// Why a message was not sent: the code in run files and exports.
public enum Reason: String, Sendable, CaseIterable, Codable {
    /// The customer's data was erased.
    case erased
    /// The campaign's goal is met.
    case goalMet = "goal_met"
    /// The campaign's `exit_when` holds.
    case exitRule = "exit_rule"
    /// No usable address on an allowed channel.
    case noAddress = "no_address"
    /// The template has no file in the customer's language, none in the workspace's, and none for every language.
    case noLanguage = "no_language"
    /// An earlier message to the address bounced for good.
    case hardBounce = "hard_bounce"
    /// The address complained about an earlier message.
    case complaint
    /// The address is on the suppression list.
    case suppressed
    /// Never agreed to marketing on the channel.
    case noConsent = "no_consent"
    /// Agreed, then took it back.
    case consentWithdrawn = "consent_withdrawn"
    /// Unsubscribed from an earlier message on the channel.
    case unsubscribed
    /// The customer lacks a value that the template requires.
    case missingValue = "missing_value"
    /// The text is longer than the channel or the template allows.
    case tooLong = "too_long"
    /// The template said so itself, with `abort_message`.
    case aborted
    /// A journey has paused all marketing messages to the customer.
    case paused
    /// In the holdout group.
    case holdout
    /// The same step of the campaign already went to the address.
    case duplicate
    /// In the customer's quiet hours.
    case quietHours = "quiet_hours"
    /// Outside of the campaign's send window.
    case sendWindow = "send_window"
    /// It waits for the hour in which the customer opens most.
    case bestHour = "best_hour"
    /// As many marketing messages as the cap allows were sent.
    case frequencyCap = "frequency_cap"
    /// The campaign's budget has nothing left for it.
    case budget
    /// It waited longer than the campaign lets a message wait.
    case expired
    /// A script or template raised an error.
    case error

    /// The gate of the policy that stops messages for it, as README.md names them; nil for an error.
    public var gate: String? {
        switch self {
        case .erased, .goalMet, .exitRule: "exit"
        case .noAddress, .noLanguage: "address"
        case .hardBounce, .complaint, .suppressed: "suppression"
        case .noConsent, .consentWithdrawn, .unsubscribed: "consent"
        case .paused: "pause"
        case .missingValue, .tooLong, .aborted: "content"
        case .holdout: "holdout"
        case .duplicate: "duplicate"
        case .quietHours: "quiet hours"
        case .sendWindow: "send window"
        case .bestHour: "best hour"
        case .frequencyCap: "frequency cap"
        case .budget: "budget"
        case .expired: "max_age"
        case .error: nil
        }
    }

    /// As reports say it.
    public var phrase: String {
        switch self {
        case .erased: "data erased"
        case .goalMet: "goal already met"
        case .exitRule: "exit rule holds"
        case .noAddress: "no address"
        case .noLanguage: "not in their language"
        case .hardBounce: "address bounced"
        case .complaint: "complained"
        case .suppressed: "suppression list"
        case .noConsent: "no consent"
        case .consentWithdrawn: "consent withdrawn"
        case .unsubscribed: "unsubscribed"
        case .missingValue: "value missing"
        case .tooLong: "too long"
        case .aborted: "aborted by the template"
        case .paused: "paused"
        case .holdout: "holdout"
        case .duplicate: "already received"
        case .quietHours: "quiet hours"
        case .sendWindow: "send window"
        case .bestHour: "best hour"
        case .frequencyCap: "over the cap"
        case .budget: "over the budget"
        case .expired: "waited too long"
        case .error: "error"
        }
    }
}

/// One line of a run: what was decided about one message for one customer.
public struct Decision: Sendable, Equatable {
    /// The customer's number.
    public var customer: Int64
    /// The campaign's name.
    public var campaign: String
    /// The step of the campaign, which is the name of its template.
    public var step: String
    /// Script and line that asked: `scripts/win-back.lua:18`.
    public var script: String
    /// The virtual time, Unix seconds.
    public var time: Int64
    /// The same on the customer's wall clock, `YYYY-MM-DD HH:MM:SS`.
    public var localTime: String
    /// The channel chosen; nil where none could be.
    public var channel: Channel?
    /// The address on that channel.
    public var address: String?
    /// What became of it.
    public var outcome: Outcome
    /// Why it was not sent; nil for `sent`.
    public var reason: Reason?
    /// The rule that stopped it, in words, where there is more to say than the reason.
    public var detail: String?
    /// The subject line, where the channel has one and the message was written.
    public var subject: String?
    /// ``Basics/StableHash`` of all that would be sent: headers, HTML and text; nil where nothing was written.
    public var bodyHash: String?
    /// When the journey asked for it, where it was held before; nil where it was decided at once.
    public var scheduled: Int64?
    /// What held it last.
    public var heldBy: Reason?
    /// The campaigns whose messages used up the cap, in the order of their messages, where it stopped or held
    /// this one.
    public var displacedBy: [String]
    /// The way in which the campaign is told; nil where it has one alone.
    public var variant: String?
    /// How many parts a text message is sent in; nil on other channels, and where nothing was written.
    public var parts: Int?
    /// How many events of the run had happened to the person before: ``RunEvent/place`` goes on from it.
    public var place: Int

    /// A decision from its parts.
    public init(
        customer: Int64, campaign: String, step: String, script: String, time: Int64, localTime: String,
        channel: Channel? = nil, address: String? = nil, outcome: Outcome = .sent, reason: Reason? = nil,
        detail: String? = nil, subject: String? = nil, bodyHash: String? = nil, scheduled: Int64? = nil,
        heldBy: Reason? = nil, displacedBy: [String] = [], variant: String? = nil, parts: Int? = nil,
        place: Int = 0
    ) {
        self.customer = customer
        self.campaign = campaign
        self.step = step
        self.script = script
        self.time = time
        self.localTime = localTime
        self.channel = channel
        self.address = address
        self.outcome = outcome
        self.reason = reason
        self.detail = detail
        self.subject = subject
        self.bodyHash = bodyHash
        self.scheduled = scheduled
        self.heldBy = heldBy
        self.displacedBy = displacedBy
        self.variant = variant
        self.parts = parts
        self.place = place
    }
}

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

    /// A header from its parts.
    public init(now: Int64, timeZone: String, seed: UInt64, currency: String, sources: String, customers: Int)
    {
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
    /// How many customers are in the audience.
    public var audienceCount: Int
    /// How many of them the journey asked no message for.
    public var silentCount: Int

    /// A campaign from its parts.
    public init(name: String, description: String, audience: String, audienceCount: Int, silentCount: Int) {
        self.name = name
        self.description = description
        self.audience = audience
        self.audienceCount = audienceCount
        self.silentCount = silentCount
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

/// A message that a customer got, and what they did with it.
public struct PersonMessage: Sendable, Hashable {
    /// What a customer did, or what happened to the message, for the first time.
    public struct Reaction: Sendable, Hashable {
        /// `delivered`, `open`, `click`, `soft_bounce`, `hard_bounce`, `complaint` or `unsubscribe`.
        public let type: String
        /// Unix seconds.
        public let time: Int64

        /// A reaction from its parts.
        public init(type: String, time: Int64) {
            self.type = type
            self.time = time
        }
    }

    /// When it was sent, Unix seconds.
    public let time: Int64
    /// The channel.
    public let channel: String
    /// The campaign and its step, where they are known.
    public let campaign: String?
    /// The step of the campaign.
    public let step: String?
    /// The subject line.
    public let subject: String?
    /// What became of it, in the order of time, each kind once.
    public let reactions: [Reaction]

    /// A message from its parts.
    public init(
        time: Int64, channel: String, campaign: String?, step: String?, subject: String?,
        reactions: [Reaction]
    ) {
        self.time = time
        self.channel = channel
        self.campaign = campaign
        self.step = step
        self.subject = subject
        self.reactions = reactions
    }
}

/// What a customer said last about being written to on a channel.
public struct ConsentStatement: Sendable, Hashable {
    /// The channel.
    public let channel: Channel
    /// `granted` or `withdrawn`.
    public let status: String
    /// Unix seconds.
    public let time: Int64

    /// A statement from its parts.
    public init(channel: Channel, status: String, time: Int64) {
        self.channel = channel
        self.status = status
        self.time = time
    }
}

/// Something that a colleague has to do about a customer.
public struct OpenWork: Sendable, Hashable {
    /// `task` or `ticket`.
    public let kind: String
    /// What is to be done.
    public let title: String
    /// Who does it.
    public let owner: String?
    /// When it is due, Unix seconds.
    public let due: Int64?

    /// A task or a ticket from its parts.
    public init(kind: String, title: String, owner: String?, due: Int64?) {
        self.kind = kind
        self.title = title
        self.owner = owner
        self.due = due
    }
}

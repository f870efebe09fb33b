/// How a customer answers on one channel.
public struct ChannelAnswers: Sendable, Hashable {
    /// How many messages they got.
    public var messages: Int
    /// How many of these they opened or clicked.
    public var answered: Int

    /// Answers from their parts.
    public init(messages: Int = 0, answered: Int = 0) {
        self.messages = messages
        self.answered = answered
    }
}

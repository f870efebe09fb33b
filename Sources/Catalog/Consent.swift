/// What a customer said about being written to on a channel.
public enum ConsentState: String, Sendable {
    /// Never asked, or never answered.
    case none
    /// Agreed, and not taken back since.
    case granted
    /// Taken back.
    case withdrawn
    /// Unsubscribed from a message on that channel after agreeing.
    case unsubscribed
}

/// Why an address must not be written to.
public enum SuppressionReason: String, Sendable {
    /// A message to it bounced for good.
    case hardBounce = "hard_bounce"
    /// Its owner reported a message as spam.
    case complaint
    /// It unsubscribed outside of any message.
    case unsubscribe
    /// Someone put it on the list.
    case manual
}

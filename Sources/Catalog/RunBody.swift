/// A message as it would be sent, kept under the hash that its decisions have.
public struct RunBody: Sendable, Equatable, Codable {
    /// ``Decision/bodyHash``.
    public var hash: String
    /// The subject line.
    public var subject: String?
    /// The line that mail programs show behind the subject.
    public var preheader: String?
    /// The sender's name.
    public var fromName: String?
    /// The address that answers go to.
    public var replyTo: String?
    /// The body: HTML, or the text where there is no HTML.
    public var body: String
    /// The text beside an HTML body.
    public var text: String?

    /// A message from its parts.
    public init(
        hash: String, subject: String? = nil, preheader: String? = nil, fromName: String? = nil,
        replyTo: String? = nil, body: String, text: String? = nil
    ) {
        self.hash = hash
        self.subject = subject
        self.preheader = preheader
        self.fromName = fromName
        self.replyTo = replyTo
        self.body = body
        self.text = text
    }
}

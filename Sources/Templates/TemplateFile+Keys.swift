public import Catalog

/// A key of front matter, as the reference describes it.
public struct FrontMatterKey: Sendable {
    /// As written before the colon.
    public let name: String
    /// What it does, in a sentence.
    public let doc: String
    /// A line that has it.
    public let example: String
    /// The channels whose templates may have it.
    public let channels: [Channel]
    /// Whether layouts and partials may have it.
    let isForPieces: Bool

    init(
        _ name: String, _ doc: String, _ example: String, on channels: [Channel] = Channel.allCases,
        isForPieces: Bool = false
    ) {
        self.name = name
        self.doc = doc
        self.example = example
        self.channels = channels
        self.isForPieces = isForPieces
    }
}

extension TemplateFile {
    /// More parts than this, a text message is not sent in unless its template says otherwise.
    public static let usualMaxParts = 10

    /// The keys that front matter may have.
    public static let keys = [
        FrontMatterKey(
            "subject", "The subject line; Liquid.", "subject: \"{{ customer.name }}, we miss you\"",
            on: [.email]),
        FrontMatterKey(
            "preheader", "The line that mail programs show behind the subject; Liquid.",
            "preheader: Only until Sunday.", on: [.email]),
        FrontMatterKey(
            "from_name", "The name of the sender; Liquid.",
            "from_name: \"{{ customer.owner }} of Tea & Co.\"",
            on: [.email]),
        FrontMatterKey(
            "reply_to", "The e-mail address that answers go to; Liquid.", "reply_to: service@example.com",
            on: [.email]),
        FrontMatterKey(
            "channel", "The channel, where the file's name has none.", "channel: sms"),
        FrontMatterKey(
            "language", "The language, where the file's name has none: a BCP 47 tag.", "language: zh-Hant",
            isForPieces: true),
        FrontMatterKey(
            "layout",
            "The file of `templates/layouts` that stands around the body; so does `{% layout 'newsletter' %}`.",
            "layout: newsletter",
            on: [.email]),
        FrontMatterKey(
            "format", "How the body is written: `html` (as it is without the key), `markdown` or `text`.",
            "format: markdown", on: [.email]),
        FrontMatterKey(
            "require",
            "What the message is not sent without: values of the campaign's content, or fields of the customer.",
            "require: [name, last.product]"),
        FrontMatterKey(
            "max_parts",
            "A text that is longer is not sent: parts of 160 or 70 characters, \(usualMaxParts) without the key.",
            "max_parts: 1", on: [.sms]),
    ]
}

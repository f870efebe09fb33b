/// A page that shows the same message side by side for several customers, complete in one HTML file.
///
/// Each e-mail stands in a frame of its own that runs no scripts and reaches nothing of the page.
public struct ContactSheet: Sendable {
    /// One message.
    public struct Card: Sendable {
        /// Who and where: `customer 17 · email · a***@example.com`.
        public var heading: String
        /// Why this customer is shown: `no name`, `line 14: else`.
        public var reasons: [String]
        /// The subject; nil where there is none.
        public var subject: String?
        /// The line that mail programs show behind the subject; nil where there is none.
        public var preheader: String?
        /// The body as HTML; nil where there is only text.
        public var html: String?
        /// The body as text.
        public var text: String
        /// What the person should know: values that are missing, why it would not be sent.
        public var notes: [String]

        /// A message without anything to note.
        public init(
            heading: String, reasons: [String], subject: String?, preheader: String?, html: String?,
            text: String,
            notes: [String] = []
        ) {
            self.heading = heading
            self.reasons = reasons
            self.subject = subject
            self.preheader = preheader
            self.html = html
            self.text = text
            self.notes = notes
        }
    }

    /// What it shows: `win-back`.
    public var title: String
    /// A line below: how many customers of how many, and when.
    public var summary: String
    /// The messages in their order.
    public var cards: [Card]
    /// What the messages do not show, by lines.
    public var notes: [String]

    /// A page.
    public init(title: String, summary: String, cards: [Card], notes: [String] = []) {
        self.title = title
        self.summary = summary
        self.cards = cards
        self.notes = notes
    }

    /// The page, ended by a newline. Cost: linear in the messages.
    public func html() -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; font-src https: data:">
        <title>\(escaped(title))</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <header><h1>\(escaped(title))</h1><p>\(escaped(summary))</p></header>
        <main>
        \(cards.map(card).joined(separator: "\n"))
        </main>\(notes.isEmpty ? "" : "\n<footer><pre>\(escaped(notes.joined(separator: "\n")))</pre></footer>")
        </body>
        </html>

        """
    }

    private func card(_ card: Card) -> String {
        var parts = ["<h2>\(escaped(card.heading))</h2>"]
        if !card.reasons.isEmpty {
            parts.append("<ul class=\"why\">\(card.reasons.map { "<li>\(escaped($0))</li>" }.joined())</ul>")
        }
        if let subject = card.subject { parts.append("<p class=\"subject\">\(escaped(subject))</p>") }
        if let preheader = card.preheader { parts.append("<p class=\"preheader\">\(escaped(preheader))</p>") }
        for note in card.notes { parts.append("<p class=\"note\">\(escaped(note))</p>") }
        if let html = card.html {
            parts.append(
                "<iframe sandbox=\"\" title=\"\(escaped(card.heading))\" srcdoc=\"\(escaped(html))\"></iframe>"
            )
        } else {
            parts.append("<pre>\(escaped(card.text))</pre>")
        }
        return "<article>\n\(parts.joined(separator: "\n"))\n</article>"
    }

    /// As text and in attributes; a NUL, which HTML has not, becomes a blank.
    private func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count + text.utf8.count / 8)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\0": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static let style = """

        :root { color-scheme: light dark; --line: #d9d4c7; --soft: #6b675e; --page: #f6f4ee; --card: #fff; --note: #8a3b12; }
        @media (prefers-color-scheme: dark) {
          :root { --line: #45423b; --soft: #a8a397; --page: #1d1c19; --card: #282621; --note: #f0a878; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 24px; background: var(--page); font: 14px/1.45 system-ui, sans-serif; }
        header { margin-bottom: 20px; }
        h1 { margin: 0; font-size: 22px; }
        header p { margin: 4px 0 0; color: var(--soft); }
        main { display: grid; gap: 20px; grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); }
        article { padding: 14px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; min-width: 0; }
        h2 { margin: 0; font-size: 13px; font-weight: 600; color: var(--soft); }
        .why { display: flex; flex-wrap: wrap; gap: 6px; margin: 8px 0 0; padding: 0; list-style: none; }
        .why li { padding: 1px 8px; border: 1px solid var(--line); border-radius: 10px; font-size: 12px; color: var(--soft); }
        .subject { margin: 10px 0 0; font-size: 16px; font-weight: 600; overflow-wrap: anywhere; }
        .preheader { margin: 2px 0 0; color: var(--soft); overflow-wrap: anywhere; }
        .note { margin: 8px 0 0; color: var(--note); overflow-wrap: anywhere; }
        iframe { width: 100%; height: 520px; margin-top: 12px; border: 1px solid var(--line); background: #fff; }
        pre { margin: 12px 0 0; padding: 10px; border: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere;
          font: 13px/1.5 ui-monospace, monospace; }

        """
}

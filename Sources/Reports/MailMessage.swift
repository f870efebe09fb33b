internal import Basics
public import Foundation

/// An e-mail as mail programs and servers take it.
///
/// Sources: RFC 5322 (message), RFC 2045 (quoted-printable), RFC 2046 (multipart/alternative), RFC 2047 (words in
/// headers), RFC 2369 and RFC 8058 (List-Unsubscribe).
public struct MailMessage: Sendable {
    /// A person or an office: a name, which may be missing, and an address.
    public struct Mailbox: Sendable {
        /// The name shown; nil for the address alone.
        public var name: String?
        /// `someone@example.com`.
        public var address: String

        /// A mailbox.
        public init(name: String? = nil, address: String) {
            self.name = name
            self.address = address
        }
    }

    /// Who it is from.
    public var from: Mailbox
    /// Where answers go; nil for the sender.
    public var replyTo: Mailbox?
    /// Who it is for.
    public var to: Mailbox
    /// The subject.
    public var subject: String
    /// When it is dated, Unix seconds.
    public var date: Int64
    /// The zone that the date is written in.
    public var zone: TimeZone
    /// A page where the customer unsubscribes; nil where there is none.
    public var unsubscribe: String?
    /// The body as text.
    public var text: String
    /// The body as HTML; nil where there is only text.
    public var html: String?

    /// An e-mail without a body of HTML, an address for answers and a page to unsubscribe.
    public init(
        from: Mailbox, to: Mailbox, subject: String, date: Int64, zone: TimeZone, text: String
    ) {
        self.from = from
        self.to = to
        self.subject = subject
        self.date = date
        self.zone = zone
        self.text = text
    }

    /// The message with lines that end in CR LF; all ASCII. The same e-mail gives the same bytes.
    public func encoded() -> String {
        var headers = [
            header("From", mailbox(from)), header("To", mailbox(to)), header("Subject", words(subject)),
            header("Date", [dateText]), header("Message-ID", ["<\(mark)@moonletter.invalid>"]),
            header("MIME-Version", ["1.0"]),
        ]
        if let replyTo { headers.insert(header("Reply-To", mailbox(replyTo)), at: 1) }
        if let unsubscribe, unsubscribe.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            headers.append(header("List-Unsubscribe", ["<\(unsubscribe)>"]))
        }
        let plain = part(text, type: "text/plain")
        guard let html else { return headers.joined() + plain }
        // No line of a quoted-printable body begins with it: "=_" stands in none.
        let boundary = "=_\(mark)"
        headers.append(header("Content-Type", ["multipart/alternative;", "boundary=\"\(boundary)\""]))
        return """
            \(headers.joined())\r
            --\(boundary)\r
            \(plain)\r
            --\(boundary)\r
            \(part(html, type: "text/html"))\r
            --\(boundary)--\r

            """
    }

    /// What tells the e-mail from others.
    var mark: String { StableHash(subject, text, html ?? "", to.address, String(date)).hex }

    private func part(_ body: String, type: String) -> String {
        header("Content-Type", ["\(type);", "charset=utf-8"])
            + header("Content-Transfer-Encoding", ["quoted-printable"]) + "\r\n" + quotedPrintable(body)
    }

    // MARK: Headers

    /// A header whose words are put on lines of up to 76 characters where they allow it.
    private func header(_ name: String, _ words: [String]) -> String {
        var text = "\(name):"
        var width = text.utf8.count
        for word in words {
            if width + 1 + word.utf8.count > 76, width > name.utf8.count + 1 {
                text += "\r\n"
                width = 0
            }
            text += " \(word)"
            width += 1 + word.utf8.count
        }
        return text + "\r\n"
    }

    private func mailbox(_ mailbox: Mailbox) -> [String] {
        // What is no address cannot break the header.
        let address = mailbox.address.unicodeScalars.filter {
            (0x21...0x7E).contains($0.value) && $0 != "<" && $0 != ">"
        }
        guard let name = mailbox.name, !name.isEmpty else {
            return ["<\(String(String.UnicodeScalarView(address)))>"]
        }
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789 ".unicodeScalars.contains($0))
        }
        return (isPlain ? words(name) : encodedWords(name))
            + ["<\(String(String.UnicodeScalarView(address)))>"]
    }

    /// Text as words of a header: as it is where that is plain ASCII, else encoded.
    private func words(_ text: String) -> [String] {
        let isPlain =
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
            && text.split(separator: " ").allSatisfy { $0.utf8.count < 70 }
            && text.trimmingCharacters(in: .whitespaces) == text && !text.contains("  ")
        return isPlain ? text.split(separator: " ").map(String.init) : encodedWords(text)
    }

    /// RFC 2047 words that fit behind the name of a header, each of whole characters; line breaks become blanks.
    private func encodedWords(_ text: String) -> [String] {
        var words: [String] = []
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || scalar.value == 0x7F
            let added = Array(String(isControl ? " " : Character(scalar)).utf8)
            // 39 bytes are 52 characters of Base64, and 12 stand around them.
            if bytes.count + added.count > 39 {
                words.append("=?utf-8?B?\(Data(bytes).base64EncodedString())?=")
                bytes = []
            }
            bytes += added
        }
        if !bytes.isEmpty { words.append("=?utf-8?B?\(Data(bytes).base64EncodedString())?=") }
        return words
    }

    /// `Tue, 01 Dec 2026 09:00:00 +0800`.
    private var dateText: String {
        var clock = ZoneClock(zone)
        let (day, second) = clock.wallClock(at: date)
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let time = [second / 3600, second / 60 % 60, second % 60].map { digits($0, 2) }.joined(separator: ":")
        return
            "\(weekdays[day.weekday - 1]), \(digits(day.day, 2)) \(months[day.month - 1]) \(digits(day.year, 4)) "
            + "\(time) \(clock.offsetText(at: date, colon: false))"
    }

    // MARK: Bodies

    /// RFC 2045, 6.7: lines of at most 76 characters; line breaks of the text stay line breaks.
    private func quotedPrintable(_ text: String) -> String {
        var output: [UInt8] = []
        var width = 0
        var bytes = Array(text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").utf8)
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        func put(_ encoded: [UInt8]) {
            if width + encoded.count > 75 {
                output += [UInt8(ascii: "="), 13, 10]
                width = 0
            }
            output += encoded
            width += encoded.count
        }
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        for (index, byte) in bytes.enumerated() {
            let isLast = bytes[index + 1 < bytes.count ? index + 1 : index] == UInt8(ascii: "\n")
            switch byte {
            case UInt8(ascii: "\n"):
                output += [13, 10]
                width = 0
            // A blank at the end of a line would be lost, and a point alone in one would end the message.
            case 0x20 where !isLast, 0x09 where !isLast, 0x21...0x3C, 0x3E...0x7E:
                if byte == UInt8(ascii: "."), width == 0 { fallthrough }
                put([byte])
            default:
                put([UInt8(ascii: "="), hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]])
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

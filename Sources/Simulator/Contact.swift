internal import Basics
internal import Catalog
internal import Rules

/// How a customer can be reached.
struct Contact {
    var id: Int64
    var addresses: [Channel: String]
    var preferred: Channel?
    var isErased: Bool
    var timeZone: String?
    var language: LanguageTag?

    /// The address in the form in which it is compared and sent to; nil where it cannot be one.
    func usableAddress(on channel: Channel) -> String? {
        addresses[channel].flatMap { Self.usable($0, on: channel) }
    }

    /// The same of any address.
    static func usable(_ address: String, on channel: Channel) -> String? {
        switch channel {
        case .email: isUsableEmail(address) ? lowercasedASCII(address) : nil
        case .sms: address.utf8.count(where: { (48...57).contains($0) }) >= 7 ? address : nil
        case .wecom: address.allSatisfy(\.isWhitespace) ? nil : address
        }
    }

    /// As SQLite's lower(): letters beyond ASCII stay.
    private static func lowercasedASCII(_ text: String) -> String {
        String(decoding: text.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}

extension Contact {
    private static let fields: [Field] = {
        let names =
            ["preferred_channel", "erased_at", "time_zone", "language"]
            + Channel.allCases.map(\.addressField)
        return names.compactMap { name in customerColumns.first { $0.name == name } }
    }()

    /// Reads how a customer can be reached at an instant.
    init(_ id: Int64, in data: any CustomerData, at time: Int64) throws {
        let values = try data.values(Self.fields, of: id) ?? Self.fields.map { _ in .null }
        func text(_ place: Int) -> String? {
            if case .text(let text) = values[place] { text } else { nil }
        }
        self.id = id
        preferred = text(0).flatMap(Channel.init(rawValue:))
        if case .integer(let erased) = values[1] { isErased = erased <= time } else { isErased = false }
        timeZone = text(2)
        language = text(3).flatMap { LanguageTag(ofLocale: $0) }
        addresses = [:]
        for (place, channel) in Channel.allCases.enumerated() { addresses[channel] = text(4 + place) }
    }
}

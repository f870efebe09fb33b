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
            Channel.allCases.map(\.addressField) + [
                "preferred_channel", "erased_at", "time_zone", "language",
            ]
        return names.compactMap { name in customerColumns.first { $0.name == name } }
    }()

    /// Reads how a customer can be reached.
    init(_ id: Int64, in data: any CustomerData) throws {
        let values = try data.values(Self.fields, of: id) ?? []
        var texts: [String: String] = [:]
        for (field, value) in zip(Self.fields, values) {
            if case .text(let text) = value { texts[field.name] = text }
        }
        self.id = id
        addresses = Dictionary(
            uniqueKeysWithValues: Channel.allCases.compactMap { channel in
                texts[channel.addressField].map { (channel, $0) }
            })
        preferred = texts["preferred_channel"].flatMap(Channel.init(rawValue:))
        timeZone = texts["time_zone"]
        language = texts["language"].flatMap { LanguageTag(ofLocale: $0) }
        isErased = zip(Self.fields, values).contains { $0.0.name == "erased_at" && $0.1 != .null }
    }
}

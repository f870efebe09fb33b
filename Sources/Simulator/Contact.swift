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
    func usableAddress(on channel: Channel, by rules: ChannelRules? = nil) throws -> String? {
        guard let address = addresses[channel],
            case .usable(let sent) = try Self.verdict(on: address, channel, by: rules)
        else { return nil }
        return sent
    }

    /// Whether an address can be written to: by the rules of a plugin where it has some, else by those of the program.
    ///
    /// - Throws: the error of the plugin.
    static func verdict(
        on address: String, _ channel: Channel, by rules: ChannelRules?
    ) throws -> ChannelRules.Verdict {
        if let verdict = try rules?.verdict(on: address) { return verdict }
        let isUsable =
            switch channel {
            case .email: isUsableEmail(address)
            case .sms: address.utf8.count(where: { (48...57).contains($0) }) >= 7
            case .wecom: !address.allSatisfy(\.isWhitespace)
            }
        return isUsable ? .usable(recorded(address, on: channel)) : .refused(nil)
    }

    /// An address as the store compares it.
    static func recorded(_ address: String, on channel: Channel) -> String {
        channel == .email ? lowercasedASCII(address) : address
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

public import Catalog
internal import Diagnostics
internal import LuaRuntime

/// What a plugin decides on a channel in place of the program: which addresses can be written to, and how a text is written,
/// counted and paid. What the plugin leaves out stays as the program has it.
public struct ChannelRules {
    private let host: RuleHost
    private let provision: Provision

    /// The most parts that a message can have, and the highest cost of one.
    private static let limit = 1_000_000.0

    fileprivate init(_ provision: Provision, _ host: RuleHost) {
        self.provision = provision
        self.host = host
    }

    /// Whether an address can be written to.
    public enum Verdict: Sendable, Equatable {
        /// It can, written like this.
        case usable(String)
        /// It cannot, with the reason where one is known.
        case refused(String?)
    }

    /// What becomes of a text.
    enum Length {
        /// It goes out in so many parts.
        case parts(Int)
        /// It is too long, for this reason.
        case tooLong(String)
    }

    /// Whether the plugin says which addresses can be written to.
    public var checksAddresses: Bool { provision.function("address") != nil }

    /// Whether the plugin says what messages cost.
    public var countsCost: Bool { provision.function("cost") != nil }

    /// Whether an address can be written to; nil where the plugin does not say.
    ///
    /// - Throws: the plugin's error as a ``Diagnostic``, here and below.
    public func verdict(on address: String) throws -> Verdict? {
        guard let function = provision.function("address") else { return nil }
        let (value, reason) = try host.callForTwo(function, .value(.text(address)))
        switch (value, reason) {
        case (.text(let address), _) where !address.isEmpty: return .usable(address)
        case (.missing, .text(let reason)): return .refused(reason)
        case (.missing, .missing): return .refused(nil)
        default: throw wrong("address", "the address as a text, or nothing and the reason", value)
        }
    }

    /// A text as it is sent in a message of a kind.
    func text(_ text: String, _ kind: Campaign.Kind) throws -> String {
        guard let function = provision.function("format") else { return text }
        let value = try host.call(function, .value(.text(text)), .value(.text(kind.rawValue)))
        guard case .text(let formatted) = value else {
            throw wrong("format", "the text as it is sent", value)
        }
        return formatted
    }

    /// In how many parts a text goes out, as it is sent; nil where the plugin does not say.
    func length(of text: String) throws -> Length? {
        guard let function = provision.function("parts") else { return nil }
        let (value, reason) = try host.callForTwo(function, .value(.text(text)))
        switch (value, reason) {
        case (.missing, .text(let reason)): return .tooLong(reason)
        case (.integer, _), (.number, _):
            let count = value.number ?? 0
            if count >= 1, count <= Self.limit, let parts = Int(exactly: count) { return .parts(parts) }
        default: break
        }
        throw wrong("parts", "a whole number from 1, or nothing and the reason", value)
    }

    /// What a message in so many parts to an address costs, in major units of the currency; nil where the plugin does not
    /// say.
    public func cost(ofParts parts: Int, to address: String) throws -> Double? {
        guard let function = provision.function("cost") else { return nil }
        let value = try host.call(function, .value(.integer(Int64(parts))), .value(.text(address)))
        guard let cost = value.number, (0...Self.limit).contains(cost) else {
            throw wrong("cost", "an amount from 0 to 1,000,000", value)
        }
        return cost
    }

    /// Refuses a channel that the program does not have.
    static func check(_ name: String, _ settings: Settings) throws {
        guard Channel(rawValue: name) == nil else { return }
        let known = Channel.allCases.map(\.rawValue).joined(separator: ", ")
        throw LuaError(
            "there is no channel '\(name)'", at: settings.location,
            hint: "plugins decide on \(known), and add no others")
    }

    private func wrong(_ key: String, _ expected: String, _ got: LuaValue) -> Diagnostic {
        LuaError(
            "'\(key)' of the channel '\(provision.name)' of plugin '\(provision.plugin)' gives \(expected), got \(host.state.described(got))",
            at: provision.location
        ).diagnostic
    }
}

extension RuleHost {
    /// What a plugin decides on a channel; nil where none does.
    public func channelRules(_ channel: Channel) -> ChannelRules? {
        provision(.channel, channel.rawValue).map { ChannelRules($0, self) }
    }
}

extension LuaValue {
    fileprivate var number: Double? {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: nil
        }
    }
}

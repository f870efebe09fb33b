internal import Basics
internal import Catalog
internal import Foundation
internal import Messages

/// Where the links lead that a message has for itself, as `links` of `workspace.lua` says.
///
/// `{token}` in an address stands for the message, `{url}` for the page behind a tracked link.
public struct MessageLinks: Sendable, Hashable {
    /// The page where the customer unsubscribes: `unsubscribe_url` in templates.
    public var unsubscribe: String?
    /// The page that shows the message: `view_in_browser_url` in templates.
    public var view: String?
    /// What counts a click and leads on to the page that was meant.
    public var track: String?

    /// The names in `workspace.lua`, and what an address must have.
    public static let names: [(name: String, marks: [String])] = [
        ("unsubscribe", ["{token}"]), ("view", ["{token}"]), ("track", ["{token}", "{url}"]),
    ]

    /// No links.
    public init() {}

    /// The link by its name in `workspace.lua`.
    public subscript(name: String) -> String? {
        get {
            switch name {
            case "unsubscribe": unsubscribe
            case "view": view
            case "track": track
            default: nil
            }
        }
        set {
            switch name {
            case "unsubscribe": unsubscribe = newValue
            case "view": view = newValue
            case "track": track = newValue
            default: break
            }
        }
    }
}

/// The one message that links are made for.
struct MessageIdentity: Sendable {
    var campaign: String?
    var template: String
    var channel: Channel
    var customer: Int64

    /// Stands for the message in links. It is a hash, which anybody can make, and no secret that a server could trust.
    var token: String {
        var hash = StableHash("link", campaign ?? "", template, channel.rawValue)
        hash.combine(customer)
        return String(hash.hex.prefix(16))
    }

    /// A link of the workspace, for this message.
    func address(_ link: String) -> String {
        // Each message asks for it, and no other brace than a mark's stands in a link.
        var filled = ""
        var rest = link[...]
        while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
            filled += rest[..<open]
            rest = rest[open...]
            if rest.hasPrefix("{token}") {
                filled += token
                rest = rest.dropFirst("{token}".count)
            } else {
                filled += "{"
                rest = rest.dropFirst()
            }
        }
        return filled + rest
    }
}

extension RenderedMessage {
    /// The page where the customer unsubscribes; nil where the workspace has none.
    public var unsubscribeURL: String? { links.unsubscribe.flatMap { identity?.address($0) } }

    /// The page that shows the message; nil where the workspace has none.
    public var viewURL: String? { links.view.flatMap { identity?.address($0) } }

    /// The message as a launch sends it: its `https` links, but for those to unsubscribe and to see it in a browser, lead
    /// over the page that counts clicks. Of a message without HTML, and where the workspace has no such page, it is the same.
    public var tracked: RenderedMessage {
        guard let track = links.track, let identity, let html else { return self }
        let own = [unsubscribeURL, viewURL]
        let counting = identity.address(track)
        func address(_ target: String) -> String? {
            guard !own.contains(target) else { return nil }
            return counting.replacing(
                "{url}", with: target.addingPercentEncoding(withAllowedCharacters: .unreserved) ?? "")
        }
        var message = self
        message.html = replacingLinks(inHTML: html, with: address)
        message.writtenText = writtenText.map { replacingLinks(inText: $0, with: address) }
        return message
    }
}

extension CharacterSet {
    /// What stands for itself everywhere in a URL (RFC 3986, section 2.3).
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

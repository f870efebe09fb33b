public import Basics
public import Catalog
internal import Diagnostics

/// What the path of a template file says: `templates/NAME[.CHANNEL][.LANGUAGE].liquid`.
///
/// A name may have folders in it, but no dot. Files in `templates/layouts` and `templates/partials` are pieces that
/// templates are put together from; they are written for every channel.
public struct TemplateName: Sendable, Hashable {
    /// What a file is for.
    public enum Kind: String, Sendable, CaseIterable {
        /// A message.
        case message
        /// What stands around messages.
        case layout
        /// A piece of messages and layouts.
        case partial

        /// The folder in `templates` whose files are pieces of this kind; nil for messages, which are in all others.
        var folder: String? {
            switch self {
            case .message: nil
            case .layout: "layouts"
            case .partial: "partials"
            }
        }
    }

    /// What the file is for.
    public let kind: Kind
    /// The name that scripts and templates use: `win-back`, `b2b/win-back`.
    public let name: String
    /// The channel in the file's name; nil where it has none.
    public let channel: Channel?
    /// The language in the file's name; nil where it has none.
    public let language: LanguageTag?

    /// Reads a path such as `templates/win-back.sms.zh-TW.liquid`.
    ///
    /// - Throws: an error that names what stands in the file's name and is neither a channel nor a language.
    public init(path: String) throws(TemplateFileError) {
        var folders = path.split(separator: "/").map(String.init)
        var parts = folders.removeLast().split(separator: ".", omittingEmptySubsequences: false).map(
            String.init)
        if parts.last == "liquid" { parts.removeLast() }
        if folders.first == "templates" { folders.removeFirst() }
        kind = Kind.allCases.first { $0.folder != nil && $0.folder == folders.first } ?? .message
        if kind != .message { folders.removeFirst() }
        name = (folders + [parts.removeFirst()]).joined(separator: "/")
        var channel: Channel?
        if kind == .message, let found = parts.first.flatMap(Channel.init(rawValue:)) {
            channel = found
            parts.removeFirst()
        }
        self.channel = channel
        // `sms` is a language too, but whoever writes it means the channel, in capitals too.
        if let other = parts.first, Channel(rawValue: other.lowercased()) != nil,
            kind != .message || channel == nil
        {
            throw TemplateFileError(
                kind: .unknownSuffix(other, of: kind), location: SourceLocation(file: path, line: 1),
                token: "")
        }
        language = parts.first.flatMap { LanguageTag($0) }.flatMap { $0.isKnown ? $0 : nil }
        if language != nil { parts.removeFirst() }
        if let other = parts.first {
            throw TemplateFileError(
                kind: .unknownSuffix(other, of: kind),
                location: SourceLocation(file: path, line: 1), token: "")
        }
    }
}

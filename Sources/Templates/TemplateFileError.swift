public import Catalog
public import Diagnostics

/// What is wrong with a template file before its Liquid is read: its name or its front matter.
public struct TemplateFileError: Error, Sendable, Hashable {
    /// What happened.
    public enum Kind: Sendable, Hashable {
        /// Something in the file's name is neither a channel nor a language.
        case unknownSuffix(String, of: TemplateName.Kind)
        /// A key that is none of the known ones.
        case unknownKey(String, of: TemplateName.Kind)
        /// A key for the second time; the first is in the given line.
        case repeatedKey(String, firstLine: Int)
        /// A line that is no `key: value`.
        case badLine
        /// A key without a value.
        case emptyValue(key: String)
        /// A quoted value without its second quotation mark.
        case unclosedQuote(key: String)
        /// The `---` that begins the front matter has no second one.
        case unclosedFrontMatter
        /// A `channel` that is none of the known ones.
        case unknownChannel(String)
        /// A `language` that is no known language.
        case unknownLanguage(String)
        /// A `format` that is none of the known ones.
        case unknownFormat(String)
        /// The front matter says something else than the file's name.
        case otherThanFile(key: String, String, file: String)
        /// A key that means nothing for messages of a channel.
        case notOnChannel(key: String, Channel)
        /// A `layout` around plain text.
        case layoutOfText
        /// A value that must be a list.
        case notAList(key: String)
        /// A value of `require` that is no name.
        case badRequirement(String)
        /// A `max_parts` that is no number of parts.
        case badMaxParts
        /// A `reply_to` that is no address.
        case badReplyTo
        /// A line `--- text ---` in what is text already, or in a piece.
        case textOfText(TemplateName.Kind)
        /// A second line `--- text ---`.
        case secondText(firstLine: Int)
    }

    /// What happened.
    public let kind: Kind
    /// Where the wrong word begins.
    public let location: SourceLocation
    /// The wrong word as it stands in the file.
    public let token: String
}

extension TemplateFileError: Diagnosable {
    /// The words for the error, with the next step.
    public var diagnostic: Diagnostic {
        Diagnostic(message, at: location, token: token, hint: hint)
    }

    private var message: String {
        switch kind {
        case .unknownSuffix(let text, .message) where channels.contains(text):
            "the channel '\(text)' stands at the wrong place in the name of a template"
        case .unknownSuffix(let text, .message):
            "'\(text)' in the name of a template is neither a channel nor a language"
        case .unknownSuffix(let text, let kind): "'\(text)' in the name of a \(kind.rawValue) is no language"
        case .unknownKey(let key, .message): "unknown front matter key '\(key)'"
        case .unknownKey(let key, let kind): "a \(kind.rawValue) has no front matter key '\(key)'"
        case .repeatedKey(let key, _): "the front matter key '\(key)' stands twice"
        case .badLine: "expected 'key: value' in the front matter"
        case .emptyValue(let key): "the front matter key '\(key)' has no value"
        case .unclosedQuote(let key): "the value of '\(key)' has no closing quotation mark"
        case .unclosedFrontMatter: "the front matter has no closing '---'"
        case .unknownChannel(let name): "unknown channel '\(name)'"
        case .unknownLanguage(let name): "unknown language '\(name)'"
        case .unknownFormat(let name): "unknown format '\(name)'"
        case .otherThanFile(let key, let value, let other):
            "the \(key) is '\(value)' here, but '\(other)' in the file's name"
        case .notOnChannel(let key, let channel):
            "'\(key)' means nothing for a message by \(channel.rawValue)"
        case .layoutOfText: "'layout' means nothing for plain text"
        case .notAList(let key): "'\(key)' takes a list"
        case .badRequirement(let text):
            text.isEmpty ? "'require' lacks a name" : "'require' takes names, got '\(text)'"
        case .badMaxParts: "'max_parts' takes a whole number from 1 to 255"
        case .badReplyTo: "'reply_to' takes an e-mail address"
        case .textOfText(.message): "a message that is plain text has no second text"
        case .textOfText(let kind): "a \(kind.rawValue) has no text of its own"
        case .secondText: "'\(TemplateFile.textFence)' stands twice"
        }
    }

    private var hint: String {
        switch kind {
        case .unknownSuffix(let text, .message) where channels.contains(text):
            "write it once, before the language: \(pattern(of: .message))"
        case .unknownSuffix(let text, let kind):
            nearestName(to: text, in: kind == .message ? channels : []).map { "did you mean '\($0)'?" }
                ?? "write \(pattern(of: kind)) with a language such as zh or pt-BR, and no other dot"
        case .unknownKey(let key, let kind):
            suggestion(key, TemplateFile.keys.filter { kind == .message || $0.isForPieces }.map(\.name))
        case .repeatedKey(_, let line): "remove it, or the one in line \(line)"
        case .badLine: "write, for example, \(TemplateFile.keys[0].example)"
        case .emptyValue(let key): "write, for example, \(example(of: key)), or remove it"
        case .unclosedQuote: "end the line with the mark that it begins with"
        case .unclosedFrontMatter: "add a line '---' after the last key"
        case .unknownChannel(let name): suggestion(name, channels)
        case .unknownLanguage: "write a tag such as zh, zh-Hant or pt-BR"
        case .unknownFormat(let name): suggestion(name, TemplateFile.Format.allCases.map(\.rawValue))
        case .otherThanFile: "remove it, or rename the file"
        case .notOnChannel(let key, let channel):
            "remove it; \(key == "max_parts" ? "sms has it" : "e-mails have it"), and this is a template for \(channel.rawValue)"
        case .layoutOfText: "remove it, or set format: html"
        case .notAList(let key): "write, for example, \(example(of: key))"
        case .badRequirement: "write, for example, \(example(of: "require"))"
        case .badMaxParts: "write, for example, \(example(of: "max_parts"))"
        case .badReplyTo:
            "write, for example, \(example(of: "reply_to")), or an output such as {{ customer.owner_email }}"
        case .textOfText: "remove the line '\(TemplateFile.textFence)' and what follows it"
        case .secondText(let line): "remove it, or the one in line \(line)"
        }
    }

    private var channels: [String] { Channel.allCases.map(\.rawValue) }

    private func pattern(of kind: TemplateName.Kind) -> String {
        kind.folder.map { "templates/\($0)/NAME[.LANGUAGE].liquid" }
            ?? "templates/NAME[.CHANNEL][.LANGUAGE].liquid"
    }

    private func example(of key: String) -> String {
        TemplateFile.keys.first { $0.name == key }?.example ?? "\(key): …"
    }

    private func suggestion(_ name: String, _ known: [String]) -> String {
        nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
            ?? "known are: \(known.joined(separator: ", "))"
    }
}

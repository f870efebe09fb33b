internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Messages
internal import Templates

/// The templates of a workspace: messages by name, channel and language, and the pieces they are put together from
/// (``Templates/TemplateName``).
///
/// All are compiled when they are added, so that a mistake shows before a run begins; partials once for each place of HTML
/// that a template names them at. Texts in several languages are in `templates/locales/LANGUAGE.json`.
final class TemplateLibrary {
    /// The file for each language; nil is for every one.
    typealias Variants<File> = [LanguageTag?: File]

    unowned let host: RuleHost
    private let language: LanguageTag?
    var messages: [String: [Channel: Variants<MessageTemplate>]] = [:]
    /// The same by their paths, under which one is asked for whatever its language.
    var messagesByPath: [String: MessageTemplate] = [:]
    var pieces: [TemplateName.Kind: [String: Variants<TemplateFile>]] = [:]
    var layouts: [String: LuaFunction] = [:]
    var boundPartials: [BoundPartial: LuaFunction] = [:]
    /// What the templates ask for.
    var uses: Set<PartialUse> = []
    /// The texts of all files, by path.
    var texts: [String: String] = [:]
    /// The message that is being written.
    var current: MessageTemplate?
    let bind: LuaFunction
    let makeScope: LuaFunction
    let words: MessageWords
    var compiler: TemplateCompiler

    struct BoundPartial: Hashable {
        var use: PartialUse
        var isMarkdown: Bool
    }

    /// A library whose templates are looked for in `language` where there is none in a customer's own.
    init(_ host: RuleHost, language: LanguageTag?) throws {
        self.host = host
        self.language = language
        compiler = TemplateCompiler(host.messageOptions, host.templateCache, host.liquidAdditions)
        let runtime = try host.state.loadTrusted(liquidRuntimeSource, name: "Liquid helpers")
        let setUp = try host.state.loadTrusted(
            String(decoding: PackageResources.messages_lua, as: UTF8.self), name: "messages.lua")
        words = MessageWords(host.clock, language: language)
        let partial = host.makeFunction("partial") { call, host in
            let (name, form, isMarkdown) = try call.arguments(.text("name"), .text("form"), .any("markdown"))
            var key = BoundPartial(use: PartialUse(name: name, form: form), isMarkdown: false)
            if case .boolean(true) = isMarkdown { key.isMarkdown = true }
            return try host.templates().partial(key, call)
        }
        let guards = LuaTable(fields: Markdown.guards.map { ($0.character, .text($0.guarded)) })
        let functions = try host.state.callForTwo(
            setUp, .value(.function(runtime)), .value(.table(words.functions(host))),
            .value(.function(partial)),
            .value(.table(guards)), .value(.text(Markdown.edge)))
        guard case (.function(let bind), .function(let makeScope)) = functions else {
            throw LuaError("the Liquid helpers did not load")
        }
        self.bind = bind
        self.makeScope = makeScope
    }

    /// The channels that a template of that name is written for, in the order of ``Catalog/Channel``.
    func channels(of name: String) -> [Channel] {
        if let message = messagesByPath[name] { return [message.file.channel] }
        return Channel.allCases.filter { messages[name]?[$0] != nil }
    }

    /// Whether a customer who reads `language` can get a template by a channel.
    func isWritten(_ name: String, _ channel: Channel, for language: LanguageTag?) -> Bool {
        message(name, channel, language) != nil
    }

    /// Checks that a file that was loaded is a message.
    func checkMessage(at path: String) throws {
        let name = try TemplateName(path: path)
        guard name.kind == .message else {
            throw LuaError(
                "\(path) is a \(name.kind.rawValue), and no message of its own",
                hint: "render a template that uses it")
        }
    }

    /// Whether a template was read from that path.
    func has(_ path: String) -> Bool {
        texts[path] != nil
    }

    /// The texts that templates name and that a language of the workspace lacks.
    var missingTranslations: [MessageProblem] { words.missingTranslations }

    /// Checks what a script asks for before anything is decided on it.
    func check(_ name: String, _ channel: Channel?) throws {
        guard let written = messages[name] else {
            throw RuleError.unknown(what: "template", name: name, at: nil, known: Array(messages.keys))
        }
        if let channel, written[channel] == nil {
            throw LuaError(
                "the template '\(name)' is not written for \(channel.rawValue)",
                hint: "add templates/\(name).\(channel.rawValue).liquid")
        }
    }

    func message(_ name: String, _ channel: Channel, _ language: LanguageTag?) -> MessageTemplate? {
        messagesByPath[name] ?? messages[name]?[channel].flatMap { pick($0, for: language) }
    }

    /// The file in a language or a wider one (RFC 4647, section 3.4), else the same of the workspace's language, else the
    /// file for every language.
    func pick<File>(_ variants: Variants<File>, for language: LanguageTag?) -> File? {
        if variants.count == 1, let file = variants[nil] { return file }
        for tag in (language?.fallbacks ?? []) + (self.language?.fallbacks ?? []) {
            if let file = variants[tag] { return file }
        }
        return variants[nil]
    }

    /// Where a word first stands in a template; its first line where it does not.
    func place(of word: String?, in name: String, _ channel: Channel, _ language: LanguageTag?)
        -> SourceLocation?
    {
        guard let message = message(name, channel, language) else { return nil }
        let lines = lines(of: message.file.path)
        for (index, line) in lines.enumerated() {
            guard let word, let column = columnOfWord(word, in: line) else { continue }
            return SourceLocation(file: message.file.path, line: index + 1, column: column)
        }
        return SourceLocation(file: message.file.path, line: 1)
    }

    /// The lines as places count them: other line breaks of Unicode are characters in them.
    func lines(of path: String) -> [Substring] {
        (texts[path] ?? "").unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map(Substring.init)
    }
}

internal import Basics
public import Catalog
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
    private typealias Variants<File> = [LanguageTag?: File]

    private unowned let host: RuleHost
    private let language: LanguageTag?
    private var messages: [String: [Channel: Variants<MessageTemplate>]] = [:]
    /// The same by their paths, under which one is asked for whatever its language.
    private var messagesByPath: [String: MessageTemplate] = [:]
    private var pieces: [TemplateName.Kind: [String: Variants<TemplateFile>]] = [:]
    private var layouts: [String: LuaFunction] = [:]
    private var boundPartials: [BoundPartial: LuaFunction] = [:]
    /// What the templates ask for.
    private var uses: Set<PartialUse> = []
    /// The texts of all files, by path.
    private var texts: [String: String] = [:]
    /// The message that is being written.
    private var current: MessageTemplate?
    private let bind: LuaFunction
    private let makeScope: LuaFunction
    private let words: MessageWords
    private var compiler: TemplateCompiler

    private struct BoundPartial: Hashable {
        var use: PartialUse
        var isMarkdown: Bool
    }

    /// A library whose templates are looked for in `language` where there is none in a customer's own.
    init(_ host: RuleHost, language: LanguageTag?) throws {
        self.host = host
        self.language = language
        compiler = TemplateCompiler(host.messageOptions, host.templateCache)
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

    // MARK: Loading

    /// Reads and compiles the files of a workspace.
    func add(_ files: [ScriptFile]) throws {
        let files = files.sorted { $0.path < $1.path }
        for file in files where file.isTranslation { try words.add(file) }
        let read = try files.filter { !$0.isTranslation }.map { file in
            (file: try TemplateFile(path: file.path, source: file.text), text: file.text)
        }
        for (file, text) in read { texts[file.path] = text }
        for (file, _) in read where file.name.kind != .message {
            let variants = pieces[file.name.kind]?[file.name.name] ?? [:]
            if let other = variants[file.language] { throw duplicate(file, other.path) }
            pieces[file.name.kind, default: [:]][file.name.name, default: [:]][file.language] = file
            // Another message may use it tomorrow.
            if file.name.kind == .partial {
                words.note(try partial(file, form: "text"), in: file.path)
            } else {
                let compiled = try compiled(.body, of: file)
                words.note(compiled, in: file.path)
                guard compiled?.layout == nil else {
                    throw LuaError(
                        "a layout has no layout of its own",
                        at: SourceLocation(file: file.path, line: file.bodyLine), hint: "remove the tag")
                }
            }
        }
        for (file, _) in read where file.name.kind == .message {
            let variants = messages[file.name.name]?[file.channel] ?? [:]
            if let other = variants[file.language] { throw duplicate(file, other.file.path) }
            let message = try message(file)
            messages[file.name.name, default: [:]][file.channel, default: [:]][file.language] = message
            messagesByPath[file.path] = message
        }
        try checkPartials()
    }

    private func duplicate(_ file: TemplateFile, _ other: String) -> RuleError {
        let what = file.name.kind == .message ? "template" : file.name.kind.rawValue
        return .duplicate(
            what: what, name: file.name.name, at: SourceLocation(file: file.path, line: 1),
            first: SourceLocation(file: other, line: 1))
    }

    private func message(_ file: TemplateFile) throws -> MessageTemplate {
        var values: [String: LuaFunction] = [:]
        for key in ["subject", "preheader", "from_name", "reply_to"] {
            guard let value = try compiled(.value(key), of: file) else { continue }
            words.note(value, in: file.path)
            values[key] = try bound(value)
        }
        let body = try whole(.body, of: file)
        words.note(body, in: file.path)
        let text = try compiled(.text, of: file)
        words.note(text, in: file.path)
        return MessageTemplate(
            file: file, values: values, body: try bound(body, isMarkdown: file.format == .markdown),
            text: try text.map { try bound($0) },
            layout: try layoutName(file, body.layout).map { try layout($0, of: file) })
    }

    /// What a `layout` tag says goes before the front matter, for `{% layout none %}` is said on purpose.
    private func layoutName(_ file: TemplateFile, _ tag: TemplateLayout?) throws -> TemplateFile.Mention? {
        guard let tag else { return file.layout }
        let place = SourceLocation(file: file.path, line: file.bodyLine)
        guard case .named(let name) = tag else { return nil }
        guard file.format != .text else {
            throw LuaError("'layout' means nothing for plain text", at: place, hint: "remove it")
        }
        return TemplateFile.Mention(name: name, location: place)
    }

    /// The layout of a message, in the message's language.
    private func layout(_ name: TemplateFile.Mention, of message: TemplateFile) throws
        -> MessageTemplate.Layout
    {
        guard let variants = pieces[.layout]?[name.name] else {
            throw RuleError.unknown(
                what: "layout", name: name.name, at: name.location,
                known: Array(pieces[.layout, default: [:]].keys))
        }
        guard let file = pick(variants, for: message.language) else {
            throw LuaError(
                "the layout '\(name.name)' is not there in the language of this template", at: name.location,
                hint: "add templates/layouts/\(name.name).liquid for every language")
        }
        if let known = layouts[file.path] { return (file.path, known) }
        guard try whole(.body, of: file).outline.reads.contains(where: { $0.path == "content_for_layout" })
        else {
            throw LuaError(
                "the layout '\(name.name)' prints no message",
                at: SourceLocation(file: file.path, line: file.bodyLine),
                hint: "put {{ content_for_layout }} where the message stands")
        }
        let render = try bound(whole(.layout, of: file))
        layouts[file.path] = render
        return (file.path, render)
    }

    /// Gives a partial in the language of the message, or nothing and the names that there are.
    private func partial(_ asked: BoundPartial, _ call: HostCall) throws -> Int32 {
        guard let name = asked.use.name, let variants = pieces[.partial]?[name],
            let file = pick(variants, for: current?.file.language)
        else {
            _ = call.returns(.missing)
            return call.returns(.text(pieces[.partial, default: [:]].keys.sorted().joined(separator: ", ")))
                + 1
        }
        var key = asked
        key.use = PartialUse(name: file.path, form: asked.use.form)
        if let known = boundPartials[key] { return call.returns(.function(known)) }
        let made = try bound(
            try partial(file, form: key.use.form), isMarkdown: key.isMarkdown, isPartial: true)
        boundPartials[key] = made
        return call.returns(.function(made))
    }

    /// Compiles each partial that a template names where it stands there; what is not there is an error only when it is
    /// rendered.
    private func checkPartials() throws {
        var checked: Set<PartialUse> = []
        while let use = uses.popFirst() {
            guard let name = use.name, checked.insert(use).inserted else { continue }
            for file in (pieces[.partial]?[name] ?? [:]).values.sorted(by: { $0.path < $1.path }) {
                uses.formUnion(try partial(file, form: use.form).partials)
            }
        }
    }

    private func partial(_ file: TemplateFile, form: String) throws -> CompiledTemplate {
        try whole(.partial(form: form), of: file)
    }

    private func compiled(_ part: TemplateFile.Part, of file: TemplateFile) throws -> CompiledTemplate? {
        try compiler.compiled(part, of: file, source: texts[file.path] ?? "")
    }

    /// A part that every file has.
    private func whole(_ part: TemplateFile.Part, of file: TemplateFile) throws -> CompiledTemplate {
        guard let compiled = try compiled(part, of: file) else {
            throw LuaError("the template \(file.path) has no body")
        }
        return compiled
    }

    private func bound(
        _ template: CompiledTemplate, isMarkdown: Bool = false, isPartial: Bool = false
    ) throws -> LuaFunction {
        uses.formUnion(template.partials)
        let chunk = try host.state.loadTrusted(
            template.luaSource, from: String(template.chunkName.dropFirst()))
        guard
            case .function(let render) = try host.state.call(
                bind, .value(.function(chunk)), .value(.boolean(isMarkdown)), .value(.boolean(isPartial)))
        else { throw LuaError("the template \(template.chunkName.dropFirst()) did not load") }
        return render
    }

    // MARK: What there is

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

    private func message(_ name: String, _ channel: Channel, _ language: LanguageTag?) -> MessageTemplate? {
        messagesByPath[name] ?? messages[name]?[channel].flatMap { pick($0, for: language) }
    }

    /// The file in a language or a wider one (RFC 4647, section 3.4), else the same of the workspace's language, else the
    /// file for every language.
    private func pick<File>(_ variants: Variants<File>, for language: LanguageTag?) -> File? {
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
    private func lines(of path: String) -> [Substring] {
        (texts[path] ?? "").unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map(Substring.init)
    }

    // MARK: Writing

    /// Writes the message for the customer whose turn it is, or says what holds it back. A template is asked for by its
    /// name, or one file by its path.
    func render(
        _ name: String, _ channel: Channel, for language: LanguageTag?, _ content: MessageContent,
        campaign: String?, _ row: LuaRow, customer: Int64
    ) throws -> Rendering {
        let identity = MessageIdentity(
            campaign: campaign, template: messagesByPath[name]?.file.name.name ?? name, channel: channel,
            customer: customer)
        let rendering = try render(
            name, channel, language,
            [
                .row(row), content.values.map(LuaArgument.reference) ?? .value(.missing),
                .value(campaign.map(LuaValue.text) ?? .missing),
                .value(words.usesLinks ? .table(links(of: identity)) : .missing),
            ])
        guard case .written(var message) = rendering else { return rendering }
        message.identity = identity
        message.links = host.messageOptions.links
        return .written(message)
    }

    /// The links that a template may print.
    private func links(of identity: MessageIdentity) -> LuaTable {
        let links = host.messageOptions.links
        let values = zip(linkVariables, [links.unsubscribe, links.view])
        return LuaTable(
            fields: values.compactMap { name, link in link.map { (name, .text(identity.address($0))) } })
    }

    /// Writes the message with values that are given in place of a customer's.
    func render(
        _ name: String, _ channel: Channel, for language: LanguageTag?, with values: LuaArgument, isData: Bool
    ) throws -> Rendering {
        try render(
            name, channel, language,
            [
                .value(.missing), values, .value(.missing), .value(.missing),
                .value(.text(isData ? "ordered" : "plain")),
            ])
    }

    /// What the template sees, `messages.lua` makes of the arguments.
    private func render(
        _ name: String, _ channel: Channel, _ language: LanguageTag?, _ arguments: [LuaArgument]
    ) throws -> Rendering {
        if messagesByPath[name] == nil { try check(name, channel) }
        guard let message = message(name, channel, language) else {
            return .heldBack(.noLanguage, detail: missingLanguage(name, language))
        }
        return try write(
            message, try host.state.keep(makeScope, [message.ownLanguage] + arguments, within: .template))
    }

    private func write(_ message: MessageTemplate, _ scope: LuaReference) throws -> Rendering {
        current = message
        words.begin()
        if let missing = try missingRequirement(of: message, scope) {
            return .heldBack(.missingValue, detail: "\(missing.name) is missing (\(missing.location))")
        }
        var writer = MessageWriter(host, message, scope, makeScope)
        let rendering: Rendering
        do {
            rendering = try writer.write(words)
        } catch let error as LuaError {
            guard let reason = words.abortion else { throw marked(error) ?? error }
            rendering = .heldBack(.aborted, detail: reason)
        }
        guard host.messageOptions.notesBranches else { return rendering }
        let branches = compiler.branches(words.branches)
        switch rendering {
        case .written(var message):
            message.branches = branches
            return .written(message)
        case .heldBack(let reason, let detail, _):
            return .heldBack(reason, detail: detail, branches: branches)
        }
    }

    /// The error of a helper with the column and the words that its mark tells.
    private func marked(_ error: LuaError) -> Diagnostic? {
        guard let (message, mark) = PlaceMark.split(error.message) else { return nil }
        var diagnostic = error.diagnostic
        diagnostic.message = message
        diagnostic.token = nil
        guard let place = error.location, place.line == mark.line else { return diagnostic }
        diagnostic.location?.column = mark.column
        let lines = lines(of: place.file)
        if place.line <= lines.count {
            diagnostic.token = String(lines[place.line - 1].dropFirst(mark.column - 1).prefix(mark.length))
        }
        return diagnostic
    }

    private func missingLanguage(_ name: String, _ language: LanguageTag?) -> String {
        language.map { "'\(name)' is not written in \($0)" } ?? "'\(name)' has no file for every language"
    }

    /// The first of the values that a message needs and the customer lacks.
    private func missingRequirement(
        of message: MessageTemplate, _ scope: LuaReference
    ) throws -> TemplateFile.Mention? {
        guard !message.file.requirements.isEmpty else { return nil }
        let check: LuaFunction
        if let known = message.check {
            check = known
        } else {
            check = try bound(
                LiquidCompiler.compile(
                    requirementCheck(message.file.requirements), file: message.file.path,
                    firstLine: message.file.place(of: "require").line, escaping: .none))
            message.check = check
        }
        guard case .text(let text) = try host.state.call(check, .reference(scope), within: .template),
            let number = Int(text.prefix { $0 != " " })
        else { return nil }
        return message.file.requirements[number]
    }

    /// A path as Liquid reads it: names that are not ASCII stand in brackets.
    private func liquid(_ path: Substring) -> String {
        path.split(separator: ".").enumerated().map { place, name in
            guard name.utf8.allSatisfy({ $0 < 0x80 }) else { return "[\"\(name)\"]" }
            return place == 0 ? String(name) : ".\(name)"
        }.joined()
    }

    /// Liquid that prints the number of each value that is missing. A bare name is a value of content, or else the field
    /// of the customer; `false` is a value, a text of white space and an empty list are none.
    private func requirementCheck(_ requirements: [TemplateFile.Mention]) -> String {
        requirements.enumerated().map { number, requirement in
            var paths = [liquid(requirement.name[...])]
            if !requirement.name.contains("."), host.isField(requirement.name) {
                paths.append(liquid("customer.\(requirement.name)"))
            }
            let conditions = paths.map { "\($0) == blank and \($0) != false" }.joined(separator: " and ")
            return "{% if \(conditions) %}\(number) {% endif %}"
        }.joined()
    }
}

/// A message, compiled.
final class MessageTemplate {
    /// The path of a layout and its render function.
    typealias Layout = (path: String, render: LuaFunction)

    let file: TemplateFile
    let values: [String: LuaFunction]
    let body: LuaFunction
    let text: LuaFunction?
    let layout: Layout?
    /// The language, which goes before the customer's, as `messages.lua` takes it.
    let ownLanguage: LuaArgument
    /// Prints what is missing of the values required; made when the fields of customers are known.
    var check: LuaFunction?

    init(
        file: TemplateFile, values: [String: LuaFunction], body: LuaFunction,
        text: LuaFunction?, layout: Layout?
    ) {
        self.file = file
        self.values = values
        self.body = body
        self.text = text
        self.layout = layout
        ownLanguage = .value(file.language.map { .text($0.description) } ?? .missing)
    }
}

/// The names of templates and the channels that each is written for, without compiling them.
public func channelsByTemplate(_ files: [ScriptFile]) -> [String: [Channel]] {
    var found: [String: Set<Channel>] = [:]
    for file in files where !file.isTranslation {
        // What is wrong with a file is told when it is loaded.
        if let template = try? TemplateFile(path: file.path, source: file.text) {
            if template.name.kind == .message {
                found[template.name.name, default: []].insert(template.channel)
            }
        } else if let name = try? TemplateName(path: file.path), name.kind == .message {
            found[name.name, default: []].insert(name.channel ?? .email)
        }
    }
    return found.mapValues { channels in Channel.allCases.filter(channels.contains) }
}

extension ScriptFile {
    /// Whether the file holds texts in a language: `templates/locales/de.json`.
    fileprivate var isTranslation: Bool { path.hasSuffix(".json") }
}

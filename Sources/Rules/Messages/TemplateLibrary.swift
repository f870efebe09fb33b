public import Catalog
public import Diagnostics
internal import LuaRuntime
internal import Templates

/// The templates of a workspace: `templates/NAME.liquid` is written for e-mail unless its front matter says
/// otherwise, `templates/NAME.CHANNEL.liquid` for that channel; `templates/partials/NAME.liquid` is a partial for all of
/// them.
///
/// All are compiled when they are added, so that a mistake shows before a run begins; partials once for each place of HTML
/// that a template names them at. Texts in several languages are in `templates/locales/LANGUAGE.json`.
final class TemplateLibrary {
    private struct Entry {
        let path: String
        let text: String
        let body: LuaFunction
        let subject: LuaFunction?
        let preheader: LuaFunction?
    }

    private unowned let host: RuleHost
    private var entries: [String: [Channel: Entry]] = [:]
    private var partials: [String: ScriptFile] = [:]
    private var compiledPartials: [PartialUse: CompiledTemplate] = [:]
    /// What the templates ask for.
    private var uses: Set<PartialUse> = []
    private let bind: LuaFunction
    private let makeScope: LuaFunction
    private let words: MessageWords

    init(_ host: RuleHost) throws {
        self.host = host
        let runtime = try host.state.loadTrusted(liquidRuntimeSource, name: "Liquid helpers")
        let setUp = try host.state.loadTrusted(
            String(decoding: PackageResources.messages_lua, as: UTF8.self), name: "messages.lua")
        words = MessageWords(host.clock, language: host.language)
        let partial = host.makeFunction("partial") { call, host in
            let (name, form) = try call.arguments(.text("name"), .text("form"))
            return try host.templates().partial(name, form, call)
        }
        let functions = try host.state.callForTwo(
            setUp, .value(.function(runtime)), .value(.table(words.functions(host))),
            .value(.function(partial)))
        guard case (.function(let bind), .function(let makeScope)) = functions else {
            throw LuaError("the Liquid helpers did not load")
        }
        self.bind = bind
        self.makeScope = makeScope
    }

    /// Reads and compiles one file.
    func add(_ file: ScriptFile) throws {
        if let name = file.partialName {
            partials[name] = file
            words.note(try compiled(PartialUse(name: name, form: "text"), file), in: file.path)
            return
        }
        if file.isTranslation { return try words.add(file) }
        let (name, suffix) = file.templateName
        let template = try TemplateFile(name: name, path: file.path, source: file.text)
        let channel = template.frontMatter["channel"].flatMap(Channel.init(rawValue:)) ?? suffix
        if let other = entries[name]?[channel] {
            throw RuleError.duplicate(
                what: "template", name: name, at: SourceLocation(file: file.path, line: 1),
                first: SourceLocation(file: other.path, line: 1))
        }
        let body = try template.compiledBody(escaping: channel == .email ? .html : .none)
        let subject = try template.compiledValue(of: "subject")
        let preheader = try template.compiledValue(of: "preheader")
        for part in [subject, preheader, body] { part.map { words.note($0, in: file.path) } }
        entries[name, default: [:]][channel] = Entry(
            path: file.path, text: file.text, body: try bound(body),
            subject: try subject.map(bound), preheader: try preheader.map(bound))
    }

    /// Gives the chunk of a partial, or nothing and the names that there are.
    private func partial(_ name: String, _ form: String, _ call: HostCall) throws -> Int32 {
        guard let file = partials[name] else {
            _ = call.returns(.missing)
            return call.returns(.text(partials.keys.sorted().joined(separator: ", "))) + 1
        }
        let compiled = try compiled(PartialUse(name: name, form: form), file)
        return call.returns(.function(try loaded(compiled)))
    }

    /// Compiles each partial that a template names where it stands there; what is not there is an error only when it is
    /// rendered.
    func checkPartials() throws {
        while let use = uses.popFirst() {
            guard let name = use.name, let file = partials[name], compiledPartials[use] == nil else {
                continue
            }
            uses.formUnion(try compiled(use, file).partials)
        }
    }

    private func compiled(_ use: PartialUse, _ file: ScriptFile) throws -> CompiledTemplate {
        if let known = compiledPartials[use] { return known }
        let compiled = try LiquidCompiler.compile(partial: file.text, file: file.path, form: use.form)
        compiledPartials[use] = compiled
        return compiled
    }

    private func loaded(_ template: CompiledTemplate) throws -> LuaFunction {
        try host.state.loadTrusted(template.luaSource, from: String(template.chunkName.dropFirst()))
    }

    private func bound(_ template: CompiledTemplate) throws -> LuaFunction {
        uses.formUnion(template.partials)
        let chunk = try loaded(template)
        guard case .function(let render) = try host.state.call(bind, .value(.function(chunk))) else {
            throw LuaError("the template \(template.chunkName.dropFirst()) did not load")
        }
        return render
    }

    /// The channels that a template of that name is written for, in the order of ``Catalog/Channel``.
    func channels(of name: String) -> [Channel] {
        Channel.allCases.filter { entries[name]?[$0] != nil }
    }

    /// Whether a template was read from that path.
    func has(_ path: String) -> Bool {
        partials.values.contains { $0.path == path }
            || entries.values.contains { $0.values.contains { $0.path == path } }
    }

    /// The texts that templates name and that a language of the workspace lacks.
    var missingTranslations: [MessageProblem] { words.missingTranslations }

    /// Checks what a script asks for before anything is decided on it.
    func check(_ name: String, _ channel: Channel?) throws {
        guard let written = entries[name] else {
            throw RuleError.unknown(what: "template", name: name, at: nil, known: Array(entries.keys))
        }
        if let channel, written[channel] == nil {
            throw LuaError(
                "the template '\(name)' is not written for \(channel.rawValue)",
                hint: "add templates/\(name).\(channel.rawValue).liquid")
        }
    }

    /// Where a word first stands in a template; its first line where it does not.
    func place(of word: String?, in name: String, _ channel: Channel) -> SourceLocation? {
        guard let entry = entries[name]?[channel] else { return nil }
        let lines = entry.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            guard let word, let column = columnOfWord(word, in: line) else { continue }
            return SourceLocation(file: entry.path, line: index + 1, column: column)
        }
        return SourceLocation(file: entry.path, line: 1)
    }

    /// Writes the message for the customer whose turn it is.
    func render(
        _ name: String, _ channel: Channel, _ content: MessageContent, campaign: String, _ row: LuaRow
    ) throws -> RenderedMessage {
        try render(
            name, channel, .row(row), content.values.map(LuaArgument.reference) ?? .value(.missing),
            .value(.text(campaign)))
    }

    /// Writes the message with values that are given in place of a customer's.
    func render(_ name: String, _ channel: Channel, with values: LuaTable) throws -> RenderedMessage {
        try render(name, channel, .value(.missing), .value(.table(values)), .value(.missing))
    }

    private func render(
        _ name: String, _ channel: Channel, _ customer: LuaArgument, _ content: LuaArgument,
        _ campaign: LuaArgument
    ) throws -> RenderedMessage {
        try check(name, channel)
        guard let entry = entries[name]?[channel] else { throw LuaError("there is no template '\(name)'") }
        words.begin()
        let scope = try host.state.keep(makeScope, customer, content, campaign, within: .template)
        var missing: [MissingValue] = []
        let subject = try entry.subject.map { try text($0, scope, entry.path, &missing) }
        let preheader = try entry.preheader.map { try text($0, scope, entry.path, &missing) }
        let body = try text(entry.body, scope, entry.path, &missing)
        return RenderedMessage(
            subject: subject, preheader: preheader, body: body, missing: missing, problems: words.problems)
    }

    private func text(
        _ render: LuaFunction, _ scope: LuaReference, _ path: String, _ missing: inout [MissingValue]
    ) throws -> String {
        let (output, gaps) = try host.state.callForTwo(render, .reference(scope), within: .template)
        if case .table(let list) = gaps {
            for case .table(let gap) in list.array {
                guard
                    case (.integer(let line), .integer(let column), .text(let variable)) =
                        (gap["line"], gap["column"], gap["path"])
                else { continue }
                var file = path
                if case .text(let partial) = gap["file"] { file = partial }
                missing.append(
                    MissingValue(
                        path: variable,
                        location: SourceLocation(file: file, line: Int(line), column: Int(column))))
            }
        }
        guard case .text(let text) = output else { return "" }
        return text
    }
}

extension ScriptFile {
    /// What `render` and `include` call the partial in the file: `templates/partials/footer.liquid`; nil for a template.
    fileprivate var partialName: String? {
        let folder = "templates/partials/"
        guard path.hasPrefix(folder), path.hasSuffix(".liquid") else { return nil }
        return String(path.dropFirst(folder.count).dropLast(".liquid".count))
    }

    /// Whether the file holds texts in a language: `templates/locales/de.json`.
    fileprivate var isTranslation: Bool { path.hasSuffix(".json") }

    /// The name and the channel that the path of a template says: `templates/hello.sms.liquid`.
    fileprivate var templateName: (name: String, channel: Channel) {
        var name = path.split(separator: "/").dropFirst().joined(separator: "/")
        if name.hasSuffix(".liquid") { name.removeLast(".liquid".count) }
        guard let dot = name.lastIndex(of: "."),
            let suffix = Channel(rawValue: String(name[name.index(after: dot)...]))
        else { return (name, .email) }
        return (String(name[..<dot]), suffix)
    }
}

/// The names of templates and the channels that each is written for, without compiling them.
public func channelsByTemplate(_ files: [ScriptFile]) -> [String: [Channel]] {
    var found: [String: [Channel]] = [:]
    for file in files where file.partialName == nil && !file.isTranslation {
        let (name, suffix) = file.templateName
        let frontMatter = try? TemplateFile(name: name, path: file.path, source: file.text).frontMatter
        found[name, default: []].append(frontMatter?["channel"].flatMap(Channel.init(rawValue:)) ?? suffix)
    }
    return found
}

/// A message as one customer would get it.
public struct RenderedMessage {
    /// The subject line; nil where the template has none.
    public let subject: String?
    /// The line that mail programs show behind the subject; nil where the template has none.
    public let preheader: String?
    /// The body.
    public let body: String
    /// Outputs that were missing and had no default.
    public let missing: [MissingValue]
    /// What else its author should know, such as a translation that is not there.
    public let problems: [MessageProblem]
}

/// An output of a template that was empty for a customer.
public struct MissingValue {
    /// As written: `customer.name`.
    public let path: String
    /// Where.
    public let location: SourceLocation
}

/// The values that a campaign's `content` gave for the customer whose turn it is.
public struct MessageContent {
    let values: LuaReference?
}

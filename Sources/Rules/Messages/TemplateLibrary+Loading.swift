public import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Templates

extension TemplateLibrary {
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
    func partial(_ asked: BoundPartial, _ call: HostCall) throws -> Int32 {
        guard let name = asked.use.name, let variants = pieces[.partial]?[name] else {
            _ = call.returns(.missing)
            return call.returns(.text(pieces[.partial, default: [:]].keys.sorted().joined(separator: ", ")))
                + 1
        }
        guard let file = pick(variants, for: current?.file.language) else {
            throw LuaError(
                "the partial '\(name)' is not there in the language of this template",
                hint: "add templates/partials/\(name).liquid for every language")
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

    func bound(
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

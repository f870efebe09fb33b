internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules
internal import Templates

/// Something that help has a page about.
enum HelpTopic {
    /// What there is, and what to try first.
    case overview
    /// A word, or a method of something.
    case word(HostWord)
    /// A method of a relation that keeps some of its rows.
    case state(RelationState, of: Relation)
    /// A field of what is called so: `c`, `order`.
    case field(Field, of: String)
    /// A field that a script defines.
    case trait(Trait)
    /// A segment.
    case segment(Segment)
    /// A campaign or a follow-up.
    case campaign(Campaign)
    /// A message, by its files.
    case template(String, [String])
    /// A tag, and what is said of its customers.
    case tag(String, String)
    /// What all values of a kind have.
    case kind(Meaning)
    /// A word of Lua itself.
    case lua(String)
}

extension PromptSession {
    // MARK: What is meant

    /// What a question asks about: `c.orders`, `customers:hist`, `win-back`.
    ///
    /// - Throws: a ``Diagnostic`` with the nearest name where nothing has that name.
    func topics(ofQuestion text: String) throws -> [HelpTopic] {
        guard !text.isEmpty else { return [.overview] }
        let draft = Draft(text)
        let count = draft.pieces.count
        if count == 1, let name = draft.literal(0) { return try topics(named: name) }
        if let chain = draft.chain(before: count), chain.start == 0 {
            let reader = DraftReader(draft, self)
            if count == 1, let name = draft.name(0), name != "c", host.variable(name) == nil {
                if case .word(let word, of: nil)? = reader.word(name) { return [.word(word)] }
                return try topics(named: name)
            }
            if case .library(let library)? = reader.meaning(before: count - 2),
                let name = draft.name(count - 1), host.state.names(inLibrary: library).contains(name)
            {
                return [.lua("\(library).\(name)")]
            }
            if case .word(let word, of: nil)? = reader.meaning(before: count - 2), word.gives == "segment",
                let unknown = unknownMember(draft, reader), let name = draft.name(count - 1),
                host.segments[name] == nil
            {
                throw unknown
            }
            if let meaning = reader.meaning(before: count) {
                return topic(of: meaning).map { [$0] } ?? [.kind(meaning)]
            }
            if let unknown = unknownMember(draft, reader) { throw unknown }
        }
        return try topics(named: text)
    }

    /// What is wrong with the last name of a chain whose beginning is known.
    private func unknownMember(_ draft: Draft, _ reader: DraftReader) -> Diagnostic? {
        let count = draft.pieces.count
        guard let name = draft.name(count - 1), let sign = draft.word(count - 2), sign == "." || sign == ":",
            let subject = reader.meaning(before: count - 2)
        else { return nil }
        let members = sign == "." ? subject.fields(self) : subject.methods(self)
        guard !members.isEmpty else { return nil }
        var what = sign == "." ? "field" : "method"
        if case .word = subject { what = "segment" }
        return Diagnostic(
            "there is no \(what) '\(name)'", hint: suggestion(name, members.map(\.name), what: what))
    }

    /// What has that name.
    ///
    /// - Throws: a ``Diagnostic`` with the nearest name where nothing has.
    func topics(named name: String) throws -> [HelpTopic] {
        var found: [HelpTopic] = []
        found += host.campaigns.filter { $0.name == name }.map(HelpTopic.campaign)
        found += host.segments[name].map { [.segment($0)] } ?? []
        let files = messageTemplates.filter { $0.name.name == name }.map(\.path)
        if !files.isEmpty { found.append(.template(name, files)) }
        found += host.traits[name].map { [.trait($0)] } ?? []
        found += customerFields.filter { $0.name == name }.map { .field($0, of: "c") }
        found += relations.filter { $0.name == name }.map { .kind(.relation($0)) }
        if let meaning = DraftReader(Draft(""), self).word(name) {
            found.append(topic(of: meaning) ?? .kind(meaning))
        }
        let methods = objectMethods + host.methodsOfCustomers + host.methodsOfRelations
        if found.isEmpty { found += methods.filter { $0.name == name }.map(HelpTopic.word) }
        for relation in relations where found.isEmpty {
            found += relation.states.filter { $0.name == name }.map { .state($0, of: relation) }
        }
        if found.isEmpty,
            let tag = try helpValues.entries(.tag, of: nil, prefix: "").first(where: { $0.name == name })
        {
            found.append(.tag(tag.name, tag.detail))
        }
        if found.isEmpty, host.state.words.contains(name) { found.append(.lua(name)) }
        guard found.isEmpty else { return found }
        let known = try helpValues.entries(.topic, of: nil, prefix: "").map(\.name) + methods.map(\.name)
        throw Diagnostic(
            "help knows nothing of '\(name)'",
            hint: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
                ?? "help shows what there is")
    }

    /// The page about what a chain stands for; nil where only its kind has one.
    func topic(of meaning: Meaning) -> HelpTopic? {
        switch meaning {
        case .word(let word, _): .word(word)
        case .state(let state, let relation): .state(state, of: relation)
        case .field(let field): .field(field, of: customerFields.contains(field) ? "c" : "row")
        case .trait(let trait): .trait(trait)
        case .segment(let name): name.flatMap { host.segments[$0] }.map(HelpTopic.segment)
        default: nil
        }
    }

    /// What a value is that `help` was called with.
    func topics(ofValue value: LuaReference) throws -> [HelpTopic] {
        switch host.shape(of: value, LuaShapeLimits(depth: 1, values: 0)) {
        case .text(let name): return try topics(named: name)
        case .function(let info):
            if let name = host.word(withIdentity: info.identity) { return try topics(named: name) }
            return [.kind(.value)]
        case .object(is HelpObject): return [.overview]
        default: break
        }
        let meaning = Meaning(of: value, self)
        return [topic(of: meaning) ?? .kind(meaning)]
    }

    /// Names and values for pages and suggestions.
    var helpValues: WorkspaceValues { WorkspaceValues(self) }
}

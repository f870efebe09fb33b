internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import ScriptSyntax
internal import Store

/// Writes pages of help.
struct HelpPage {
    let session: PromptSession
    let page: Page

    init(_ session: PromptSession, _ page: Page) {
        (self.session, self.page) = (session, page)
    }

    /// A page about each topic.
    func write(_ topics: [HelpTopic]) throws {
        for (number, topic) in topics.enumerated() {
            if number > 0 { page.line() }
            try write(topic)
        }
    }

    private func write(_ topic: HelpTopic) throws {
        switch topic {
        case .overview: overview()
        case .word(let word): try write(word)
        case .state(let state, let relation):
            title("c.\(relation.name):\(state.name)()")
            text(state.doc)
            try example("c.\(relation.name):\(state.name)():count()")
            related(
                session.host.methodsOfRelations.map(\.name) + relation.states.map(\.name),
                besides: state.name, sign: ":")
        case .field(let field, let owner): try write(field, of: owner)
        case .trait(let trait):
            title("c.\(trait.name)", "trait, \(trait.location)")
            text(trait.doc)
            if let type = trait.type { text("Its type is \(type.rawValue).") }
            if !trait.values.isEmpty { text("Its values are: \(trait.values.joined(separator: ", ")).") }
            try example("c.\(trait.name)")
        case .segment(let segment): try write(segment)
        case .campaign(let campaign): try write(campaign)
        case .template(let name, let files):
            title("template \"\(name)\"")
            for file in files { page.line("  \(page.safe(file))") }
        case .tag(let name, let customers):
            title("tag \"\(page.safe(name))\"")
            page.line("  \(customers) \(customers.hasPrefix("1 ") ? "has" : "have") it")
            suggest(["customers:where(function(c) return c:has_tag \(luaLiteral(name)) end)"])
        case .kind(let meaning): try write(kind: meaning)
        case .lua(let name):
            title(name, "a word of Lua")
            text("See https://www.lua.org/manual/5.4/manual.html#pdf-\(name)")
        }
    }

    // MARK: Parts of pages

    func title(_ text: String, _ kind: String = "") {
        let kind = kind.isEmpty ? "" : "  " + page.style.paint(kind, .faint)
        page.line(page.style.paint(page.safe(text), .bold) + kind)
    }

    func text(_ text: String) {
        guard !text.isEmpty else { return }
        for line in wrapped(page.safe(text), to: (page.width ?? 100) - 2) { page.line("  " + line) }
    }

    private func heading(_ text: String) {
        page.line()
        page.line(page.style.paint(text, .bold))
    }

    func rows(_ rows: [(String, String)]) {
        var table = TextTable([TextTable.Column("", limit: 44), TextTable.Column("", limit: 1000)])
        for (name, doc) in rows { table.add([name, page.safe(doc)]) }
        page.table(table, indent: "  ")
    }

    private func members(_ members: [Member]) {
        var table = TextTable([TextTable.Column(""), TextTable.Column(""), TextTable.Column("", limit: 1000)])
        for member in members { table.add([member.name, member.type, page.safe(member.doc)]) }
        page.table(table, indent: "  ")
    }

    /// Lines to try next.
    func suggest(_ lines: [String]) {
        guard !lines.isEmpty else { return }
        page.line()
        for line in lines { page.line("  " + page.style.paint("try  ", .faint) + line) }
    }

    private func related(_ names: [String], besides name: String, sign: String) {
        guard let place = names.firstIndex(of: name) else { return }
        let near = names[max(0, place - 3)..<min(names.count, place + 4)].filter { $0 != name }
        guard !near.isEmpty else { return }
        page.line()
        page.line(
            "  " + page.style.paint("see also  ", .faint) + near.map { sign + $0 }.joined(separator: "  "))
    }

    // MARK: Words

    private func write(_ word: HostWord) throws {
        title(word.signature)
        text(word.doc)
        if let replacement = word.deprecated { text("Better write \(replacement).") }
        if !word.parameters.isEmpty {
            page.line()
            rows(
                word.parameters.enumerated().map { place, parameter in
                    // What it names says more than that it is a text.
                    let named = parameter.expected == "a text" ? word.things(at: place).first : nil
                    let takes =
                        switch named {
                        case .oneOf(let words): "one of \(words.joined(separator: ", "))"
                        case let thing?: "the name of \(article(thing.noun))"
                        case nil: parameter.expected
                        }
                    return (parameter.name, takes + (parameter.isSaidOptional ? ", or nothing" : ""))
                })
        }
        if !word.settings.isEmpty {
            page.line()
            rows(word.settings.map { ($0, word.doc(ofSetting: $0)) })
        }
        if !word.example.isEmpty { try example(word.example, isShown: word.isExampleShown) }
        let neighbours: [HostWord]
        switch word.place {
        case .customer: neighbours = session.host.methodsOfCustomers
        case .relation: neighbours = session.host.methodsOfRelations
        case .object: neighbours = objectMethods.filter { $0.place == word.place }
        case .prompt: neighbours = session.words
        case .script, .expectation, .story:
            neighbours =
                hostThemes.first { $0.words.contains { $0.name == word.name } }?.words
                ?? session.host.providedWords
        }
        let isMethod = ![.prompt, .script].contains(word.place)
        related(neighbours.map(\.name), besides: word.name, sign: isMethod ? ":" : "")
    }

    // MARK: Fields

    private func write(_ field: Field, of owner: String) throws {
        title("\(owner).\(field.name)", field.type.rawValue)
        text(field.doc)
        if !field.values.isEmpty { text("One of \(field.values.joined(separator: ", ")).") }
        guard owner == "c" else { return }
        try spread(of: field)
        try example("c.\(field.name)")
        let parts = Set(field.name.split(separator: "_").filter { !["at", "id"].contains($0) })
        let near = session.customerFields.filter { other in
            other.name != field.name && !parts.isDisjoint(with: other.name.split(separator: "_"))
        }
        guard !near.isEmpty else { return }
        page.line()
        page.line(
            "  " + page.style.paint("see also  ", .faint)
                + near.prefix(6).map { "c.\($0.name)" }.joined(separator: "  "))
    }

    /// Which values customers have.
    private func spread(of field: Field) throws {
        if [.text, .boolean].contains(field.type) {
            let values = try session.helpValues.values(of: field)
            guard !values.isEmpty else { return }
            let shown = values.prefix(5).map { "\($0.name) (\($0.detail))" }.joined(separator: ", ")
            return text("Here: \(shown)\(values.count > 5 ? ", …" : "")")
        }
        guard field.name != "id" else { return }
        let found = try session.snapshot.aggregate(
            [.minimum(field), .maximum(field)], of: Population(), in: session.host.clock.local.zone)
        guard let row = found.first, row[0] != .null else { return text("Here nobody has one.") }
        let ends = row.map { page.format.text($0, of: field) }
        text("Here: from \(ends[0]) to \(ends[1]).")
    }

    // MARK: Kinds

    private func write(kind meaning: Meaning) throws {
        switch meaning {
        case .customer:
            title("c, a customer")
            text("In rules it is the customer whose turn it is; here, what customer(…) gives.")
            heading("Fields")
            text(meaning.fields(session).filter { $0.type != "relation" }.map(\.name).joined(separator: ", "))
            heading("Relations")
            rows(relations.map { ("c.\($0.name)", $0.doc) })
        case .relation(let relation):
            title("c.\(relation.name)", "relation")
            text(relation.doc)
            try example("c.\(relation.name):count()")
            heading("Fields of \(article(relation.singular))")
            members(relation.record.fields(session))
        case .record(let singular, _):
            title(article(singular))
            heading("Fields")
            members(meaning.fields(session))
        case .object(let kind, _):
            // What the person writes to have one says what it is.
            if let word = promptWords.first(where: { $0.gives == kind && $0.signature == $0.name }) {
                title(word.name)
                text(word.doc)
                try example(word.example, isShown: word.isExampleShown)
            } else {
                let shown = meaning.methods(session).first.map { String($0.type.prefix { $0 != ":" }) }
                title(shown ?? kind)
                text("Given by \(givers(of: kind).joined(separator: ", ")).")
            }
        case .segment:
            title("a segment")
            text("Combined with & (both), | (either), - (without) and ~ (not).")
        case .library(let name):
            title(name, "a library of Lua")
            text(session.host.state.names(inLibrary: name).joined(separator: ", "))
            text("See https://www.lua.org/manual/5.4/manual.html#6")
        case .text: title("a text")
        case .table, .list: title("a table")
        default:
            title("a value")
            text("help shows what there is.")
        }
        if case .text = meaning { return text("The functions of string are its methods: (\"x\"):upper().") }
        let methods = meaning.methods(session)
        guard !methods.isEmpty else { return }
        heading("Methods")
        rows(methods.map { ($0.type, $0.doc) })
    }

    // MARK: Everything

    private func overview() {
        title("Help")
        text("A line is Lua; an expression prints its value. Tab completes words, fields, names and values.")
        text("?c.orders, ?customers:hist, ?win-back or help(value) tell more. Ctrl-C stops, Ctrl-D leaves.")
        suggest(session.firstSteps)
        heading("Words of the prompt")
        rows(session.words.map { ($0.signature, $0.doc) })
        for (title, words) in hostThemes.dropLast() {
            heading("\(title), as in scripts")
            text(words.map(\.name).joined(separator: ", "))
        }
        let words = session.host.providedWords
        if !words.isEmpty {
            heading("Words of plugins")
            rows(words.map { ($0.signature, $0.doc) })
        }
        heading("This workspace")
        list("segments", session.host.segments.keys.sorted())
        list("campaigns", session.host.campaigns.map(\.name))
        list("traits", session.host.traits.keys.sorted())
    }

    private func list(_ what: String, _ names: [String]) {
        guard !names.isEmpty else { return text("no \(what) yet") }
        text("\(what): \(names.joined(separator: ", "))")
    }
}

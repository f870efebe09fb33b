internal import Basics
internal import Catalog
internal import LineEditor
internal import Rules

extension Completer {
    /// What a text may be that begins at a byte, behind such a quote.
    func completion(ofTextFrom start: Int, _ quote: String, at place: Place) throws -> Completion {
        let cursor = place.end - place.offset
        // What begins in an earlier line is prose.
        guard var inLine = place.inLine(start) else { return .nothing(at: cursor) }
        var prefix = String(decoding: place.draft.text[start...], as: UTF8.self)
        let end = place.draft.pieces.count
        let (entries, what) = try entries(at: place.reader.valuePlace(before: end), prefix, place)
        if prefix.hasPrefix("-"), what == "field" {
            // The minus of a descending order is no part of the name.
            (prefix, inLine) = (String(prefix.dropFirst()), inLine + 1)
        }
        let closing = quote.hasPrefix("[") ? quote.replacing("[", with: "]") : quote
        let candidates = entries.map { entry in
            let text = escaped(entry.name, quote: quote)
            return Completion.Candidate(
                place.rest.hasPrefix(closing) ? text : text + closing, label: entry.name, detail: entry.detail
            )
        }
        guard let what else { return .nothing(at: inLine) }
        var found = chosen(prefix, candidates, at: inLine, what: what)
        if let note = found.note, ["value", "tag", "interest"].contains(what), let count = values.askedCount {
            found.note = "\(note) among the \(grouped(count)) customers that were asked"
        }
        return found
    }

    /// The texts that may stand in a place, and what they are; nil where nobody can say.
    private func entries(
        at position: DraftReader.ValuePlace, _ prefix: String, _ place: Place
    ) throws -> ([WorkspaceValues.Entry], String?) {
        func named(_ things: [NamedThing], _ subject: Meaning?) throws -> ([WorkspaceValues.Entry], String?) {
            // Fields of a table are its keys.
            let things = things.filter { $0 != .fields }
            return (
                try things.flatMap { try values.entries($0, of: subject, prefix: prefix) }, things.first?.noun
            )
        }
        switch position {
        case .compared(.field(let field)): return (try values.values(of: field), "value")
        case .compared(.trait(let trait)): return (try values.values(of: trait.field()), "value")
        case .argument(.word(let word, let subject), let number) where !place.reader.isDefinition(word):
            return try named(word.things(at: number), subject)
        case .key(let key, .argument(.word(let word, let subject), let number), _):
            if word.settings.contains(key) {
                return try named([word.thing(named: key)].compactMap(\.self), subject)
            }
            guard word.things(at: number).contains(where: \.isOfFields), let field = field(key, of: subject)
            else { return ([], nil) }
            return (try values.values(of: field), "value")
        case .item(.key(let key, .argument(.word(let word, let subject), _), _), _):
            return try named([word.thing(named: key)].compactMap(\.self), subject)
        case .item(.argument(.word(let word, let subject), let number), _)
        where !place.reader.isDefinition(word):
            return try named(word.things(at: number), subject)
        case .index(let subject?):
            let members = subject.fields(session)
            let entries = members.map { WorkspaceValues.Entry(name: $0.name, detail: $0.doc) }
            return (entries, members.isEmpty ? nil : "name")
        case .free where place.isQuestion:
            return (try values.entries(.topic, of: nil, prefix: prefix), "topic")
        default: return ([], nil)
        }
    }

    private func field(_ name: String, of subject: Meaning?) -> Field? {
        switch subject {
        case .relation(let relation): (relation.fields + relation.matches).first { $0.name == name }
        case .object("table", let object as ResultTable): object.fields.first { $0.name == name }
        default: session.customerFields.first { $0.name == name } ?? session.host.traits[name]?.field()
        }
    }
}

extension NamedThing {
    /// Whether a table of fields and their values says what is meant.
    var isOfFields: Bool { self == .fields || self == .condition }

    /// What it is called: "field".
    var noun: String {
        switch self {
        case .segment, .condition: "segment"
        case .campaign: "campaign"
        case .template: "template"
        case .tag: "tag"
        case .interest: "interest"
        case .channel: "channel"
        case .event: "event"
        case .property: "property"
        case .field, .fields: "field"
        case .quantity: "numeric field"
        case .moment: "time or date"
        case .customer: "customer"
        case .script: "script"
        case .run: "run"
        case .topic: "topic"
        case .oneOf: "value"
        }
    }
}

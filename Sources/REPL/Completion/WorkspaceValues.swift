internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store
internal import Templates

/// What texts of a workspace can name, for completion: its segments, its tags, the values of its fields.
///
/// What the store has to be asked for is kept until the customers change. Of many customers so few are asked, in
/// stretches that are spread evenly over all ids, that a person who presses Tab does not wait.
final class WorkspaceValues {
    /// A text that can be named, and what is said of it.
    struct Entry {
        let name: String
        let detail: String
    }

    /// So many stretches of so many ids are asked for their values: neighbours lie together on the disk.
    private static let sample = (stretches: 40, length: 150)
    /// So many values of a field are kept.
    private static let valueLimit = 1_000
    /// So many customers are offered.
    private static let customerLimit = 100

    private unowned let session: PromptSession
    private var kept: [String: [Entry]] = [:]
    private var asked: (population: Population, isWhole: Bool)?
    private var version: Int64?

    init(_ session: PromptSession) {
        self.session = session
    }

    /// What a text may name; `subject` is what the word is asked of, and `prefix` what is typed of the name.
    func entries(_ thing: NamedThing, of subject: Meaning?, prefix: String) throws -> [Entry] {
        switch thing {
        case .segment, .condition:
            session.host.segments.values.sorted { $0.name < $1.name }.map {
                Entry(name: $0.name, detail: $0.description)
            }
        case .campaign: session.host.campaigns.map { Entry(name: $0.name, detail: $0.description) }
        case .template: templates
        case .tag: try kept("tags") { try entries(session.snapshot.tags(of: $0, limit: Self.valueLimit), $1) }
        case .interest:
            try kept("interests") {
                try entries(session.snapshot.interests(of: $0, limit: Self.valueLimit), $1)
            }
        case .channel: Channel.allCases.map { Entry(name: $0.rawValue, detail: "channel") }
        case .event: EventKind.usual.map { Entry(name: $0, detail: "event") }
        case .property: ProductProperty.allCases.map { Entry(name: $0.rawValue, detail: "of a product") }
        case .field, .fields: fields(of: subject)
        case .quantity:
            (fields(of: subject) { $0.isNumeric }
                + (isOfRows(subject) ? [] : fields(of: subject) { $0.isMoment }))
                .filter { $0.name != "id" }
        case .moment: fields(of: subject) { $0.isMoment }
        case .customer: try customers(prefix)
        case .script:
            session.bench.scripts.map { Entry(name: $0, detail: "script") }
                + session.bench.templates.map { Entry(name: $0, detail: "template") }
        case .run: try session.bench.runs().map { Entry(name: RunObject.name(ofFile: $0), detail: "run") }
        case .topic: topics
        case .oneOf(let words): words.map { Entry(name: $0, detail: "") }
        }
    }

    /// Of how many customers the values are that were asked for; nil where all were asked.
    var askedCount: Int? { asked?.isWhole == false ? Self.sample.stretches * Self.sample.length : nil }

    /// The values of a field, the most frequent first; those that are fixed, where they are.
    func values(of field: Field) throws -> [Entry] {
        // Addresses that are masked would not be completed to what they are.
        let isAddress = Channel.allCases.contains { $0.addressField == field.name }
        guard [.text, .date].contains(field.type), !isAddress || session.masking == .revealed,
            session.customerFields.contains(field)
        else { return field.values.map { Entry(name: $0, detail: "") } }
        let found = try kept("field \(field.name)") {
            try entries(session.snapshot.frequencies(of: field, in: $0, limit: Self.valueLimit), $1)
        }
        let names = Set(found.map(\.name))
        return found + field.values.filter { !names.contains($0) }.map { Entry(name: $0, detail: "nobody") }
    }

    // MARK: What is defined

    private var templates: [Entry] {
        var channels: [String: [String]] = [:]
        for (_, name) in session.messageTemplates {
            let channel = (name.channel ?? .email).rawValue
            if channels[name.name]?.contains(channel) != true {
                channels[name.name, default: []].append(channel)
            }
        }
        return channels.sorted { $0.key < $1.key }.map {
            Entry(name: $0.key, detail: $0.value.joined(separator: ", "))
        }
    }

    private func fields(
        of subject: Meaning?, _ isMeant: ((ValueType) -> Bool)? = nil
    ) -> [Entry] {
        let fields: [Field]
        var traits: [Trait] = []
        switch subject {
        case .relation(let relation): fields = relation.fields + relation.matches
        case .object("table", let object as ResultTable): fields = object.fields
        default:
            fields = session.customerFields
            // Nobody knows of what type a trait is before it is asked, where it does not say so.
            traits = session.host.traits.values.sorted { $0.name < $1.name }.filter { trait in
                isMeant.map { isMeant in trait.type.map(isMeant) ?? false } ?? true
            }
        }
        return fields.filter { isMeant?($0.type) ?? true }.map {
            Entry(name: $0.name, detail: "\($0.type.rawValue)  \($0.doc)")
        } + traits.map { Entry(name: $0.name, detail: "trait  \($0.doc)") }
    }

    /// Whether a relation is asked, which adds up numbers only.
    private func isOfRows(_ subject: Meaning?) -> Bool {
        if case .relation? = subject { true } else { false }
    }

    private var topics: [Entry] {
        var entries = (session.words + ruleWords + session.host.providedWords).map {
            Entry(name: $0.name, detail: $0.doc)
        }
        entries += fields(of: nil)
        entries += relations.map { Entry(name: $0.name, detail: $0.doc) }
        entries += session.host.segments.values.map {
            Entry(name: $0.name, detail: "segment  \($0.description)")
        }
        entries += session.host.campaigns.map { Entry(name: $0.name, detail: "campaign  \($0.description)") }
        entries += templates.map { Entry(name: $0.name, detail: "template  \($0.detail)") }
        var seen: Set<String> = []
        return entries.sorted { $0.name < $1.name }.filter { seen.insert($0.name).inserted }
    }

    // MARK: What the store has

    private func customers(_ prefix: String) throws -> [Entry] {
        let snapshot = session.snapshot
        var found = try snapshot.customers(nameStartingWith: prefix, limit: Self.customerLimit).map {
            Entry(name: $0.name, detail: "customer \($0.id)")
        }
        if session.masking == .revealed {
            found += try snapshot.customers(emailStartingWith: prefix, limit: Self.customerLimit).map {
                Entry(name: $0.email, detail: "customer \($0.id)")
            }
        }
        return Array(found.filter { isShowable($0.name) }.prefix(Self.customerLimit))
    }

    private func kept(_ name: String, _ ask: (Population, Bool) throws -> [Entry]) throws -> [Entry] {
        if version != session.dataVersion {
            (kept, asked, version) = ([:], nil, session.dataVersion)
        }
        // Whoever reveals addresses sees other values.
        let key = "\(name) \(session.masking)"
        if let known = kept[key] { return known }
        let (population, isWhole) = try population()
        let entries = try ask(population, isWhole)
        kept[key] = entries
        return entries
    }

    private func population() throws -> (Population, isWhole: Bool) {
        if let asked { return asked }
        let (stretches, length) = Self.sample
        var made = (Population(), isWhole: true)
        if let ids = try session.snapshot.customerIDs(),
            ids.upperBound - ids.lowerBound > Int64(2 * stretches * length)
        {
            let step = (ids.upperBound - ids.lowerBound - Int64(length)) / Int64(stretches - 1)
            let some = (0..<Int64(stretches)).flatMap { number in
                (0..<Int64(length)).map { ids.lowerBound + number * step + $0 }
            }
            made = (Population(among: CustomerSet(Set(some))), isWhole: false)
        }
        asked = made
        return made
    }

    private func entries(_ found: Frequencies, _ isWhole: Bool) -> [Entry] {
        let all = found.entries.reduce(found.otherCustomers + found.missing) { $0 + $1.count }
        return found.entries.compactMap { entry in
            guard case .text(let text) = entry.value, isShowable(text) else { return nil }
            let share = Double(entry.count) / Double(max(1, all)) * 100
            let detail =
                isWhole
                ? "\(grouped(entry.count)) customer\(entry.count == 1 ? "" : "s")"
                : share < 1 ? "under 1 %" : "about \(Int(share.rounded())) %"
            return Entry(name: text, detail: detail)
        }
    }

    /// Whether a text can stand in a line as it is, without an address that is masked.
    private func isShowable(_ text: String) -> Bool {
        guard !text.isEmpty, text.utf8.count <= 200, withoutControls(text) == text else { return false }
        // The expressions that find addresses are slow, and most texts have neither their sign nor their digits.
        guard text.contains("@") || text.count(where: \.isNumber) >= 9 else { return true }
        return session.masking.show(text: text, to: nil, on: nil) == text
    }
}

extension ValueType {
    /// Whether values of the type are times or days.
    fileprivate var isMoment: Bool { self == .instant || self == .date }
}

extension PromptSession {
    /// The files of messages, without those whose names are wrong.
    var messageTemplates: [(path: String, name: TemplateName)] {
        bench.templates.compactMap { path in
            guard !path.hasPrefix("templates/locales/"), let name = try? TemplateName(path: path),
                name.kind == .message
            else { return nil }
            return (path, name)
        }
    }
}

internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules

/// What stands behind something that a person has typed, as far as that shows without running it.
indirect enum Meaning {
    /// A customer.
    case customer
    /// Rows of a customer.
    case relation(Relation)
    /// One row, with its fields.
    case record(singular: String, [Field])
    /// A segment by name, or a combination of several.
    case segment(String?)
    /// A word or a method that is not called yet, and what it is a method of.
    case word(HostWord, of: Meaning?)
    /// A state of a relation, not called yet: `opened`.
    case state(RelationState, of: Relation)
    /// A field of what has it.
    case field(Field)
    /// A field of customers that a script defines.
    case trait(Trait)
    /// An object of the prompt, by its kind; the object itself where it is there already.
    case object(String, LuaObject?)
    /// A list.
    case list(Meaning)
    /// A library of Lua: `string`.
    case library(String)
    /// A table that is there.
    case table(LuaReference)
    /// A text.
    case text
    /// A number, true, false or a function.
    case value
}

/// Something that stands behind a dot or a colon.
struct Member {
    /// What it is called.
    let name: String
    /// What it is, in a word: a type, `relation`, `method`.
    let type: String
    /// One sentence; may be empty.
    let doc: String
    /// What is known of it.
    let meaning: Meaning?
}

extension Member {
    init(_ field: Field) {
        self.init(name: field.name, type: field.type.rawValue, doc: field.doc, meaning: .field(field))
    }

    init(_ word: HostWord, of subject: Meaning?) {
        self.init(
            name: word.name, type: word.signature, doc: word.doc, meaning: .word(word, of: subject))
    }

    init(_ trait: Trait) {
        self.init(
            name: trait.name, type: trait.type.map { "trait, \($0.rawValue)" } ?? "trait", doc: trait.doc,
            meaning: .trait(trait))
    }
}

extension Relation {
    /// One row of it, as rules read it.
    var record: Meaning { .record(singular: singular, fields) }
}

/// The lines of an order, as `order.items`.
private var orderItems: Member {
    Member(
        name: "items", type: "list", doc: "The lines of the order.",
        meaning: .list(.record(singular: "item", orderItemFields)))
}

/// What Lua's own libraries are called.
let libraryNames = ["math", "string", "table", "utf8"]

extension Meaning {
    /// What it has behind a dot.
    func fields(_ session: PromptSession) -> [Member] {
        switch self {
        case .customer:
            session.customerFields.map { Member($0) }
                + session.host.traits.values.sorted { $0.name < $1.name }.map { Member($0) }
                + relations.map {
                    Member(name: $0.name, type: "relation", doc: $0.doc, meaning: .relation($0))
                }
        case .record(let singular, let fields):
            fields.map { Member($0) } + (singular == "order" ? [orderItems] : [])
        case .word(let word, of: nil) where word.gives == "segment":
            session.host.segments.values.sorted { $0.name < $1.name }.map {
                Member(name: $0.name, type: "segment", doc: $0.description, meaning: .segment($0.name))
            }
        case .library(let name):
            session.host.state.names(inLibrary: name).map {
                Member(name: $0, type: "\(name) of Lua", doc: "", meaning: .value)
            }
        case .table(let table):
            session.host.state.names(in: table).map { name in
                let meaning = session.host.state.field(name, of: table).map {
                    Meaning(of: $0, session)
                }
                return Member(name: name, type: meaning?.typeName ?? "value", doc: "", meaning: meaning)
            }
        case .object(_, let object?):
            session.kinds.names(of: object)?.names.map {
                Member(name: $0, type: "field", doc: "", meaning: nil)
            } ?? []
        default: []
        }
    }

    /// What it has behind a colon.
    func methods(_ session: PromptSession) -> [Member] {
        switch self {
        case .customer:
            session.host.methodsOfCustomers.map { Member($0, of: self) } + Self.methods(of: "customer", self)
        case .relation(let relation):
            session.host.methodsOfRelations.map { Member($0, of: self) }
                + relation.states.map {
                    Member(
                        name: $0.name, type: ":\($0.name)()", doc: $0.doc, meaning: .state($0, of: relation))
                }
        case .segment:
            segmentMethods.map { Member($0, of: self) } + Self.methods(of: "segment", self)
        case .object(let kind, _): Self.methods(of: kind, self)
        case .text:
            session.host.state.names(inLibrary: "string").map {
                Member(name: $0, type: "string of Lua", doc: "", meaning: .value)
            }
        default: []
        }
    }

    private static func methods(of kind: String, _ subject: Meaning) -> [Member] {
        objectMethods.filter { $0.place == .object(kind) }.map { Member($0, of: subject) }
    }

    /// What a call of it gives; nil where nobody can say.
    func result() -> Meaning? {
        switch self {
        case .state(_, let relation): .relation(relation)
        case .word(let word, let subject): Self.named(word.gives, subject)
        default: nil
        }
    }

    /// What ``HostWord/gives`` names.
    static func named(_ gives: String, _ subject: Meaning?) -> Meaning? {
        if gives.hasPrefix("["), gives.hasSuffix("]") {
            return named(String(gives.dropFirst().dropLast()), subject).map(Meaning.list)
        }
        switch gives {
        case "": return nil
        case "self": return subject
        case "customer": return .customer
        case "segment": return .segment(nil)
        case "text": return .text
        case "row":
            guard case .relation(let relation)? = subject else { return nil }
            return relation.record
        default: return .object(gives, nil)
        }
    }

    /// What an element of it is: `[1]`, or what a loop gives.
    var element: Meaning? {
        switch self {
        case .list(let element): element
        case .object("people", _): .customer
        case .object("table", let object):
            (object as? ResultTable).map { .record(singular: "row", $0.fields) }
        default: nil
        }
    }

    /// What a value is that is there.
    init(of value: LuaReference, _ session: PromptSession) {
        switch session.host.shape(of: value, LuaShapeLimits(depth: 1, values: 0)) {
        case .object(let object):
            switch object {
            case is LuaCustomer: self = .customer
            case let segment as SegmentObject:
                if case .named(let name, _) = segment.expression {
                    self = .segment(name)
                } else {
                    self = .segment(nil)
                }
            default:
                if let kind = session.kinds.names(of: object)?.kind {
                    self = .object(kind, object)
                } else {
                    self = Self.row(value, session)
                }
            }
        case .customer: self = .customer
        case .relation: self = Self.row(value, session)
        case .table: self = .table(value)
        case .text: self = .text
        default: self = .value
        }
    }

    /// Rows of a customer, or one of them.
    private static func row(_ value: LuaReference, _ session: PromptSession) -> Meaning {
        switch try? session.host.relation(of: value, limit: 1) {
        case .rows(let relation, _, _): .relation(relation)
        case .row(let singular, let fields, _): .record(singular: singular, fields)
        case nil: .value
        }
    }

    /// What a list of names says of it.
    var typeName: String {
        switch self {
        case .customer: "customer"
        case .relation(let relation): relation.name
        case .record(let singular, _): singular
        case .segment: "segment"
        case .object(let kind, _): kind
        case .table, .list: "table"
        case .text: "text"
        case .library: "library"
        case .word(let word, _): word.signature
        case .field(let field): field.type.rawValue
        case .trait: "trait"
        case .state, .value: "value"
        }
    }
}

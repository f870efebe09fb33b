public import Catalog
internal import ScriptSyntax
public import Templates

/// What scripts and templates may use: everything that the linter has to know and cannot see in them.
public struct LintWorld: Sendable {
    /// The fields of a customer that the program gives.
    public var fields: [LintField] = LintField.ofCustomers
    /// The custom attributes of the workspace; nil where there is no database that could tell.
    public var attributes: [Field]?
    /// The fields that plugins define, with what they declare of themselves; the linter adds those of the scripts.
    public var traits: [String: LintField?] = [:]
    /// The segments that plugins define.
    public var segments: Set<String> = []
    /// The relations of a customer.
    public var relations: [Relation] = Catalog.relations
    /// The lines of an order.
    public var orderItemFields: [Field] = Catalog.orderItemFields
    /// The words of the host among the globals.
    public var words: [LintWord]
    /// The methods of a customer.
    public var customerMethods: [LintWord]
    /// The methods of every relation.
    public var relationMethods: [LintWord]
    /// The globals of Lua that scripts find.
    public var libraries: Set<String>
    /// The templates and the channels that each is written for; nil where they are not known.
    public var templates: [String: [String]]?
    /// The kinds of campaigns; empty where they are not known.
    public var campaignKinds: [String] = []
    /// What may become of a message over the cap; empty where it is not known.
    public var overCaps: [String] = []
    /// Whether every script of the workspace is among those that are read, so that a name in none of them is
    /// unknown.
    public var hasAllScripts = true
    /// Whether every file of `templates/` is among those that are read, so that a name in none of them is
    /// unknown.
    public var hasAllTemplates = true
    /// The filters and tags that templates have beside those of Liquid.
    public var additions = LiquidAdditions()
    /// The checks of scripts and templates that plugins add, with what they found.
    public var checks: [LintCheck] = []
    /// The share of customers, from 0 to 1, who lack each of some columns or custom attributes; empty without
    /// a database.
    public var missingShares: @Sendable ([String]) -> [String: Double] = { _ in [:] }

    /// A world with the fields and relations of the catalog.
    public init(
        words: [LintWord], customerMethods: [LintWord], relationMethods: [LintWord], libraries: Set<String>
    ) {
        self.words = words
        self.customerMethods = customerMethods
        self.relationMethods = relationMethods
        self.libraries = libraries
    }
}

/// A word of the host.
public struct LintWord: Sendable {
    /// Its name.
    public let name: String
    /// The keys of the table that it takes.
    public let settings: [String]
    /// The settings that were called otherwise before: the names of today by the former ones.
    public let renamedSettings: [String: String]
    /// What it takes in brackets, in order; empty also where that is not known.
    public let parameters: [LintParameter]
    /// What to write in its place; nil where nothing is wrong with it.
    public let deprecated: String?

    /// A word from its parts.
    public init(
        _ name: String, settings: [String] = [], renamedSettings: [String: String] = [:],
        parameters: [LintParameter] = [], deprecated: String? = nil
    ) {
        self.name = name
        self.renamedSettings = renamedSettings
        self.parameters = parameters
        self.settings = settings
        self.deprecated = deprecated
    }
}

/// What a word takes in one place.
public struct LintParameter: Sendable {
    /// What errors say: "a number".
    public let expected: String
    /// The kind of values.
    public let kind: Kind
    /// Whether nothing will do.
    public let isOptional: Bool

    /// A kind of values.
    public enum Kind: String, Sendable {
        case number, text, table, function
        /// Anything, or what no literal is.
        case other
    }

    /// A parameter from its parts.
    public init(_ expected: String, _ kind: Kind, isOptional: Bool = false) {
        self.expected = expected
        self.kind = kind
        self.isOptional = isOptional
    }
}

/// A field, with what is known of its values.
public struct LintField: Sendable, Hashable {
    /// The field.
    public let field: Field
    /// Whether every customer has it.
    public let isNeverMissing: Bool
    /// Whether it counts something, and so is never negative.
    public let isCount: Bool
    /// Whether it is made of the customer's rows, so that it is missing where nothing has happened.
    public let isFact: Bool

    /// A field from its parts.
    public init(
        _ field: Field, isNeverMissing: Bool = false, isCount: Bool = false, isFact: Bool = false
    ) {
        self.field = field
        self.isNeverMissing = isNeverMissing
        self.isCount = isCount
        self.isFact = isFact
    }

    /// The columns and facts of a customer.
    public static let ofCustomers: [LintField] =
        customerColumns.map { LintField($0, isNeverMissing: $0.name == "id") }
        + factGroups.flatMap(\.facts).map {
            LintField(
                $0.field, isNeverMissing: $0.isZeroWithoutRows, isCount: $0.aggregate.isCount, isFact: true)
        }
}

extension LintWorld {
    /// The field of a customer by that name; nil where a script defines it, and only its runs show what it
    /// holds: it says of what type it is, or not.
    func field(_ name: String) -> LintField? {
        if let trait = traits[name] { return trait }
        return fields.first { $0.field.name == name }
            ?? attributes?.first { $0.name == name }.map { LintField($0) }
    }

    func relation(_ name: String) -> Relation? { relations.first { $0.name == name } }

    /// Every method that a relation has.
    func methods(of relation: String) -> [String] {
        relationMethods.map(\.name) + (self.relation(relation)?.states.map(\.name) ?? [])
    }

    /// Every name that a customer has before a dot.
    var customerNames: [String] {
        fields.map(\.field.name) + (attributes ?? []).map(\.name) + relations.map(\.name)
            + traits.keys.sorted()
    }
}

internal import Catalog

/// What a history needs to know of a relation whenever a row is added to it.
struct SimulatedRelation {
    /// The number of its stream.
    let number: Int
    let columns: [RelationStream.Column]
    /// The places of its fields, by name.
    let places: [String: Int]
    /// The places of the time and of the number among the fields.
    let timePlace, idPlace: Int?
    /// The fields' types.
    let types: [ValueType]
    /// The facts that are made of its rows.
    let facts: [NumberedFact]
    /// Which rows these count; all where nil.
    let factCondition: RowCondition?

    /// Every relation, by name.
    static let all: [String: SimulatedRelation] = Dictionary(
        uniqueKeysWithValues: RelationStream.all.enumerated().compactMap { number, stream in
            stream.relation.map { ($0.name, SimulatedRelation($0, stream, number)) }
        })

    /// The number of the stream of what happened to messages.
    static let eventStream = RelationStream.all.firstIndex { $0.relation == nil } ?? 0

    private init(_ relation: Relation, _ stream: RelationStream, _ number: Int) {
        self.number = number
        columns = stream.columns
        places = Dictionary(
            uniqueKeysWithValues: relation.fields.enumerated().map { ($1.name, $0) })
        timePlace = relation.fields.firstIndex { $0.sql == relation.time }
        idPlace = places["id"]
        types = relation.fields.map(\.type)
        let table = relation.source.prefix { $0 != " " }
        facts = NumberedFact.of(String(table))
        factCondition = factGroups.first { $0.table == table }?.condition
    }
}

/// A fact and its place among all.
struct NumberedFact {
    let number: Int
    let table: String
    let fact: Fact

    /// All facts in the order of their numbers.
    static let all: [NumberedFact] = factGroups.flatMap { group in group.facts.map { (group.table, $0) } }
        .enumerated().map { NumberedFact(number: $0, table: $1.0, fact: $1.1) }

    /// All facts by name.
    static let byName: [String: NumberedFact] = Dictionary(
        uniqueKeysWithValues: all.map { ($0.fact.name, $0) })

    /// The facts that are made of the rows of a table.
    static func of(_ table: String) -> [NumberedFact] { all.filter { $0.table == table } }
    /// Those of what happened to messages.
    static let ofMessageEvents = of("message_events")
    /// Those of points.
    static let ofPoints = of("points_ledger")
}

import Catalog
import Foundation
import Rules

/// Customers without a store: the compiler asks only for their fields.
final class NoCustomers: CustomerData {
    private struct NoStore: Error {}

    let currency = "CNY"
    var populationFields: [Field] = []
    let fields =
        customerColumns + factFields + [
            Field(
                "children", .integer, "",
                sql: """
                    (SELECT v.value FROM attribute_values AS v WHERE v.customer_id = c.id AND v.attribute_id = 1)
                    """)
        ]

    func forEachValue(
        of field: Field, in population: Population, _ body: (Int64, Value) throws -> Void
    ) throws { throw NoStore() }
    func customerStatement(_ request: CustomerRequest) throws -> OpaquePointer { throw NoStore() }
    func bind(_ request: CustomerRequest, leavingOut: CustomerSet?, to statement: OpaquePointer) {}
    func queryPlan(_ request: CustomerRequest) throws -> [String] { throw NoStore() }
    func values(_ fields: [Field], of customer: Int64) throws -> [Value]? { throw NoStore() }
    func answer(_ query: RelationQuery, _ terminal: RelationQuery.Terminal) throws -> RelationAnswer {
        throw NoStore()
    }
    func streamStatement(_ stream: RelationStream, columns: [Int]) throws -> OpaquePointer { throw NoStore() }
    func items(ofOrder order: Int64) throws -> [[Value]] { throw NoStore() }
    func hasTag(_ tag: String, customer: Int64) throws -> Bool { throw NoStore() }
    func likes(_ interest: String, customer: Int64) throws -> Bool { throw NoStore() }
    func interests(of customer: Int64) throws -> [String] { throw NoStore() }
    func recommendations(for customer: Int64, count: Int, at time: Int64) throws -> [Recommendation] {
        throw NoStore()
    }
    func product(_ id: Int64) throws -> [Value] { throw NoStore() }
    func favourite(_ property: ProductProperty, of customer: Int64) throws -> String? { throw NoStore() }
    func consent(of customer: Int64, on channel: Channel) throws -> ConsentState { throw NoStore() }
}

/// Prints the median of the seconds that it takes to read a script as a tree and to turn the audience into
/// SQL.
func compile(_ words: [String]) throws {
    guard let times = Int(words[2]), times > 0 else { fail("\(words[2]) is no number") }
    let script = ScriptFile(path: "scripts/rule.lua", text: try text(words[0]))
    let customers = NoCustomers()
    let seconds = try (0..<times).map { _ in
        // A host reads a text only once.
        let host = try RuleHost(clock: RuleClock(now: 1_796_086_800, zone: .gmt))
        try host.load([script])
        host.attach(customers)
        return try ContinuousClock().measure { _ = try host.compiled(words[1]) } / .seconds(1)
    }
    print(seconds.sorted()[times / 2])
}

public import Catalog

/// The customers as rules see them, as of one instant.
///
/// The rooms above wire the store to it; rules know no database.
public protocol CustomerData: AnyObject {
    /// ISO 4217 code of the currency of all amounts.
    var currency: String { get }
    /// Every field of a customer.
    var fields: [Field] { get }
    /// Those of them that are traits over the whole population: who computed them puts them there.
    var populationFields: [Field] { get set }
    /// Hands over each customer of the population with the value of a field, by id.
    func forEachValue(
        of field: Field, in population: Population, _ body: (Int64, Value) throws -> Void
    ) throws
    /// A prepared statement over customers with an id above ?1 and up to ?2, by id: the id, flags, fields.
    func customerStatement(_ request: CustomerRequest) throws -> OpaquePointer
    /// Resets such a statement and gives it the values of its request, and the customers whom it leaves out, who are to be
    /// kept while it runs.
    func bind(_ request: CustomerRequest, leavingOut: CustomerSet?, to statement: OpaquePointer)
    /// How SQLite goes about such a statement, step by step, in its own words.
    func queryPlan(_ request: CustomerRequest) throws -> [String]
    /// One customer's values; nil where there is no such customer.
    func values(_ fields: [Field], of customer: Int64) throws -> [Value]?
    /// Answers a question about a customer's rows.
    func answer(_ query: RelationQuery, _ terminal: RelationQuery.Terminal) throws -> RelationAnswer
    /// A prepared statement over the rows of a relation, of customers above ?1 and up to ?2, by customer,
    /// time and id: these three, then the columns of these numbers.
    func streamStatement(_ stream: RelationStream, columns: [Int]) throws -> OpaquePointer
    /// The lines of an order, as ``orderItemFields``.
    func items(ofOrder order: Int64) throws -> [[Value]]
    /// Whether the customer has the tag.
    func hasTag(_ tag: String, customer: Int64) throws -> Bool
    /// Whether the customer has the interest.
    func likes(_ interest: String, customer: Int64) throws -> Bool
    /// The customer's interests, strongest first.
    func interests(of customer: Int64) throws -> [String]
    /// Products for a customer, so many at most; what was bought shortly before the time is not among them.
    func recommendations(for customer: Int64, count: Int, at time: Int64) throws -> [Recommendation]
    /// The values of a product, as ``recommendedProductFields``.
    func product(_ id: Int64) throws -> [Value]
    /// What most of the customer's purchased items have in common; nil without purchases.
    func favourite(_ property: ProductProperty, of customer: Int64) throws -> String?
    /// The state of the customer's consent on a channel.
    func consent(of customer: Int64, on channel: Channel) throws -> ConsentState
}

public import Catalog

/// What tests of scripts need besides Lua: somewhere for their customers, and the simulator. The rooms above
/// wire both to it.
public protocol TestBench: AnyObject {
    /// The customers that the test has made.
    var customers: any CustomerData { get }
    /// Makes a customer, and gives the number.
    func add(_ customer: ExampleCustomer) throws -> Int64
    /// Simulates campaigns for one of the customers.
    func simulate(_ request: SimulationRequest) throws -> TestStory
}

/// What a test asks the simulator for.
public struct SimulationRequest: Sendable {
    /// The customer's number.
    public let customer: Int64
    /// The campaigns; all where none is named.
    public let campaigns: [String]
    /// The first instant.
    public let from: Int64
    /// Seconds from the first instant to the one behind the last.
    public let duration: Int64
    /// What the customer does with the messages of each template, by the names of
    /// ``Catalog/ResponseRates/names``, and how many seconds after the message; nil for the usual time.
    public let answers: [String: [String: Int64?]]
    /// Whether everybody is in the holdout of a campaign that has one; else nobody is.
    public let isHeldOut: Bool
}

/// What a simulation did with one customer.
public struct TestStory: Sendable {
    /// The customer's number.
    public let customer: Int64
    /// The first instant.
    public let from: Int64
    /// The first instant behind it.
    public let until: Int64
    /// What was decided about each message, in the order of time.
    public let decisions: [Decision]
    /// What happened besides, in the order of time.
    public let events: [RunEvent]
    /// How the journeys ended, in a word of ``Catalog/RunFlow/word``, in the order of their ends.
    public let endings: [String]

    /// A story from its parts.
    public init(
        customer: Int64, from: Int64, until: Int64, decisions: [Decision], events: [RunEvent],
        endings: [String]
    ) {
        self.customer = customer
        self.from = from
        self.until = until
        self.decisions = decisions
        self.events = events
        self.endings = endings
    }
}

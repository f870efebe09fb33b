internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Rules
internal import Store

/// What is known of a customer: all that their card shows.
struct CustomerProfile {
    /// How they can be reached on a channel.
    struct Reach {
        let channel: Channel
        let address: String
        let consent: ConsentState
        /// When they said so last; nil where they never did.
        let since: Int64?
        let suppression: SuppressionReason?
    }

    /// A trait's value, or the error of its script.
    struct TraitValue {
        let field: Field
        let value: Value
        let error: String?
    }

    /// An order with the names of what was bought.
    struct Order {
        let values: [Value]
        let items: [String]

        subscript(name: String) -> Value {
            CustomerProfile.orderFields.firstIndex { $0.name == name }.map { values[$0] } ?? .null
        }
    }

    static let orderFields = relations.first { $0.name == "orders" }?.fields ?? []
    /// How many of the last orders and messages there are.
    static let lastCount = 5

    let id: Int64
    let fields: [Field]
    let values: [Value]
    let reaches: [Reach]
    let traits: [TraitValue]
    let segments: [String]
    /// Segments whose script raised, with the error.
    let failedSegments: [(name: String, error: String)]
    /// The last of them first.
    let orders: [Order]
    let orderCount: Int
    let messages: [PersonMessage]
    let tags: [String]
    let interests: [String]
    let work: [OpenWork]
    let forecast: CustomerForecast

    /// Reads all of it.
    init(_ id: Int64, _ session: PromptSession) throws {
        let snapshot = session.snapshot
        // Where one cannot be found, the card says so in its place.
        try? session.findAllPopulations()
        fields = session.customerFields
        guard let values = try snapshot.values(fields, of: id) else {
            throw LuaError("there is no customer \(id) any more")
        }
        self.id = id
        self.values = values
        let texts = Dictionary(uniqueKeysWithValues: zip(fields.map(\.name), values))
        let said = try snapshot.consentStatements(of: id)
        reaches = try Channel.allCases.compactMap { channel in
            guard case .text(let address)? = texts[channel.addressField] else { return nil }
            return Reach(
                channel: channel, address: address, consent: try snapshot.consent(of: id, on: channel),
                since: said.first { $0.channel == channel }?.time,
                suppression: try snapshot.suppression(of: address, on: channel, customer: id))
        }
        (traits, segments, failedSegments) = try Self.answers(of: id, session)
        (orders, orderCount) = try Self.lastOrders(of: id, snapshot)
        messages = try snapshot.lastMessages(to: id, limit: Self.lastCount)
        tags = try snapshot.tags(of: id)
        interests = try snapshot.interests(of: id)
        work = try snapshot.openWork(about: id)
        forecast = try CustomerForecast(id, session)
    }

    /// What scripts say of the customer. An error of one of them is no reason not to ask the others.
    private static func answers(
        of id: Int64, _ session: PromptSession
    ) throws -> ([TraitValue], [String], [(name: String, error: String)]) {
        let host = session.host
        let walk = try CustomerWalk(host)
        guard try walk.go(to: id) else { return ([], [], []) }
        func asked<Answer>(_ body: () throws -> Answer) throws -> Result<Answer, Diagnostic> {
            do {
                return .success(try body())
            } catch let error as any Diagnosable where !session.bench.isInterrupted {
                return .failure(error.diagnostic)
            }
        }
        let traits = try host.traits.values.sorted { $0.name < $1.name }.map { trait in
            switch try asked({ try walk.value(of: trait) }) {
            case .success(let found):
                TraitValue(field: trait.field(found.type), value: found.value, error: nil)
            case .failure(let error):
                TraitValue(field: Field(trait.name, .text, ""), value: .null, error: error.message)
            }
        }
        var segments: [String] = []
        var failed: [(name: String, error: String)] = []
        for name in host.segments.keys.sorted() {
            switch try asked({ try walk.isIn(host.audience(.named(name, nil))) }) {
            case .success(let isMember): if isMember { segments.append(name) }
            case .failure(let error): failed.append((name, error.message))
            }
        }
        return (traits, segments, failed)
    }

    private static func lastOrders(of id: Int64, _ snapshot: Snapshot) throws -> ([Order], Int) {
        guard let relation = relations.first(where: { $0.name == "orders" }),
            case .rows(let rows) = try snapshot.answer(RelationQuery(relation, of: id), .list)
        else { return ([], 0) }
        let orders = try rows.suffix(lastCount).reversed().map { values in
            var items: [String] = []
            if let place = orderFields.firstIndex(where: { $0.name == "id" }),
                case .integer(let number) = values[place]
            {
                items = try snapshot.items(ofOrder: number).map(itemText)
            }
            return Order(values: values, items: items)
        }
        return (orders, rows.count)
    }

    /// `2 × Running shoes`.
    private static func itemText(_ values: [Value]) -> String {
        func value(_ name: String) -> Value {
            orderItemFields.firstIndex { $0.name == name }.map { values[$0] } ?? .null
        }
        var name = "?"
        if case .text(let text) = value("sku") { name = text }
        if case .text(let text) = value("name") { name = text }
        let quantity: Double? =
            switch value("quantity") {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: nil
            }
        guard let quantity, quantity != 1 else { return name }
        return "\(Int64(exactly: quantity).map(String.init) ?? String(quantity)) × \(name)"
    }

    /// The value of a field; missing where there is no such field.
    subscript(name: String) -> Value {
        fields.firstIndex { $0.name == name }.map { values[$0] } ?? .null
    }

    /// A field's text; nil where it is missing.
    func text(_ name: String) -> String? {
        if case .text(let text) = self[name] { text } else { nil }
    }

    /// A field's whole number; nil where it is missing.
    func integer(_ name: String) -> Int64? {
        if case .integer(let number) = self[name] { number } else { nil }
    }
}

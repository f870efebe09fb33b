internal import Basics
internal import Catalog
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// A customer as a person names one at the prompt.
enum NamedCustomer: Sendable {
    /// A customer, or their number.
    case id(Int64)
    /// An address, an id or a whole name.
    case text(String)

    /// What may stand there, for errors.
    fileprivate static let expected = "a customer, a number or an address"

    /// The customer's number.
    ///
    /// - Throws: an error with the next step where there is none, or there are several.
    func id(_ session: PromptSession) throws -> Int64 {
        switch self {
        case .id(let id): try session.known(id)
        case .text(let text): try session.customer(named: text)
        }
    }
}

extension LuaParameter where Value == NamedCustomer {
    /// A customer, a customer's number, or a text that names one.
    static func namedCustomer(_ name: String) -> Self {
        Self(name, NamedCustomer.expected) { call, position in try call.namedCustomer(position) }
    }
}

extension HostCall {
    /// The customer that an argument names.
    ///
    /// - Throws: an error where it is nothing that could name one.
    func namedCustomer(_ position: Int) throws -> NamedCustomer {
        if let id = customer(position) { return .id(id) }
        switch try value(position) {
        case .integer(let id): return .id(id)
        case .text(let text): return .text(text)
        case let other: throw mismatch(position, NamedCustomer.expected, other)
        }
    }
}

extension PromptSession {
    fileprivate func known(_ id: Int64) throws -> Int64 {
        guard try snapshot.values([], of: id) != nil else {
            let ids = try snapshot.customerIDs()
            throw LuaError(
                "there is no customer \(id)",
                hint: ids.map {
                    "numbers go from \($0.lowerBound) to \($0.upperBound); find \"…\" looks for names"
                }
                    ?? "there are no customers yet: moonletter import brings some")
        }
        return id
    }

    fileprivate func customer(named text: String) throws -> Int64 {
        let found = try snapshot.customers(named: text)
        if found.count == 1 { return found[0] }
        let name = page.safe(text.count > 40 ? text.prefix(39) + "…" : text)
        guard !found.isEmpty else {
            throw LuaError(
                "no customer has the address, the id or the name '\(name)'",
                hint: "find \"\(name)\" looks for a part of it")
        }
        let fields = ["name", "city"].compactMap { name in customerColumns.first { $0.name == name } }
        let some = try found.prefix(5).map { id in
            let values = try snapshot.values(fields, of: id) ?? []
            let texts = zip(fields, values).map { page.safe(page.format.text($1, of: $0)) }
            return "customer(\(id)) \(texts.filter { !$0.isEmpty }.joined(separator: ", "))"
        }
        throw LuaError(
            "\(grouped(found.count)) customers are '\(name)'",
            hint: "take one by number: \(some.joined(separator: "; "))\(found.count > 5 ? "; …" : "")")
    }
}

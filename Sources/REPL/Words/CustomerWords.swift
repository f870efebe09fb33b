internal import Catalog
internal import LuaRuntime
internal import Rules
internal import Store

/// Words about customers.
let customerWords: [HostWord] = [
    HostWord(
        prompt: "customer", "customer(id | address | name)",
        """
        A customer by number, e-mail address, phone number, WeCom id, external id or whole name; printed, it is a card \
        with orders, messages, consents and what campaigns would do in the next 30 days.
        """, example: "customer \"ann@example.com\""
    ) { call, session in
        let person = try call.arguments(.namedCustomer("c"))
        return call.returns(try session.host.person(person.id(session)))
    }.gives("customer").naming("id", .customer),
    HostWord(
        prompt: "find", "find(text, limit)",
        """
        The customers in whose name, e-mail address, phone number, company or external id every word of the text stands, \
        the best 20 unless a limit says otherwise; one alone is printed as a card.
        """, example: "find \"王\""
    ) { call, session in
        let (text, limit) = try call.arguments(.text("text", "a text to look for"), .optionalNumber("limit"))
        guard !text.allSatisfy(\.isWhitespace) else {
            throw LuaError("there is nothing to look for", hint: "find takes a part of a name: find \"ann\"")
        }
        let count = try whole(limit ?? 20, of: 1...100_000, "the limit of find")
        return call.returns(CustomerList(try session.snapshot.find(text, limit: count), session))
    }.gives("people").showingExample(),
    HostWord(
        "customers", "customers",
        "All customers, as a question that asks nothing until it must: narrow it, then count, group or show.",
        example: "customers:where { city = \"上海\" }:count()", place: .prompt
    ) { host in
        (try? host.session).map { .object(QueryObject($0)) } ?? .missing
    }.gives("query").showingExample(),
]

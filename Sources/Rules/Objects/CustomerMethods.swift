internal import Basics
internal import Catalog
internal import LuaRuntime

/// What can be asked of a customer with a colon: `c:has_tag "VIP"`.
public struct CustomerMethod: Sendable {
    /// The name.
    public let name: String
    /// The call, as help shows it.
    public let signature: String
    /// One sentence.
    public let doc: String
    let body: @Sendable (HostCall, RuleHost) throws -> Int32
}

/// All methods of a customer.
public let customerMethods: [CustomerMethod] = [
    CustomerMethod(name: "has_tag", signature: "c:has_tag(tag)", doc: "Whether the customer has the tag.") {
        call, host in
        call.returns(
            .boolean(
                try host.requireData().hasTag(
                    try call.argument(1, "a text", call.text), customer: try call.customer(1))))
    },
    CustomerMethod(
        name: "likes", signature: "c:likes(interest)", doc: "Whether the customer has the interest."
    ) {
        call, host in
        call.returns(
            .boolean(
                try host.requireData().likes(
                    try call.argument(1, "a text", call.text), customer: try call.customer(1))))
    },
    CustomerMethod(
        name: "interests", signature: "c:interests()",
        doc: "The customer's interests as a list, strongest first."
    ) { call, host in
        let names = try host.requireData().interests(of: try call.customer(1))
        return call.returns(.table(LuaTable(array: names.map(LuaValue.text))))
    },
    CustomerMethod(
        name: "consents_to", signature: "c:consents_to(channel)",
        doc: "Whether the customer agreed to marketing on the channel and has not taken it back."
    ) { call, host in
        let name = try call.argument(1, "a text", call.text)
        guard let channel = Channel(rawValue: name) else {
            throw LuaError("unknown channel '\(name)'", hint: "channels are email, sms and wecom")
        }
        return call.returns(
            .boolean(try host.requireData().consent(of: try call.customer(1), on: channel) == .granted))
    },
    CustomerMethod(
        name: "birthday_within", signature: "c:birthday_within(span)",
        doc: """
            Whether the next birthday is today or at most so long after today, in whole days; \
            29 February counts as 28 February in other years.
            """
    ) { call, host in
        let id = try call.customer(1)
        let span = try call.argument(1, "a span such as days(3)", call.number)
        guard let birthday = customerColumns.first(where: { $0.name == "birthday" }),
            case .text(let text)? = try host.requireData().values([birthday], of: id)?.first,
            let born = CivilDate(iso: text)
        else { return call.returns(.boolean(false)) }
        let days = daysUntilBirthday(born, from: host.clock.today)
        return call.returns(.boolean(Double(days) * 86_400 <= span))
    },
]

/// Days from `today` to the next birthday, 0 on the day itself.
func daysUntilBirthday(_ born: CivilDate, from today: CivilDate) -> Int {
    for year in [today.year, today.year + 1] {
        let day = min(born.day, CivilDate.days(inMonth: born.month, of: year))
        if let birthday = CivilDate(year: year, month: born.month, day: day), birthday >= today {
            return birthday.daysSinceEpoch - today.daysSinceEpoch
        }
    }
    // Every date has a birthday in its own year or the next.
    return 366
}

extension HostCall {
    /// Reads an argument of a method, counted as the script writes it: what stands before the colon is none.
    func argument<Value>(_ position: Int, _ expected: String, _ read: (Int) throws -> Value) throws -> Value {
        do {
            return try read(position + 1)
        } catch {
            throw mismatch(position, expected, try value(position + 1))
        }
    }
}

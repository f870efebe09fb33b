internal import Basics
internal import Catalog
internal import LuaRuntime

/// What can be asked of a customer with a colon: `c:has_tag "VIP"`.
public let customerMethods: [HostWord] = [
    HostWord(
        customer: "has_tag", .text("tag"), doc: "Whether the customer has the tag.",
        example: "c:has_tag \"VIP\""
    ) { host, customer, tag in .boolean(try host.requireData().hasTag(tag, customer: customer)) }.giving(
        "boolean"),
    HostWord(
        customer: "likes", .text("interest"), doc: "Whether the customer has the interest.",
        example: "c:likes \"outdoor\""
    ) { host, customer, interest in .boolean(try host.requireData().likes(interest, customer: customer)) }
    .giving("boolean"),
    HostWord(
        customer: "interests", doc: "The customer's interests as a list, strongest first.",
        example: "c:interests()[1]"
    ) { host, customer in
        .table(LuaTable(array: try host.requireData().interests(of: customer).map(LuaValue.text)))
    }.giving("string[]"),
    HostWord(
        customer: "favourite", .text("property"),
        doc:
            "The category, the brand or the name that most of the customer's purchased items have; of equal ones, "
            + "what was bought last.",
        example: "c:favourite \"category\""
    ) { host, customer, name in
        guard let property = ProductProperty(rawValue: name) else {
            throw LuaError(
                "a product has no favourite\(host.mention(name))",
                hint: "ask for category, brand or name")
        }
        return try host.requireData().favourite(property, of: customer).map(LuaValue.text) ?? .missing
    }.giving("string?"),
    HostWord(
        customer: "consents_to", .text("channel"),
        doc: "Whether the customer agreed to marketing on the channel and has not taken it back.",
        example: "c:consents_to \"email\""
    ) { host, customer, name in
        guard let channel = Channel(rawValue: name) else {
            throw LuaError("unknown channel\(host.mention(name))", hint: "channels are email, sms and wecom")
        }
        return .boolean(try host.requireData().consent(of: customer, on: channel) == .granted)
    }.giving("boolean"),
    HostWord(
        customer: "birthday_within", .number("span", "a span such as days(3)"),
        doc: """
            Whether the next birthday is today or at most so long after today, in whole days; \
            29 February counts as 28 February in other years.
            """, example: "c:birthday_within(days(3))"
    ) { host, customer, span in
        guard let birthday = customerColumns.first(where: { $0.name == "birthday" }),
            case .text(let text)? = try host.requireData().values([birthday], of: customer)?.first,
            let born = CivilDate(iso: text)
        else { return .boolean(false) }
        return .boolean(Double(daysUntilBirthday(born, from: host.clock.today)) * 86_400 <= span)
    }.taking("span", "Span").giving("boolean"),
].map { $0.showingExample() }

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

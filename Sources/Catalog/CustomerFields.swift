/// The built-in fields of a customer that are columns of `customers` (alias `c`).
///
/// Facts and custom attributes are fields too; see ``FactGroup`` and the store's attribute definitions.
public let customerColumns: [Field] = [
    Field("id", .integer, "The customer's number in this workspace.", sql: "c.id"),
    Field("external_id", .text, "The customer's id in the system the data came from.", sql: "c.external_id"),
    Field(
        "name", .text, "Full name, as given, or else made of the two parts in the order of their script.",
        sql: fullNameSQL),
    Field("first_name", .text, "Given name.", sql: "c.first_name"),
    Field("last_name", .text, "Family name.", sql: "c.last_name"),
    Field("email", .text, "E-mail address.", sql: "c.email"),
    Field("phone", .text, "Phone number, digits with an optional leading +.", sql: "c.phone"),
    Field("wecom_id", .text, "Id of the customer's WeCom (企业微信) contact.", sql: "c.wecom_id"),
    Field(
        "gender", .text, "Gender as given: female, male or other.", sql: "c.gender",
        values: ["female", "male", "other"]),
    Field("birthday", .date, "Date of birth, YYYY-MM-DD.", sql: "c.birthday"),
    Field("language", .text, "Preferred language, as a tag such as zh or en-GB.", sql: "c.language"),
    Field("company", .text, "Company.", sql: "c.company"),
    Field("industry", .text, "Industry of the company.", sql: "c.industry"),
    Field("country", .text, "Country.", sql: "c.country"),
    Field("region", .text, "Province, state or region.", sql: "c.region"),
    Field("city", .text, "City.", sql: "c.city"),
    Field("time_zone", .text, "IANA time zone, such as Asia/Shanghai.", sql: "c.time_zone"),
    Field(
        "preferred_channel", .text, "The channel the customer asked for.", sql: "c.preferred_channel",
        values: Channel.allCases.map(\.rawValue)),
    Field("level", .text, "Membership level.", sql: "c.level"),
    Field("source", .text, "Where the customer came from: store, website, fair.", sql: "c.source"),
    Field("owner", .text, "The colleague who looks after the customer.", sql: "c.owner"),
    Field("registered_at", .instant, "When the customer registered.", sql: "c.registered_at"),
    Field("erased_at", .instant, "When the customer's data was erased at their request.", sql: "c.erased_at"),
]

/// Names of the methods that rules call on a customer, such as `c:has_tag "VIP"`; no field may have one of them.
public let customerMethodNames = [
    "has_tag", "likes", "interests", "favourite", "consents_to", "birthday_within",
]

/// The name as it was given, which the field `name` falls back from.
public let givenName = Field("name", .text, "Full name, as given.", sql: "c.name")

/// What the field `name` is, from the name as it was given and its two parts: the same as the field's SQL.
public func fullName(given: Value, first: Value, last: Value) -> Value {
    guard given == .null else { return given }
    guard case .text(let firstText) = first, case .text(let lastText) = last else {
        return first == .null ? last : first
    }
    let isFamilyNameFirst = lastText.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? false
    return .text(isFamilyNameFirst ? lastText + firstText : "\(firstText) \(lastText)")
}

/// Chinese, Japanese and Korean names put the family name first, without a blank: their letters begin at
/// U+2E80.
private let fullNameSQL = """
    COALESCE(c.name, CASE WHEN c.first_name IS NULL OR c.last_name IS NULL \
    THEN COALESCE(c.first_name, c.last_name) \
    WHEN unicode(c.last_name) >= 0x2E80 THEN c.last_name || c.first_name \
    ELSE c.first_name || ' ' || c.last_name END)
    """

/// A way to reach a customer.
public enum Channel: String, Sendable, CaseIterable, Codable {
    /// E-mail, to `customers.email`.
    case email
    /// Text message, to `customers.phone`.
    case sms
    /// WeCom (企业微信), to `customers.wecom_id`.
    case wecom

    /// The field of a customer that holds the address.
    public var addressField: String {
        switch self {
        case .email: "email"
        case .sms: "phone"
        case .wecom: "wecom_id"
        }
    }
}

public import Catalog

/// Addresses as reports show them unless the person asks to reveal them.
public enum Masking: Sendable {
    /// Enough to tell two apart, not enough to write to: `w***@example.com`, `138****5678`.
    case masked
    /// As they are.
    case revealed

    /// A text, such as a subject or a body, in which the address and whatever has the form of an e-mail address
    /// or of a mobile number is shown as this masking shows it. Cost: proportional to the text.
    public func show(text: String, to address: String?, on channel: Channel?) -> String {
        guard case .masked = self else { return text }
        var text = text
        if let address, !address.isEmpty { text = text.replacing(address, with: show(address, on: channel)) }
        return AddressFinder.mobileNumbers(in: AddressFinder.mails(in: text) { show($0, on: .email) }) {
            show($0, on: .sms)
        }
    }

    /// The address as this masking shows it.
    public func show(_ address: String, on channel: Channel?) -> String {
        guard case .masked = self else { return address }
        switch channel {
        case .email:
            guard let at = address.lastIndex(of: "@") else { return "***" }
            return "\(address.prefix(1))***\(address[at...])"
        case .sms where address.count >= 9: return "\(address.prefix(3))****\(address.suffix(4))"
        default: return "\(address.prefix(1))***"
        }
    }
}

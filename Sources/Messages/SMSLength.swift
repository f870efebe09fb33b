/// How long a text message is, and how many parts it is sent in.
///
/// By 3GPP TS 23.038 and TS 23.040: a text of the GSM 7 bit default alphabet has 160 septets in one message or 153 in
/// each part of several; a character of its extension table takes two, which stay together. Any other text is UCS-2:
/// 70 code units of 16 bits in one message or 67 in each part, and a surrogate pair stays together.
public struct SMSLength: Sendable, Equatable {
    /// How a text message is written down.
    public enum Encoding: String, Sendable {
        /// The GSM 7 bit default alphabet, of which all characters of the text are.
        case gsm7 = "GSM-7"
        /// Code units of 16 bits.
        case ucs2 = "UCS-2"
    }

    /// How it is written down.
    public let encoding: Encoding
    /// Septets, or code units of 16 bits.
    public let units: Int
    /// How many messages a phone company counts; 1 for an empty text.
    public let parts: Int

    /// Counts a text. Cost: linear.
    public init(_ text: String) {
        var septets: [Int] = []
        septets.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if Self.alphabet.contains(scalar) {
                septets.append(1)
            } else if Self.extensionTable.contains(scalar) {
                septets.append(2)
            } else {
                encoding = .ucs2
                (units, parts) = Self.count(text.unicodeScalars.map { $0.value > 0xFFFF ? 2 : 1 }, 70, 67)
                return
            }
        }
        encoding = .gsm7
        (units, parts) = Self.count(septets, 160, 153)
    }

    /// Fills parts with characters that take so many units each.
    private static func count(_ sizes: [Int], _ single: Int, _ part: Int) -> (units: Int, parts: Int) {
        let units = sizes.reduce(0, +)
        guard units > single else { return (units, 1) }
        var parts = 1
        var used = 0
        for size in sizes {
            if used + size > part {
                parts += 1
                used = 0
            }
            used += size
        }
        return (units, parts)
    }

    // TS 23.038, section 6.2.1, without the escape to the extension table.
    private static let alphabet = Set(
        """
        @£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§\
        ¿abcdefghijklmnopqrstuvwxyzäöñüà
        """.unicodeScalars)
    // TS 23.038, section 6.2.1.1.
    private static let extensionTable = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}

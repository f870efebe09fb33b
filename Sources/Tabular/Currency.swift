/// A currency sign or code beside a number.
struct Currency {
    /// The ISO 4217 code; nil where the sign belongs to several currencies.
    let code: String?

    /// A currency by its code.
    init(code: String?) {
        self.code = code
    }

    /// Takes a sign or a code from the text; nil, and nothing is taken, where there is none.
    init?(_ text: inout ByteScanner) {
        let next = text.peek
        // Most texts that are no numbers fail here, before the table is searched.
        guard next >= 0x80 || next == 0x24 || text.isAtLetter else { return nil }
        let start = text.position
        for entry in Self.table where text.accept(entry.sign, ignoringCase: true) {
            // USDT or CNYX is no currency of the table.
            if text.isAtLetter {
                text.position = start
                continue
            }
            code = entry.code
            return
        }
        return nil
    }

    /// Longer signs stand before those they start with.
    private static let table: [(sign: StaticString, code: String?)] = [
        ("US$", "USD"), ("HK$", "HKD"), ("NT$", "TWD"), ("CA$", "CAD"), ("AU$", "AUD"), ("S$", "SGD"),
        ("R$", "BRL"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("CN¥", "CNY"), ("JP¥", "JPY"),
        ("¥", nil), ("￥", nil), ("₹", "INR"), ("₩", "KRW"), ("₽", "RUB"), ("₫", "VND"), ("฿", "THB"),
        ("人民币", "CNY"), ("美元", "USD"), ("欧元", "EUR"), ("港元", "HKD"), ("港币", "HKD"), ("日元", "JPY"),
        ("英镑", "GBP"), ("元", "CNY"), ("圆", "CNY"), ("円", "JPY"),
        ("RMB", "CNY"), ("CNY", "CNY"), ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"), ("JPY", "JPY"),
        ("HKD", "HKD"), ("TWD", "TWD"), ("SGD", "SGD"), ("AUD", "AUD"), ("NZD", "NZD"), ("CAD", "CAD"),
        ("CHF", "CHF"), ("SEK", "SEK"), ("NOK", "NOK"), ("DKK", "DKK"), ("PLN", "PLN"), ("CZK", "CZK"),
        ("INR", "INR"), ("KRW", "KRW"), ("RUB", "RUB"), ("BRL", "BRL"), ("THB", "THB"), ("VND", "VND"),
        ("MYR", "MYR"), ("MOP", "MOP"),
    ]
}

internal import Basics
internal import Catalog
internal import Foundation

extension RuleClock {
    /// An instant on the workspace's wall clock by a strftime format, names in English.
    func format(_ instant: Int64, _ format: String) -> String {
        var local = local
        let (date, second) = local.wallClock(at: instant)
        var fields = tm()
        fields.tm_year = Int32(date.year - 1900)
        fields.tm_mon = Int32(date.month - 1)
        fields.tm_mday = Int32(date.day)
        fields.tm_hour = Int32(second / 3600)
        fields.tm_min = Int32(second / 60 % 60)
        fields.tm_sec = Int32(second % 60)
        fields.tm_wday = Int32(date.weekday % 7)
        let newYear = CivilDate(year: date.year, month: 1, day: 1)?.daysSinceEpoch ?? date.daysSinceEpoch
        fields.tm_yday = Int32(date.daysSinceEpoch - newYear)
        let offset = local.offset(at: instant)
        fields.tm_gmtoff = offset
        // strftime takes %s and %Z from the process's zone; the workspace's are put in beforehand.
        let zone = local.zone.abbreviation(for: Date(timeIntervalSince1970: Double(instant))) ?? ""
        let prepared = format.replacing("%s", with: String(instant)).replacing("%Z", with: zone)
            .replacing("%z", with: local.offsetText(at: instant, colon: false))
        guard !prepared.isEmpty else { return "" }
        var buffer = [CChar](repeating: 0, count: 256 + prepared.utf8.count * 8)
        let length = strftime(&buffer, buffer.count, prepared, &fields)
        return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// An amount with its currency's sign and digits: `¥1,234.50`, `KWD 1.500`.
///
/// Rounded to the currency's minor unit (``Catalog/minorUnitDigits(of:)``).
public func formatMoney(_ amount: Double, currency: String) -> String {
    let places = minorUnitDigits(of: currency)
    let text = String(format: "%.\(places)f", abs(amount))
    let parts = text.split(separator: ".")
    let whole = grouped(digits: parts.first ?? "0")
    let signs = ["CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£"]
    let sign = signs[currency] ?? (currency.isEmpty ? "" : "\(currency) ")
    // What rounds to nothing has no sign.
    let isNegative = amount < 0 && text.contains { ("1"..."9").contains($0) }
    return (isNegative ? "-" : "") + sign + whole + (parts.count > 1 ? ".\(parts[1])" : "")
}

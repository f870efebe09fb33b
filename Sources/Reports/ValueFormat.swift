internal import Basics
package import Catalog
internal import Formats
internal import Foundation
package import Rules

/// Values of customers as tables show them: times on the workspace's wall clock, amounts with their currency,
/// addresses masked.
package struct ValueFormat {
    /// Whose wall clock shows times.
    package let clock: RuleClock
    /// The currency of amounts, ISO 4217.
    package let currency: String
    /// How addresses are shown.
    package let masking: Masking

    /// Values as this clock, this currency and this masking show them.
    package init(clock: RuleClock, currency: String, masking: Masking) {
        self.clock = clock
        self.currency = currency
        self.masking = masking
    }

    /// A value of no field; one that says so is a time.
    package func plain(_ value: Value, isTime: Bool) -> String {
        switch value {
        case .null: return "nothing"
        case .integer(let number) where isTime:
            var local = clock.local
            return "\(number) (\(local.text(at: number)))"
        case .integer(let number): return String(number)
        case .number(let number): return Int64(exactly: number).map(String.init) ?? String(number)
        case .text(let text): return "'\(text)'"
        }
    }

    /// A value of a field; nothing where it is missing.
    /// An amount in minor units.
    private func amount(_ minorUnits: Double) -> String {
        MoneyFormat(currency: currency).text(minorUnits / pow(10, Double(minorUnitDigits(of: currency))))
    }

    package func text(_ value: Value, of field: Field) -> String {
        switch (value, field.type) {
        case (.null, _): return ""
        case (.integer(let number), .instant):
            var local = clock.local
            return local.text(at: number)
        case (.integer(let number), .boolean): return number == 0 ? "false" : "true"
        case (.integer(let number), .money): return amount(Double(number))
        case (.number(let number), .money): return amount(number)
        case (.integer(let number), _): return String(number)
        case (.number(let number), _):
            return Int64(exactly: number).map(String.init) ?? String(number)
        case (.text(let text), _):
            guard let channel = Channel.allCases.first(where: { $0.addressField == field.name }) else {
                return text
            }
            return masking.show(text, on: channel)
        }
    }
}

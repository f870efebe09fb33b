internal import Basics
internal import Catalog
internal import Formats
internal import Foundation
internal import Reports
internal import Rules

/// Values of a field as the cells of a column.
struct CellText {
    private let page: Page
    private let money: MoneyFormat

    /// Cells of a page.
    init(_ page: Page) {
        self.page = page
        money = MoneyFormat(currency: page.format.currency)
    }

    /// What stands for a missing value.
    static let missing = "–"

    /// The cells of a column: numbers with as many decimals as one of them needs, up to two, and times without what is the
    /// same everywhere.
    func column(_ field: Field, _ values: [Value]) -> [String] {
        switch field.type {
        case .instant: instants(values)
        case .number: numbers(values)
        default: values.map { text($0, of: field) }
        }
    }

    /// A value that stands alone.
    func text(_ value: Value, of field: Field) -> String {
        switch (value, field.type) {
        case (.null, _): Self.missing
        case (.integer, .instant): instants([value])[0]
        case (.integer(let number), .money): money.text(Double(number) / minorUnits)
        case (.number(let number), .money): money.text(number / minorUnits)
        case (.number, .number), (.integer, .number): numbers([value])[0]
        case (.integer(let number), .integer) where Self.isCounted(field): grouped(Int(number))
        case (.text(let text), _) where text.isEmpty: "\"\""
        default: page.safe(page.format.text(value, of: field))
        }
    }

    /// Whether a whole number says how many, so that its digits stand in groups; those that name something do not.
    private static func isCounted(_ field: Field) -> Bool {
        field.name != "id" && field.name != "customer" && !field.name.hasSuffix("_id")
    }

    private var minorUnits: Double { pow(10, Double(money.places)) }

    private func instants(_ values: [Value]) -> [String] {
        var clock = page.format.clock.local
        let texts = values.map { value in
            if case .integer(let instant) = value { clock.text(at: instant) } else { Self.missing }
        }
        // Days where nothing has a time of day, else minutes.
        let isMidnight = texts.allSatisfy { $0.hasSuffix(" 00:00:00") || $0 == Self.missing }
        return texts.map { $0 == Self.missing ? $0 : String($0.dropLast(isMidnight ? 9 : 3)) }
    }

    private func numbers(_ values: [Value]) -> [String] {
        let numbers = values.map { value -> Double? in
            switch value {
            case .integer(let number): Double(number)
            case .number(let number): number
            case .null, .text: nil
            }
        }
        let known = numbers.compactMap { $0 }
        let isWhole = known.allSatisfy { $0 == $0.rounded() }
        let isSmall = known.allSatisfy { abs($0) < 1 }
        let places = isWhole ? 0 : isSmall ? 4 : 2
        let pattern = NumberPattern()
        return zip(values, numbers).map { value, number in
            if case .text(let text) = value { return page.safe(text) }
            guard let number else { return Self.missing }
            guard let digits = DecimalDigits(number)?.rounded(to: places) else { return "\(number)" }
            return pattern.text(digits, places: places)
        }
    }
}

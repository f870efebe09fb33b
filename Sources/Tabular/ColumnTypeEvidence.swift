internal import Basics

/// Collects from the values of a column the narrowest type that holds all of them.
public struct ColumnTypeEvidence: Sendable, Hashable {
    private var canBeBoolean = true
    private var canBeInteger = true
    private var canBeNumber = true
    private var canBeDate = true
    private var hasTime = false
    private var hasValues = false

    /// No evidence yet.
    public init() {}

    /// Adds a value; missing ones say nothing.
    public mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard canBeBoolean || canBeNumber || canBeDate || !hasValues, !ColumnType.isMissing(bytes) else {
            return
        }
        hasValues = true
        if canBeBoolean { canBeBoolean = Self.isBoolean(bytes) }
        if canBeNumber { addNumber(bytes) }
        if canBeDate { addDate(bytes) }
    }

    /// Adds a value.
    public mutating func add(_ text: String) {
        withBytes(of: text) { add($0) }
    }

    /// The narrowest type that holds all values so far. Eight digits that all are days of the years 1900
    /// to 2100 count as dates, and so do dates whose order of day and month is open.
    public var type: ColumnType {
        if !hasValues { return .empty }
        if canBeBoolean { return .boolean }
        if canBeDate { return hasTime ? .instant : .date }
        if canBeNumber { return canBeInteger ? .integer : .number }
        return .text
    }

    private mutating func addNumber(_ bytes: UnsafeBufferPointer<UInt8>) {
        var text = ByteScanner(bytes)
        if !text.accept(0x2D) { _ = text.accept(0x2B) }
        let leading = text.peek
        let digits = text.skipDigits()
        if text.isAtEnd, digits > 0 {
            canBeNumber = digits <= 15 && (leading != 0x30 || digits == 1)
            return
        }
        canBeInteger = false
        canBeNumber = (try? NumberReader().read(bytes)) != nil
    }

    private mutating func addDate(_ bytes: UnsafeBufferPointer<UInt8>) {
        do throws(DateProblem) {
            let value = try DateReader(order: nil).read(bytes)
            if value.secondOfDay != nil { hasTime = true }
            // Numbers of eight digits are days only where they could be of a customer's life.
            canBeDate = (1900...2100).contains(value.date.year)
        } catch {
            canBeDate = error == .ambiguous
            if canBeDate, (try? DateReader(order: .monthFirst).read(bytes))?.secondOfDay != nil {
                hasTime = true
            }
        }
    }

    private static func isBoolean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var text = ByteScanner(bytes)
        return switch text.count {
        case 2: text.accept("NO", ignoringCase: true)
        case 3: text.accept("YES", ignoringCase: true) || text.accept("是") || text.accept("否")
        case 4: text.accept("TRUE", ignoringCase: true)
        case 5: text.accept("FALSE", ignoringCase: true)
        default: false
        }
    }
}

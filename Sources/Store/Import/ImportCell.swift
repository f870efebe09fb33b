internal import Basics
internal import Catalog
internal import Tabular

/// One value of a row on its way from the reader to SQLite; texts are views of the reader's or the row's bytes.
enum ImportCell {
    /// Missing.
    case empty
    /// A whole number, an instant, money in minor units, 0 or 1.
    case integer(Int64)
    /// An exact number.
    case number(Decimal64)
    /// UTF-8, valid until the next row is read.
    case text(UnsafeBufferPointer<UInt8>)

    var isEmpty: Bool {
        if case .empty = self { true } else { false }
    }

    /// The bytes of a text; nil for anything else.
    var bytes: UnsafeBufferPointer<UInt8>? {
        if case .text(let bytes) = self { bytes } else { nil }
    }

    /// The whole number; nil for anything else.
    var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The exact number; nil for anything else.
    var number: Decimal64? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The value by itself.
    var value: Value {
        switch self {
        case .empty: .null
        case .integer(let value): .integer(value)
        case .number(let value): .number(value.double)
        case .text(let bytes): .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Adds the value to a hash so that no two different values are alike.
    func add(to hash: inout StableHash) {
        switch self {
        case .empty: hash.combine("")
        case .integer(let value): hash.combine(value)
        case .number(let value):
            hash.combine(value.mantissa)
            hash.combine(Int64(value.scale))
        case .text(let bytes): hash.combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }
}

extension RawStatement {
    /// Binds a cell; its text must stay where it is until the statement has run.
    func bind(_ index: Int, _ cell: ImportCell) {
        switch cell {
        case .empty: bindNull(index)
        case .integer(let value): bind(index, value)
        case .number(let value): bind(index, value.double)
        case .text(let bytes): bind(index, bytes)
        }
    }
}

extension Decimal64 {
    /// The nearest double.
    var double: Double {
        if scale == 0 { return Double(mantissa) }
        // Both operands are exact, so one division rounds once (as long as the power of ten is exact).
        if scale <= 22, mantissa.magnitude < 1 << 53 { return Double(mantissa) / Self.powers[scale] }
        return Double(description) ?? 0
    }

    private static let powers = (0...22).map { Double("1e\($0)") ?? 1 }

    /// The product with another number in units of `10^-places`, rounded half away from zero; nil where it
    /// does not fit.
    func product(_ other: Decimal64, places: Int) -> Int64? {
        let (high, low) = mantissa.magnitude.multipliedFullWidth(by: other.mantissa.magnitude)
        var magnitude = UInt128(high) << 64 | UInt128(low)
        let shift = places - scale - other.scale
        for _ in 0..<max(0, shift) {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            if overflow { return nil }
            magnitude = product
        }
        if shift < 0 {
            // Of more than 38 digits nothing is left.
            guard shift >= -38 else { return 0 }
            var divisor: UInt128 = 1
            for _ in 0..<(-shift) { divisor *= 10 }
            let (quotient, rest) = magnitude.quotientAndRemainder(dividingBy: divisor)
            magnitude = rest >= divisor - rest ? quotient + 1 : quotient
        }
        guard magnitude <= UInt128(Int64.max) else { return nil }
        return (mantissa < 0) == (other.mantissa < 0) ? Int64(magnitude) : -Int64(magnitude)
    }
}

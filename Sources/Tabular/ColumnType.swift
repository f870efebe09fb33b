/// What the values of a column are.
public enum ColumnType: String, Sendable, Hashable, CaseIterable {
    /// No value at all.
    case empty
    /// true/false, yes/no or 是/否.
    case boolean
    /// Whole numbers in plain digits.
    case integer
    /// Numbers.
    case number
    /// Days.
    case date
    /// Days, at least one of them with a time.
    case instant
    /// Anything else, and digits that are a name rather than a number (a leading zero, more than 15 digits).
    case text

    /// Whether a field stands for a missing value: blank, `NA`, `N/A`, `NULL`, `\N` or `nan`, in the usual
    /// cases (`Na` is a name).
    public static func isMissing(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var text = ByteScanner(bytes)
        switch text.count {
        case 0: return true
        case 2: return text.accept("NA") || text.accept("\\N")
        case 3: return text.accept("N/A") || text.accept("n/a") || text.accept("nan") || text.accept("NaN")
        case 4: return text.accept("NULL") || text.accept("null") || text.accept("#N/A")
        default: return false
        }
    }
}

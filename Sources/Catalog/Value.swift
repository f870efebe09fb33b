/// A value as the store holds it, on its way between SQL and rules.
public enum Value: Sendable, Hashable {
    /// Missing.
    case null
    /// A whole number; also booleans (1 or 0), instants and money in minor units.
    case integer(Int64)
    /// A double.
    case number(Double)
    /// Text.
    case text(String)
}

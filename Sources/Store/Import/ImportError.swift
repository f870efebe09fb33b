public import Catalog

/// Why an import could not be done; see `ImportError+Diagnostic.swift` for the words.
public enum ImportError: Error, Equatable {
    /// A required field has no column; `anyOf` are the fields of which one would do.
    case missingColumn(file: String, kind: ImportKind, anyOf: [String], found: [String])
    /// Two columns mean one field.
    case twoColumns(file: String, field: String, first: String, second: String)
    /// The map names a column that no file has.
    case unknownColumn(column: String, found: [String])
    /// The map names a field that the kind does not have.
    case unknownField(column: String, field: String, kind: ImportKind)
    /// Every date of a column reads with the day first and with the month first.
    case ambiguousDates(file: String, column: String, example: String)
    /// Some dates of a column read only with the day first, others only with the month first.
    case contradictoryDates(file: String, column: String, dayFirst: String, monthFirst: String)
    /// A custom attribute is in the store with another type than the column has.
    case attributeType(column: String, attribute: String, stored: ValueType, found: ValueType)
    /// The file of rejected rows could not be written; the reason is the system's.
    case rejectsNotWritable(path: String, reason: String)
    /// The progress callback asked to stop.
    case cancelled
}

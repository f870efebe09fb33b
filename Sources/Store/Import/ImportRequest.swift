public import Foundation
public import Tabular

/// What to do with columns of a customers file that mean no field.
public enum UnknownColumns: String, Sendable, CaseIterable {
    /// They become custom attributes, each of the narrowest type that holds all its values.
    case keep
    /// They are left out.
    case drop
}

/// Which files to import, as what, and how to read them.
public struct ImportRequest {
    /// What the rows are.
    public var kind: ImportKind
    /// The files, taken in this order as one import.
    public var files: [String]
    /// The encoding; nil to detect it.
    public var encoding: TextEncoding?
    /// What separates fields; nil to detect it.
    public var delimiter: Delimiter?
    /// Whether the first record names the columns.
    public var header: HeaderOption
    /// What comes first in dates like 3/4/2024; nil to find out.
    public var dates: DateOrder?
    /// Columns by header to the fields they mean; `-` leaves a column out.
    public var map: [String: String]
    /// Headers by the field of the kind that they mean, besides those that it has itself.
    public var headers: [String: [String]] = [:]
    /// Headers of files of customers by the custom attribute that they mean, besides its name.
    public var attributeHeaders: [String: [String]] = [:]
    /// Makes the records of files that are no tables; nil for tables. The delimiter and the header then say nothing.
    public var importer: LineImporter?
    /// What to do with columns of a customers file that mean no field.
    public var unknownColumns: UnknownColumns
    /// Roll everything back where a row is rejected.
    public var allOrNothing: Bool
    /// Reject rows of customers that are not in the store, in place of making the customers.
    public var knownCustomersOnly: Bool
    /// The zone of times that name none.
    public var timeZone: TimeZone
    /// Where rejected rows are written.
    public var rejectsPath: String
    /// The time of the import for the audit log, Unix seconds.
    public var recordedAt: Int64

    /// Everything is found out unless said otherwise.
    public init(
        kind: ImportKind, files: [String], encoding: TextEncoding? = nil, delimiter: Delimiter? = nil,
        header: HeaderOption = .automatic, dates: DateOrder? = nil, map: [String: String] = [:],
        unknownColumns: UnknownColumns = .keep, allOrNothing: Bool = false, knownCustomersOnly: Bool = false,
        timeZone: TimeZone, rejectsPath: String, recordedAt: Int64
    ) {
        self.kind = kind
        self.files = files
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
        self.dates = dates
        self.map = map
        self.unknownColumns = unknownColumns
        self.allOrNothing = allOrNothing
        self.knownCustomersOnly = knownCustomersOnly
        self.timeZone = timeZone
        self.rejectsPath = rejectsPath
        self.recordedAt = recordedAt
    }

    var tabularOptions: TabularOptions {
        TabularOptions(encoding: encoding, delimiter: delimiter, header: header)
    }
}

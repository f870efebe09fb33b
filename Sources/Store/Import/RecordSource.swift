internal import Tabular

/// The records of a file, one after another: those of a table, or those that a plugin makes of lines.
protocol RecordSource: AnyObject {
    var encoding: TextEncoding { get }
    /// What separates fields, and whether the first record names the columns; none where a plugin reads the lines.
    var layout: (delimiter: Delimiter, hasHeader: Bool)? { get }
    /// The names of the columns.
    var header: [String] { get }
    /// Who says how many columns there are, for reasons.
    var headerOwner: String { get }
    /// The size of the file, and how far it is read.
    var byteCount: Int64 { get }
    var bytesRead: Int64 { get }
    /// The line on which the current record starts, from 1.
    var line: Int { get }
    /// How many fields the current record has.
    var fieldCount: Int { get }
    /// The current record as it stands in the file.
    var rawRecord: String { get }

    /// Goes to the next record; false at the end of the file.
    func next() throws -> Bool
    /// The bytes of a field as UTF-8, valid until the next record; empty where the record has no such field.
    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>
}

extension RecordSource {
    /// How many columns there are.
    var columnCount: Int { header.count }
}

extension TabularReader: RecordSource {
    var headerOwner: String { "the header" }
    var layout: (delimiter: Delimiter, hasHeader: Bool)? { (delimiter, hasHeader) }
}

extension ImportRequest {
    /// Opens a file in the way that is asked for.
    func open(_ path: String) throws -> any RecordSource {
        if let importer { return try ImportedLines(path, encoding: encoding, importer) }
        return try TabularReader(path: path, options: tabularOptions)
    }
}

/// Why a file cannot be read as records.
public enum TabularError: Error, Hashable {
    /// It could not be opened; the reason is the system's.
    case cannotOpen(path: String, reason: String)
    /// Reading failed on the way; the reason is the system's.
    case cannotRead(path: String, reason: String)
    /// It holds nothing, or only blank lines or a byte order mark.
    case empty(path: String)
    /// It is no text; the kind is nil where only NUL bytes tell it.
    case binary(path: String, kind: BinaryKind?)
    /// It is a text of another format, such as `JSON`.
    case notTabular(path: String, format: String)
    /// Bytes that no character of the encoding has; line and column (in characters) count from 1.
    case invalidBytes(path: String, encoding: TextEncoding, line: Int, column: Int, bytes: [UInt8])
    /// A quotation mark that opens a field on this line is never closed.
    case unterminatedQuote(path: String, line: Int)
    /// The record that starts on this line is longer than `limit` bytes.
    case recordTooLong(path: String, line: Int, limit: Int)
    /// The system's iconv does not know the encoding.
    case encodingUnavailable(path: String, encoding: TextEncoding)
}

public import Diagnostics

extension TabularError: Diagnosable {
    /// What to tell the person, with the next step as hint.
    public var diagnostic: Diagnostic {
        switch self {
        case .cannotOpen(let path, let reason):
            Diagnostic(
                "cannot open '\(path)': \(reason)",
                hint:
                    "check the path and the permissions; a delimited text file (.csv, .tsv, .txt) is expected"
            )
        case .cannotRead(let path, let reason):
            Diagnostic(
                "cannot read '\(path)' to its end: \(reason)",
                hint: "copy the file to a local disk and try again")
        case .empty(let path):
            Diagnostic(
                "'\(path)' holds no records: expected at least one line of text, found none",
                hint: "check that the export has finished and is the right one")
        case .binary(let path, let kind):
            Diagnostic(
                "'\(path)' is \(Self.name(of: kind)), expected delimited text", hint: Self.hint(for: kind))
        case .notTabular(let path, let format):
            Diagnostic(
                "'\(path)' looks like \(format), expected delimited text",
                hint: "export the data as CSV from the program it comes from")
        case .invalidBytes(let path, let encoding, let line, let column, let bytes):
            Diagnostic(
                "'\(path)' is not valid \(encoding.name): found \(Self.hex(bytes))",
                at: SourceLocation(file: path, line: line, column: column),
                hint: bytes == [0] ? Self.damaged : Self.encodings(besides: encoding))
        case .unterminatedQuote(let path, let line):
            Diagnostic(
                "a quotation mark in '\(path)' is never closed: expected '\"' at the end of the field, "
                    + "found the end of the file",
                at: SourceLocation(file: path, line: line),
                hint: "close the quotation mark, or double it where it belongs to the text")
        case .recordTooLong(let path, let line, let limit):
            Diagnostic(
                "a record of '\(path)' is longer than \(limit) bytes, the most that is accepted",
                at: SourceLocation(file: path, line: line),
                hint: "look for a quotation mark that is not closed, or for another kind of line end")
        case .encodingUnavailable(let path, let encoding):
            Diagnostic(
                "cannot read '\(path)': the iconv of this system does not know \(encoding.name)",
                hint: "install the system's character set conversions, or convert the file to UTF-8")
        }
    }

    private static let damaged =
        "NUL bytes often mean an interrupted copy; copy or export the file again"

    private static func encodings(besides wrong: TextEncoding) -> String {
        let others = TextEncoding.allCases.filter { $0 != wrong }.map(\.name)
        return "name the encoding with --encoding: \(others.joined(separator: ", "))"
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        return (bytes.count == 1 ? "byte 0x" : "bytes 0x") + digits.joined(separator: " 0x")
    }

    private static func name(of kind: BinaryKind?) -> String {
        switch kind {
        case .zip: "a ZIP archive or an Excel workbook (.xlsx)"
        case .oldExcel: "an Excel workbook (.xls)"
        case .pdf: "a PDF document"
        case .gzip: "a file compressed by gzip"
        case .compressed: "a compressed archive"
        case .sqlite: "a SQLite database"
        case .parquet: "a Parquet file"
        case .richText: "a Rich Text document"
        case .picture: "a picture"
        case nil: "a binary file"
        }
    }

    private static func hint(for kind: BinaryKind?) -> String {
        switch kind {
        case .zip: "save the workbook as CSV UTF-8, or unpack the archive"
        case .oldExcel: "open it in Excel or LibreOffice and save it as CSV"
        case .gzip: "unpack it first, for example with gunzip"
        case .compressed: "unpack it first"
        case .sqlite: "export the table as CSV, for example with sqlite3 -csv -header"
        case .pdf, .parquet, .richText, .picture: "export the data as CSV from the program it comes from"
        case nil: "export the data as CSV; for UTF-16 text name --encoding utf-16le or utf-16be"
        }
    }
}

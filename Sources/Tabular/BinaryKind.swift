/// Files that are known by their first bytes not to be delimited text.
public enum BinaryKind: String, Sendable, Hashable, CaseIterable {
    /// A ZIP archive, which Excel (.xlsx), LibreOffice (.ods) and Numbers also write.
    case zip
    /// A workbook of Excel before 2007 (.xls).
    case oldExcel
    /// A PDF document.
    case pdf
    /// A file that gzip compressed.
    case gzip
    /// A file compressed by bzip2, xz, Zstandard, 7-Zip or RAR.
    case compressed
    /// A SQLite database.
    case sqlite
    /// A Parquet file.
    case parquet
    /// A Rich Text document.
    case richText
    /// A PNG, JPEG or GIF picture.
    case picture

    /// The kind whose signature `head` starts with; nil for none of them.
    init?(_ head: UnsafeBufferPointer<UInt8>) {
        let found = Self.signatures.first { head.starts(with: $0.bytes) }
        guard let found else { return nil }
        self = found.kind
    }

    private static let signatures: [(bytes: [UInt8], kind: BinaryKind)] = [
        ([0x50, 0x4B, 0x03, 0x04], .zip),
        ([0x50, 0x4B, 0x05, 0x06], .zip),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldExcel),
        (Array("%PDF-".utf8), .pdf),
        ([0x1F, 0x8B], .gzip),
        ([0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59], .compressed),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed),
        ([0x28, 0xB5, 0x2F, 0xFD], .compressed),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .compressed),
        (Array("Rar!".utf8) + [0x1A, 0x07], .compressed),
        (Array("SQLite format 3\0".utf8), .sqlite),
        (Array("PAR1".utf8), .parquet),
        (Array("{\\rtf".utf8), .richText),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .picture),
        ([0xFF, 0xD8, 0xFF], .picture),
        (Array("GIF8".utf8), .picture),
    ]
}

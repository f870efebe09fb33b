/// The encodings a data file may come in.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// UTF-16, least significant byte first.
    case utf16LittleEndian = "utf-16le"
    /// UTF-16, most significant byte first.
    case utf16BigEndian = "utf-16be"
    /// GB 18030, which holds GBK and GB 2312.
    case gb18030 = "gb18030"
    /// ISO 8859-1.
    case latin1 = "latin-1"
    /// Windows code page 1252: Latin-1 with typographic signs in place of controls.
    case windows1252 = "windows-1252"
    /// The Western encoding of Mac OS before version 10.
    case macRoman = "mac-roman"

    /// The name as a person types it; `init(named:)` accepts it.
    public var name: String { rawValue }

    /// The encoding of a usual name or alias, in any case; nil for an unknown name.
    ///
    /// `utf-16` means little endian; a reader follows the byte order mark of the file where there is one.
    public init?(named name: String) {
        let key = name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        switch key {
        case "utf8", "utf8sig", "utf8bom", "ascii", "usascii": self = .utf8
        case "utf16", "utf16le", "unicode": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "gb18030", "gbk", "gb2312", "euccn", "cp936", "ms936": self = .gb18030
        case "latin1", "iso88591", "l1": self = .latin1
        case "windows1252", "cp1252", "ansi", "win1252": self = .windows1252
        case "macroman", "macintosh", "mac": self = .macRoman
        default: return nil
        }
    }

    /// The name that iconv knows.
    var iconvName: String {
        switch self {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .gb18030: "GB18030"
        case .latin1: "ISO-8859-1"
        case .windows1252: "CP1252"
        case .macRoman: "MACINTOSH"
        }
    }

    /// The byte order mark at the start of a file: the encoding it stands for and how long it is.
    static func byteOrderMark(_ head: UnsafeBufferPointer<UInt8>) -> (encoding: TextEncoding, length: Int)? {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
        if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
        if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
        // The UTF-8 mark's code point, as GB 18030 writes it.
        if head.starts(with: [0x84, 0x31, 0x95, 0x33]) { return (.gb18030, 4) }
        return nil
    }

    /// Whether a byte order mark of `other` may override this encoding: only the two orders of UTF-16.
    func yields(to other: TextEncoding) -> Bool {
        let orders: [TextEncoding] = [.utf16LittleEndian, .utf16BigEndian]
        return orders.contains(self) && orders.contains(other)
    }
}

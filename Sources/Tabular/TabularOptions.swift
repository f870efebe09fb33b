/// What the caller knows about a file; the rest is found out.
public struct TabularOptions: Sendable, Hashable {
    /// The encoding; nil to detect it. A byte order mark decides between the two orders of UTF-16.
    public var encoding: TextEncoding?
    /// What separates fields; nil to detect it.
    public var delimiter: Delimiter?
    /// Whether the first record names the columns.
    public var header: HeaderOption

    /// Everything is found out unless said otherwise.
    public init(encoding: TextEncoding? = nil, delimiter: Delimiter? = nil, header: HeaderOption = .automatic)
    {
        self.encoding = encoding
        self.delimiter = delimiter
        self.header = header
    }
}

/// What separates the fields of a record.
public enum Delimiter: String, Sendable, Hashable, CaseIterable {
    /// `,`
    case comma
    /// `;`
    case semicolon
    /// A tab.
    case tab
    /// `|`
    case pipe
    /// Runs of spaces and tabs; those at the start and the end of a line separate nothing.
    case blanks

    /// The byte that separates; a space for `blanks`.
    var byte: UInt8 {
        switch self {
        case .comma: 0x2C
        case .semicolon: 0x3B
        case .tab: 0x09
        case .pipe: 0x7C
        case .blanks: 0x20
        }
    }
}

/// Whether the first record names the columns.
public enum HeaderOption: Sendable, Hashable {
    /// It does unless it looks like data.
    case automatic
    /// It does.
    case present
    /// It is data; the columns are `column1`, `column2` and so on.
    case absent
    /// It is data; the columns have these names.
    case names([String])
}

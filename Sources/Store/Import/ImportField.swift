/// Something that a column of an imported file can mean.
public struct ImportField: Sendable, Hashable {
    /// How a value is read and stored.
    public enum Form: Sendable, Hashable {
        /// As it stands.
        case text
        /// A whole number.
        case integer
        /// A number, kept exact until it is stored.
        case number
        /// Yes or no; stored as 1 or 0.
        case boolean
        /// An amount in the store's currency; stored in minor units.
        case money
        /// A day with or without a time; stored as Unix seconds.
        case instant
        /// A day; stored as `YYYY-MM-DD`.
        case date
        /// An e-mail address; what cannot be one is left out.
        case email
        /// A phone number; stored as digits with an optional leading +.
        case phone
        /// The code of the currency that the row's amounts are in; only checked.
        case currency
        /// One of a few values that have synonyms.
        case choice(ImportWords)
    }

    /// The name, as `--map COLUMN=NAME` takes it.
    public let name: String
    /// How a value is read.
    public let form: Form
    /// One sentence for help.
    public let doc: String
    /// Headers that mean it besides its name, in any case and with or without blanks, `_`, `-` and `.`.
    public let headers: [String]

    init(_ name: String, _ form: Form = .text, _ doc: String, _ headers: [String] = []) {
        self.name = name
        self.form = form
        self.doc = doc
        self.headers = headers
    }

    /// A header in the form in which headers are compared: lower case, half width, letters and digits only.
    static func folded(_ header: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in header.unicodeScalars {
            // The full-width forms of ASCII stand in the same order (Unicode chart FF00).
            let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
            let plain = isFullWidth ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            if plain.properties.isWhitespace || plain == "_" || plain == "-" || plain == "." { continue }
            result.append(plain)
        }
        return String(result).lowercased()
    }
}

/// The values of a field that has only a few, each with the words that mean it.
public struct ImportWords: Sendable, Hashable {
    /// A value as stored, and the words for it besides itself.
    public struct Entry: Sendable, Hashable {
        /// The value as stored.
        public let value: String
        /// Other words for it, in lower case.
        public let words: [String]
    }

    /// The values.
    public let entries: [Entry]

    init(_ entries: [(String, [String])]) {
        self.entries = entries.map { Entry(value: $0.0, words: $0.1) }
    }

    /// The values as stored.
    public var values: [String] { entries.map(\.value) }
}

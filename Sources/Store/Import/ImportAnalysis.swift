internal import Catalog
internal import Tabular

/// What the files of an import are and what their columns mean, found by reading them once.
struct ImportAnalysis {
    /// A column of a file.
    struct Column: Sendable, Equatable {
        let header: String
        let target: ImportTarget
        /// How its values are read; nil for a column that is left out.
        var form: ImportField.Form?
        /// What comes first in its dates, where that matters.
        var dates: DateOrder?
        /// What its numbers have before their fraction; nil where each has to tell it itself.
        var decimalSign: DecimalSign?
        /// How many of the sampled values are missing.
        var missing = 0
    }

    /// A file.
    struct File: Sendable, Equatable {
        let path: String
        let encoding: TextEncoding
        /// What separates fields; nil where a plugin reads the lines.
        let delimiter: Delimiter?
        let hasHeader: Bool
        let byteCount: Int64
        var columns: [Column]
        /// How many records were sampled for missing values.
        var sampled = 0
    }

    /// A custom attribute that the files bring.
    struct Attribute: Sendable, Equatable {
        let name: String
        /// The header of its first column.
        let header: String
        var type: ValueType
    }

    let kind: ImportKind
    var files: [File]
    /// The custom attributes, by first appearance.
    var attributes: [Attribute]

    /// How many records are sampled.
    static let sampleSize = 1000

    /// The columns of a file that are read, for a row of this import.
    func columns(of file: File) -> [ImportColumn] {
        let fields = kind.fields
        return file.columns.enumerated().compactMap { position, column in
            let cell: Int? =
                switch column.target {
                case .field(let name): fields.firstIndex { $0.name == name }
                case .attribute(let name):
                    attributes.firstIndex { $0.name == name }.map { $0 + fields.count }
                case .dropped: nil
                }
            guard let cell, let form = column.form else { return nil }
            return ImportColumn(
                position: position, header: column.header, cell: cell, form: form,
                dates: DateReader(order: column.dates),
                numbers: NumberReader(decimalSign: column.decimalSign))
        }
    }
}

extension ValueType {
    /// How values of a custom attribute of this type are read.
    var importForm: ImportField.Form {
        switch self {
        case .text: .text
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .money: .money
        case .instant: .instant
        case .date: .date
        }
    }
}

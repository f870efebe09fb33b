internal import Basics
internal import Catalog
internal import Tabular

/// Why a row was not taken. Reasons are counted, so what differs from row to row stands in the detail.
struct Rejection: Equatable {
    let reason: String
    let detail: String

    init(_ reason: String, detail: String? = nil) {
        self.reason = reason
        self.detail = detail ?? reason
    }
}

/// The current row as cells: one for each field of the kind, then one for each custom attribute.
///
/// It reads a row without taking memory: texts stay in the reader's buffer, and what must be rewritten goes to a
/// block of its own.
final class ImportRow {
    /// The values; those of fields without a column are empty.
    let cells: UnsafeMutablePointer<ImportCell>
    let kind: ImportKind
    /// The columns of the file that is being read.
    var columns: [ImportColumn] = [] {
        didSet { prepare() }
    }
    /// E-mail addresses and phone numbers that were left out so far.
    private(set) var badEmails = 0
    private(set) var badPhones = 0
    /// Amounts with more decimals than the currency has so far.
    private(set) var roundedAmounts = 0

    private let count: Int
    private let indexes: [String: Int]
    private let requirements: [(fields: [Int], rejection: Rejection)]
    let rewritten: UnsafeMutablePointer<UInt8>
    /// The words of the columns that have a few values, by cell.
    private(set) var words: [WordTable?] = []
    var clock: ZoneClock
    let currency: String
    let moneyDigits: Int

    /// The largest amount in minor units: ten million millions in a currency with cents. Nine thousand of them
    /// add up without an overflow.
    static let largestAmount: UInt64 = 1_000_000_000_000_000

    /// How many bytes of rewritten text a cell has room for.
    static let room = 64

    init(kind: ImportKind, attributes: Int, clock: ZoneClock, currency: String) {
        self.kind = kind
        self.clock = clock
        self.currency = currency
        moneyDigits = minorUnitDigits(of: currency)
        let fields = kind.fields
        count = fields.count + attributes
        let indexes = Dictionary(
            fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.indexes = indexes
        requirements = kind.requirements.map { group in
            (group.compactMap { indexes[$0] }, Self.absence(of: group))
        }
        cells = .allocate(capacity: max(1, count))
        cells.initialize(repeating: .empty, count: count)
        rewritten = .allocate(capacity: max(1, count) * Self.room)
    }

    deinit {
        cells.deallocate()
        rewritten.deallocate()
    }

    /// The index of a field's cell.
    func index(of field: String) -> Int? {
        indexes[field]
    }

    /// The rejection of rows that lack the fields: `no amount or unit_price`.
    static func absence(of fields: [String]) -> Rejection {
        fields.first == "customer_id" ? .noCustomer : Rejection("no \(fields.joined(separator: " or "))")
    }

    /// Reads the reader's current record; nil where all its values could be read.
    func read(_ reader: any RecordSource) -> Rejection? {
        guard reader.fieldCount == reader.columnCount else {
            return Rejection(
                "\(reader.fieldCount) fields where \(reader.headerOwner) has \(reader.columnCount)")
        }
        for column in columns {
            let bytes = reader.bytes(column.position)
            // No word for a missing value is longer than four bytes.
            if bytes.count <= 4, ColumnType.isMissing(bytes) {
                cells[column.cell] = .empty
                continue
            }
            switch column.form {
            case .text: cells[column.cell] = .text(bytes)
            default:
                if let rejection = convert(bytes, column) { return rejection }
            }
        }
        return nil
    }

    /// The rejection of a row that lacks something required; nil where nothing is missing.
    func missingRequirement() -> Rejection? {
        for requirement in requirements where requirement.fields.allSatisfy({ cells[$0].isEmpty }) {
            return requirement.rejection
        }
        return nil
    }

    /// The meaning of the whole row as a hash.
    var hash: StableHash {
        var hash = StableHash()
        for i in 0..<count { cells[i].add(to: &hash) }
        return hash
    }

    func countBadEmail() { badEmails += 1 }
    func countBadPhone() { badPhones += 1 }
    func countRoundedAmount() { roundedAmounts += 1 }

    private func prepare() {
        for i in 0..<count { cells[i] = .empty }
        words = Array(repeating: nil, count: count)
        for column in columns {
            switch column.form {
            case .boolean: words[column.cell] = WordTable(.boolean)
            case .choice(let choice): words[column.cell] = WordTable(choice)
            default: break
            }
        }
    }
}

/// A column of a file that is read into a cell.
struct ImportColumn: Sendable, Equatable {
    /// Its place in the file, from 0.
    let position: Int
    /// Its header, for reasons.
    let header: String
    /// The cell that it fills.
    let cell: Int
    let form: ImportField.Form
    let dates: DateReader
    let numbers: NumberReader
}

/// Tells from the first records whether the first of them names the columns.
///
/// A number, date or e-mail address above others of its kind is data; a text above them is a name. An empty
/// field above fields that are partly empty is data as well. Without any evidence there is a header.
struct HeaderEvidence {
    private enum Kind {
        case empty, number, date, email, text
    }

    private var first: [Kind] = []
    private var later: [[Kind: Int]] = []
    private var hasFirst = false
    private var laterCount = 0

    /// Adds the record that the parser has just found.
    mutating func add(_ parser: RecordParser, _ base: UnsafePointer<UInt8>) {
        let kinds = (0..<parser.fieldCount).map { column in
            let field = parser.fields[column]
            if field.isUnescaped { return Kind.text }
            return Self.kind(UnsafeBufferPointer(start: base + field.start, count: field.end - field.start))
        }
        guard hasFirst else {
            hasFirst = true
            first = kinds
            later = Array(repeating: [:], count: kinds.count)
            return
        }
        laterCount += 1
        for (column, kind) in kinds.enumerated() where column < later.count {
            later[column][kind, default: 0] += 1
        }
    }

    /// The verdict.
    var hasHeader: Bool {
        if laterCount == 0 { return !first.contains { $0 == .number || $0 == .date || $0 == .email } }
        var isData = 0
        var isNames = 0
        for (kind, below) in zip(first, later) {
            let empty = below[.empty, default: 0]
            let filled = below.values.reduce(0, +) - empty
            switch kind {
            case .empty:
                if empty > 0, filled > 0 { isData += 1 }
            case .number, .date, .email:
                if filled > 0, below[kind, default: 0] * 2 > filled { isData += 1 }
            case .text:
                let others = filled - below[.text, default: 0]
                if filled > 0, others * 10 >= filled * 9 { isNames += 1 }
            }
        }
        return isNames >= isData
    }

    private static func kind(_ bytes: UnsafeBufferPointer<UInt8>) -> Kind {
        if bytes.isEmpty || ColumnType.isMissing(bytes) { return .empty }
        if (try? NumberReader().read(bytes)) != nil { return .number }
        do throws(DateProblem) {
            _ = try DateReader(order: nil).read(bytes)
            return .date
        } catch {
            if error != .notADate { return .date }
        }
        if let at = bytes.firstIndex(of: 0x40), at > 0, bytes[at...].contains(0x2E), !bytes.contains(0x20) {
            return .email
        }
        return .text
    }
}

internal import Tabular

/// Makes records of the lines of a file that is no table of columns.
public struct LineImporter {
    /// The name, for errors.
    public let name: String
    /// The headers of what it gives, in order.
    public let columns: [String]
    /// The values of a line, whose number counts from 1; nil leaves the line out. A record with another number of values
    /// than columns is rejected.
    ///
    /// It is asked twice about lines at the start of a file: once to find out what its columns hold.
    public let read: (_ line: String, _ number: Int) throws -> [String]?

    /// An importer from its parts.
    public init(
        name: String, columns: [String], read: @escaping (_ line: String, _ number: Int) throws -> [String]?
    ) {
        (self.name, self.columns, self.read) = (name, columns, read)
    }
}

/// The records that an importer makes of the lines of a file.
final class ImportedLines: RecordSource {
    private let lines: LineReader
    private let importer: LineImporter
    /// The values of the current record one behind the other, and where each stands.
    private var block: UnsafeMutablePointer<UInt8>
    private var capacity = 256
    private var places: [Range<Int>] = []
    private(set) var rawRecord = ""

    init(_ path: String, encoding: TextEncoding?, _ importer: LineImporter) throws {
        lines = try LineReader(path: path, encoding: encoding)
        self.importer = importer
        block = .allocate(capacity: capacity)
    }

    deinit {
        block.deallocate()
    }

    var encoding: TextEncoding { lines.encoding }
    var layout: (delimiter: Delimiter, hasHeader: Bool)? { nil }
    var header: [String] { importer.columns }
    var headerOwner: String { "importer '\(importer.name)'" }
    var byteCount: Int64 { lines.byteCount }
    var bytesRead: Int64 { lines.bytesRead }
    var line: Int { lines.number }
    var fieldCount: Int { places.count }

    func next() throws -> Bool {
        while let line = try lines.next() {
            guard let values = try importer.read(line, lines.number) else { continue }
            rawRecord = line
            hold(values)
            return true
        }
        return false
    }

    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        guard places.indices.contains(column) else { return UnsafeBufferPointer(start: nil, count: 0) }
        let place = places[column]
        return UnsafeBufferPointer(start: block + place.lowerBound, count: place.count)
    }

    private func hold(_ values: [String]) {
        places.removeAll(keepingCapacity: true)
        let needed = values.reduce(0) { $0 + $1.utf8.count }
        if needed > capacity {
            block.deallocate()
            capacity = max(2 * capacity, needed)
            block = .allocate(capacity: capacity)
        }
        var end = 0
        for value in values {
            let start = end
            for byte in value.utf8 {
                block[end] = byte
                end += 1
            }
            places.append(trimmed(start..<end))
        }
    }

    /// A place without the blanks at both ends, which are none of a value in a table either.
    private func trimmed(_ place: Range<Int>) -> Range<Int> {
        var (start, end) = (place.lowerBound, place.upperBound)
        while start < end, Self.isBlank(block[start]) { start += 1 }
        while end > start, Self.isBlank(block[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

import Foundation
@testable import Tabular

/// A file that lives as long as the value that owns it.
final class ScratchFile {
    let path: String

    init(_ bytes: [UInt8]) throws {
        path = NSTemporaryDirectory() + "tabular-\(UUID().uuidString).csv"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// All that a reader says of a file.
struct Contents: Equatable {
    var encoding = TextEncoding.utf8
    var delimiter = Delimiter.comma
    var hasHeader = true
    var header: [String]
    var records: [[String]]
}

/// Reads a file to its end.
func contents(
    _ bytes: [UInt8], _ options: TabularOptions = TabularOptions(), blockSize: Int = 1 << 20,
    recordLimit: Int = 16 << 20
) throws -> Contents {
    let file = try ScratchFile(bytes)
    let reader = try TabularReader(
        path: file.path, options: options, blockSize: blockSize, recordLimit: recordLimit)
    var records: [[String]] = []
    while try reader.next() { records.append((0..<reader.fieldCount).map(reader.text)) }
    return Contents(
        encoding: reader.encoding, delimiter: reader.delimiter, hasHeader: reader.hasHeader,
        header: reader.header, records: records)
}

/// The same for a text in UTF-8.
func contents(
    _ text: String, _ options: TabularOptions = TabularOptions(), blockSize: Int = 1 << 20
) throws -> Contents {
    try contents(Array(text.utf8), options, blockSize: blockSize)
}

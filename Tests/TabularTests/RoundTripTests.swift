import Basics
import Testing

@testable import Tabular

@Suite("Written and read back")
struct RoundTripTests {
    private static let pieces = [
        "a", "B", "7", " ", "\t", ",", ";", "|", "\"", "\n", "\r", "\r\n", "é", "名", "😀", "-", ".", "'",
    ]

    private static func field(_ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }
        .joined()
    }

    /// The field in quotes where RFC 4180 asks for them or blanks would be trimmed.
    private static func written(_ field: String, _ delimiter: Delimiter) -> String {
        let special = field.unicodeScalars.contains { " \t,;|\"\n\r".unicodeScalars.contains($0) }
        if !special, !(field.isEmpty && delimiter == .blanks) { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }

    @Test(
        "Random records come back equal with every delimiter, line end and block size",
        arguments: Delimiter.allCases,
        ["\n", "\r\n", "\r"])
    func roundTrip(_ delimiter: Delimiter, _ lineEnd: String) throws {
        var random = SplitMix64(seed: 20_260_701)
        let separator = String(decoding: [delimiter.byte], as: UTF8.self)
        for round in 0..<24 {
            let columns = Int.random(in: 2...5, using: &random)
            let records = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                (0..<columns).map { _ in Self.field(&random) }
            }
            var text =
                "start\(separator)" + (2...columns).map { "n\($0)" }.joined(separator: separator) + lineEnd
            text += records.map { $0.map { Self.written($0, delimiter) }.joined(separator: separator) }
                .joined(separator: lineEnd)
            if round.isMultiple(of: 2) { text += lineEnd }
            let options = TabularOptions(encoding: .utf8, delimiter: delimiter, header: .present)
            let header = ["start"] + (2...columns).map { "n\($0)" }
            for blockSize in [1, 2, 7, 64, 4096] {
                let read = try contents(text, options, blockSize: blockSize)
                #expect(read == Contents(delimiter: delimiter, header: header, records: records))
            }
        }
    }

    @Test("A file of many blocks comes back equal")
    func manyBlocks() throws {
        var random = SplitMix64(seed: 7)
        let records = (0..<20_000).map { row in ["\(row)", Self.field(&random), Self.field(&random)] }
        let text =
            "id,a,b\n"
            + records.map { $0.map { Self.written($0, .comma) }.joined(separator: ",") }
            .joined(separator: "\n")
        for blockSize in [512, 4099, 1 << 20] {
            let options = TabularOptions(delimiter: .comma, header: .present)
            #expect(
                try contents(text, options, blockSize: blockSize)
                    == Contents(header: ["id", "a", "b"], records: records))
        }
    }

    @Test("Random bytes give records or an error, the same with every block size")
    func randomBytes() throws {
        var random = SplitMix64(seed: 3)
        let signs = Array("ab1 ,;\t|\"\"\n\r".utf8) + [0xC3, 0xA9, 0xE5, 0x8A, 0x81, 0x30]
        for _ in 0..<150 {
            let bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                signs[Int.random(in: 0..<signs.count, using: &random)]
            }
            for encoding in [nil] + TextEncoding.allCases {
                let file = try ScratchFile(bytes)
                let outcomes = [1, 3, 4096].map { blockSize -> String in
                    do throws(TabularError) {
                        let options = TabularOptions(encoding: encoding)
                        let reader = try TabularReader(
                            path: file.path, options: options, blockSize: blockSize)
                        var seen = "\(reader.header)"
                        while try reader.next() {
                            seen +=
                                "\n\(reader.line) \((0..<reader.fieldCount).map(reader.text)) \(reader.rawRecord)"
                        }
                        return seen
                    } catch {
                        return "\(error)"
                    }
                }
                #expect(Set(outcomes).count == 1, "\(bytes) \(String(describing: encoding))")
            }
        }
    }
}

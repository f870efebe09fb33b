import Diagnostics
import Foundation
import Testing

@testable import Tabular

@Suite("Lines of a file")
struct LineReaderTests {
    /// The numbers and texts of all lines.
    private func lines(_ bytes: [UInt8], encoding: TextEncoding? = nil, blockSize: Int = 1 << 20) throws
        -> [String]
    {
        let file = try ScratchFile(bytes)
        let reader = try LineReader(path: file.path, encoding: encoding, blockSize: blockSize)
        var found: [String] = []
        while let line = try reader.next() { found.append("\(reader.number) \(line)") }
        return found
    }

    @Test(
        "come with their numbers and their blanks, whatever ends them; empty ones are passed over",
        arguments: ["\n", "\r\n", "\r"], [1, 7, 1 << 20])
    func lineEnds(end: String, blockSize: Int) throws {
        let text = ["  a, \"b ", "", "", "c\t", " ", "last"].joined(separator: end)
        #expect(
            try lines(Array(text.utf8), blockSize: blockSize) == ["1   a, \"b ", "4 c\t", "5  ", "6 last"])
        #expect(
            try lines(Array((text + end).utf8), blockSize: blockSize)
                == ["1   a, \"b ", "4 c\t", "5  ", "6 last"])
    }

    @Test("may be of any format and encoding")
    func formats() throws {
        #expect(try lines(Array("{\"a\": 1}\n{\"a\": 2}\n".utf8)) == ["1 {\"a\": 1}", "2 {\"a\": 2}"])
        #expect(try lines([0x48, 0x8A, 0x0D, 0x48], encoding: .macRoman) == ["1 Hä", "2 H"])
    }

    @Test("are refused where bytes are no text")
    func invalid() throws {
        let error = #expect(throws: TabularError.self) {
            try lines(Array("ok\nb".utf8) + [0xC3, 0x28], encoding: .utf8)
        }
        guard case .invalidBytes(_, .utf8, line: 2, column: 2, bytes: [0xC3]) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}

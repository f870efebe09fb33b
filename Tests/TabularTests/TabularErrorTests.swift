import Diagnostics
import Testing

@testable import Tabular

@Suite("Files that cannot be read")
struct TabularErrorTests {
    /// What reading a file to its end throws.
    private func problem(
        _ bytes: [UInt8], _ options: TabularOptions = TabularOptions(), blockSize: Int = 1 << 20,
        recordLimit: Int = 64
    ) throws -> (error: TabularError?, path: String) {
        let file = try ScratchFile(bytes)
        do throws(TabularError) {
            let reader = try TabularReader(
                path: file.path, options: options, blockSize: blockSize, recordLimit: recordLimit)
            while try reader.next() {}
            return (nil, file.path)
        } catch {
            return (error, file.path)
        }
    }

    @Test("A missing file and a directory cannot be opened")
    func cannotOpen() {
        #expect(throws: TabularError.cannotOpen(path: "/no/such.csv", reason: "No such file or directory")) {
            try TabularReader(path: "/no/such.csv")
        }
        #expect(throws: TabularError.cannotOpen(path: "/tmp", reason: "Is a directory")) {
            try TabularReader(path: "/tmp")
        }
        #expect(throws: TabularError.cannotOpen(path: "/dev/null", reason: "Not a regular file")) {
            try TabularReader(path: "/dev/null")
        }
    }

    @Test("Nothing, a lone mark and blank lines are empty", arguments: ["", "\u{FEFF}", "\n\n", " \r\n\t\n"])
    func empty(_ text: String) throws {
        let (error, path) = try problem(Array(text.utf8))
        #expect(error == .empty(path: path))
    }

    @Test(
        "Binary files are known by their first bytes",
        arguments: [
            ("PK\u{3}\u{4}xlsx", BinaryKind.zip), ("%PDF-1.7", .pdf), ("SQLite format 3\0", .sqlite),
            ("PAR1", .parquet),
            ("{\\rtf1", .richText), ("GIF89a", .picture), ("BZh91AY", .compressed), ("a,b\n1,\0\u{1}\n", nil),
        ] as [(String, BinaryKind?)])
    func binary(_ text: String, _ kind: BinaryKind?) throws {
        let (error, path) = try problem(Array(text.utf8))
        #expect(error == .binary(path: path, kind: kind))
    }

    @Test("Files compressed by gzip and old workbooks are binary")
    func highSignatures() throws {
        let gzip = try problem([0x1F, 0x8B, 0x08])
        #expect(gzip.error == .binary(path: gzip.path, kind: .gzip))
        let excel = try problem([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
        #expect(excel.error == .binary(path: excel.path, kind: .oldExcel))
    }

    @Test(
        "JSON and HTML are no tables, a bracketed name is",
        arguments: [
            (" {\"a\": 1}", "JSON"), ("[{\"a\": 1}]", "JSON"), ("[1, 2]", "JSON"), ("<html>", "XML or HTML"),
            ("<?xml version='1.0'?>", "XML or HTML"), ("[id],[name]\n1,2\n", nil), ("<5,>5\n1,2\n", nil),
        ] as [(String, String?)])
    func notTabular(_ text: String, _ format: String?) throws {
        let (error, path) = try problem(Array(text.utf8))
        #expect(error == format.map { .notTabular(path: path, format: $0) })
    }

    @Test(
        "Invalid bytes are told by line and column, after the records before them",
        arguments: [1, 3, 1 << 20])
    func invalidBytes(_ blockSize: Int) throws {
        let start = Array("a,b\n1,2\n\"x\ny\",名".utf8)
        let cases: [(TextEncoding, [UInt8], [UInt8])] = [
            (.utf8, start + [0xE9, 0x0A], [0xE9]), (.utf8, start + [0xE5], [0xE5]),
            (.utf8, start + [0x00, 0x0A], [0]),
        ]
        for (encoding, bytes, wrong) in cases {
            let (error, path) = try problem(bytes, TabularOptions(encoding: encoding), blockSize: blockSize)
            #expect(error == .invalidBytes(path: path, encoding: encoding, line: 4, column: 5, bytes: wrong))
        }
    }

    @Test("Bytes that iconv refuses are told alike", arguments: [1, 4, 1 << 20])
    func invalidConversions(_ blockSize: Int) throws {
        let cases: [(TextEncoding, [UInt8], [UInt8])] = [
            (.gb18030, TextEncodingTests.chinese + [0x61, 0xFF, 0x0A], [0xFF]),
            (.gb18030, TextEncodingTests.chinese + [0x61, 0xD5], [0xD5]),
            (.windows1252, Array("a\nb\nc\nd".utf8) + [0x81], [0x81]),
        ]
        for (encoding, bytes, wrong) in cases {
            let (error, path) = try problem(
                bytes, TabularOptions(encoding: encoding, header: .present), blockSize: blockSize)
            guard case .invalidBytes(path, encoding, 4, 2, let found)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(found.first == wrong.first)
        }
        let half = TextEncodingTests.utf16("a,b\n1,2\n3", bigEndian: false) + [0x00, 0xD8, 0x41, 0x00]
        let (error, path) = try problem(
            half, TabularOptions(encoding: .utf16LittleEndian), blockSize: blockSize)
        #expect(
            error
                == .invalidBytes(
                    path: path, encoding: .utf16LittleEndian, line: 3, column: 2, bytes: [0x00, 0xD8]))
    }

    @Test("An open quotation mark is told by the line where it stands", arguments: [1, 1 << 20])
    func unterminatedQuote(_ blockSize: Int) throws {
        let (error, path) = try problem(Array("a,b\n1,2\n\"x\ny\",\"z\n5,6\n".utf8), blockSize: blockSize)
        #expect(error == .unterminatedQuote(path: path, line: 4))
    }

    @Test("A record beyond the limit is refused, one at the limit is not", arguments: [1, 16, 1 << 20])
    func recordTooLong(_ blockSize: Int) throws {
        let field = String(repeating: "x", count: 62)
        let fits = try problem(Array("a,b\n1,\(field)\n".utf8), blockSize: blockSize)
        #expect(fits.error == nil)
        let (error, path) = try problem(Array("a,b\n1,\(field)y\n".utf8), blockSize: blockSize)
        #expect(error == .recordTooLong(path: path, line: 2, limit: 64))
        // Beyond the sample the end of the record is not in sight.
        let long = String(repeating: "x", count: 300_000)
        let open = try problem(Array("a,b\n\n1,\"\(long)\n".utf8), blockSize: 4096)
        #expect(open.error == .recordTooLong(path: open.path, line: 3, limit: 64))
    }

    @Test("Every error names the file and offers a next step")
    func diagnostics() {
        let errors: [TabularError] =
            [
                .cannotOpen(path: "f.csv", reason: "No such file or directory"),
                .cannotRead(path: "f.csv", reason: "I/O"),
                .empty(path: "f.csv"), .binary(path: "f.csv", kind: nil),
                .notTabular(path: "f.csv", format: "JSON"),
                .invalidBytes(path: "f.csv", encoding: .utf8, line: 1, column: 2, bytes: [0]),
                .unterminatedQuote(path: "f.csv", line: 3), .recordTooLong(path: "f.csv", line: 3, limit: 9),
                .encodingUnavailable(path: "f.csv", encoding: .gb18030),
            ] + BinaryKind.allCases.map { .binary(path: "f.csv", kind: $0) }
        for error in errors {
            let diagnostic = error.diagnostic
            #expect(diagnostic.message.contains("f.csv"))
            #expect(diagnostic.hint != nil)
            #expect(!diagnostic.message.hasSuffix("."))
        }
    }

    @Test("Invalid bytes are shown with their place and the encodings to choose from")
    func invalidBytesDiagnostic() {
        let error = TabularError.invalidBytes(
            path: "f.csv", encoding: .utf8, line: 7, column: 3, bytes: [0xE9, 0x0A])
        #expect(
            error.diagnostic
                == Diagnostic(
                    "'f.csv' is not valid utf-8: found bytes 0xE9 0x0A",
                    at: SourceLocation(file: "f.csv", line: 7, column: 3),
                    hint:
                        "name the encoding with --encoding: utf-16le, utf-16be, gb18030, latin-1, windows-1252, mac-roman"
                ))
    }
}

import Testing

@testable import Tabular

@Suite("Encodings")
struct TextEncodingTests {
    @Test(
        "Usual names and aliases mean an encoding in any case",
        arguments: [
            ("utf-8", TextEncoding.utf8), ("UTF8", .utf8), ("utf-16", .utf16LittleEndian),
            ("UTF-16LE", .utf16LittleEndian), ("utf-16be", .utf16BigEndian), ("GB18030", .gb18030),
            ("gbk", .gb18030), ("GB2312", .gb18030), ("latin1", .latin1), ("Latin-1", .latin1),
            ("ISO-8859-1", .latin1), ("windows-1252", .windows1252), ("CP1252", .windows1252),
            ("macroman", .macRoman), ("Mac-Roman", .macRoman), ("macintosh", .macRoman),
        ])
    func names(_ name: String, _ encoding: TextEncoding) {
        #expect(TextEncoding(named: name) == encoding)
    }

    @Test("Every encoding is found by its own name, an unknown name by none")
    func ownNames() {
        for encoding in TextEncoding.allCases { #expect(TextEncoding(named: encoding.name) == encoding) }
        #expect(TextEncoding(named: "ebcdic") == nil)
        #expect(TextEncoding(named: "") == nil)
    }

    /// 姓名,城市 / 张伟,北京 / 李娜,上海 in GB 18030.
    static let chinese: [UInt8] =
        [0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xB3, 0xC7, 0xCA, 0xD0, 0x0A]
        + [0xD5, 0xC5, 0xCE, 0xB0, 0x2C, 0xB1, 0xB1, 0xBE, 0xA9, 0x0A]
        + [0xC0, 0xEE, 0xC4, 0xC8, 0x2C, 0xC9, 0xCF, 0xBA, 0xA3, 0x0A]

    static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit -> [UInt8] in
            let pair = [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)]
            return bigEndian ? pair.reversed() : pair
        }
    }

    static func latin(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8($0.value) }
    }

    @Test("Chinese text is read alike from each encoding that has it, whatever the block size")
    func chineseText() throws {
        let text = "姓名,城市\n张伟,北京\n李娜,上海\n"
        let little = Self.utf16(text, bigEndian: false)
        let big = Self.utf16(text, bigEndian: true)
        let cases: [([UInt8], TextEncoding)] = [
            (Array(text.utf8), .utf8), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
            (little, .utf16LittleEndian), ([0xFF, 0xFE] + little, .utf16LittleEndian),
            (big, .utf16BigEndian), ([0xFE, 0xFF] + big, .utf16BigEndian), (Self.chinese, .gb18030),
        ]
        for (bytes, encoding) in cases {
            for blockSize in [1, 2, 3, 5, 7, 1 << 20] {
                #expect(
                    try contents(bytes, blockSize: blockSize)
                        == Contents(
                            encoding: encoding, header: ["姓名", "城市"], records: [["张伟", "北京"], ["李娜", "上海"]]))
            }
        }
    }

    @Test("A mark of the other order overrides a chosen UTF-16")
    func otherOrder() throws {
        let bytes = [0xFE, 0xFF] + Self.utf16("a,b\n1,2\n", bigEndian: true)
        let read = try contents(bytes, TabularOptions(encoding: .utf16LittleEndian))
        #expect(read == Contents(encoding: .utf16BigEndian, header: ["a", "b"], records: [["1", "2"]]))
    }

    @Test(
        "Western bytes are told apart by the letters they make",
        arguments: [
            (latin("name\nJos\u{E9} Mu\u{F1}oz\n"), TextEncoding.latin1, "José Muñoz"),
            (latin("name\nJos\u{8E} Mu\u{96}oz\n"), .macRoman, "José Muñoz"),
            (latin("name\nH\u{8A}berlin\n"), .macRoman, "Häberlin"),
            (latin("name\ndon\u{92}t \u{93}stop\u{94} caf\u{E9}\n"), .windows1252, "don’t “stop” café"),
            (latin("name\n5 \u{80}\n"), .windows1252, "5 €"),
            (latin("name\n\u{A3}5\n"), .latin1, "£5"),
            (latin("name\rcaf\u{8E}\r"), .macRoman, "café"),
        ])
    func western(_ bytes: [UInt8], _ encoding: TextEncoding, _ value: String) throws {
        let options = TabularOptions(header: .present)
        #expect(
            try contents(bytes, options) == Contents(encoding: encoding, header: ["name"], records: [[value]])
        )
    }

    @Test("High bytes far behind an ASCII start decide the encoding", arguments: [1000, 300_000, 1_500_000])
    func farBytes(_ distance: Int) throws {
        let lines = String(repeating: "1,Anna\n", count: distance / 7)
        let start = Array("id,name\n\(lines)".utf8)
        let cases: [([UInt8], TextEncoding, String)] = [
            (Self.latin("2,Jos\u{E9}\n"), .latin1, "José"),
            (Self.latin("2,H\u{8A}berlin\n"), .macRoman, "Häberlin"),
            ([0x32, 0x2C, 0xD5, 0xC5, 0xCE, 0xB0], .gb18030, "张伟"), (Array("2,张伟".utf8), .utf8, "张伟"),
        ]
        for (end, encoding, value) in cases {
            let read = try contents(start + end)
            #expect(read.encoding == encoding)
            #expect(read.records.last == ["2", value])
            #expect(read.records.count == distance / 7 + 1)
        }
    }

    @Test("A sample may end in the midst of a character unless it is the whole file")
    func cutSample() {
        func detect(_ bytes: [UInt8], whole: Bool) -> TextEncoding? {
            bytes.withUnsafeBufferPointer { TextEncoding.detect($0, whole: whole) }
        }
        let cut = Array("名字".utf8.dropLast())
        #expect(detect(cut, whole: false) == .utf8)
        #expect(detect(cut, whole: true) != .utf8)
        #expect(detect(Self.chinese.dropLast(2), whole: false) == .gb18030)
        #expect(detect([], whole: true) == .utf8)
        #expect(detect([0x00, 0x01, 0x02, 0x00], whole: true) == nil)
    }

    @Test(
        "The UTF-8 check stops before anything that is not UTF-8",
        arguments: [
            ([0x61, 0xC3, 0xA9], 3, false), ([0x61, 0xC3], 1, true), ([0xC0, 0x80], 0, false),
            ([0xED, 0xA0, 0x80], 0, false), ([0xE4, 0xBD], 0, true), ([0xF0, 0x9F, 0x98, 0x80], 4, false),
            ([0xF5, 0x80], 0, false), ([0xE4, 0x41], 0, false), ([0x80], 0, false), ([0xF0, 0x8F], 0, false),
        ] as [([UInt8], Int, Bool)])
    func check(_ bytes: [UInt8], _ valid: Int, _ endsInMidst: Bool) {
        let ascii = [UInt8](repeating: 0x61, count: 70)
        for prefix in [[], ascii] {
            (prefix + bytes).withUnsafeBufferPointer { buffer in
                guard let base = buffer.baseAddress else { return }
                let check = UTF8Check(base, count: buffer.count)
                #expect(check.valid == prefix.count + valid)
                #expect(check.endsInMidst == endsInMidst)
            }
        }
    }
}

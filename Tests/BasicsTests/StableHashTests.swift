import Basics
import Testing

@Suite("Stable hashes and seeded numbers")
struct StableHashTests {
    /// Computed by a program of its own: FNV-1a over 128 bits, the byte 0xFF after each field.
    private static let pinned: [(fields: [String], hex: String, value: UInt64)] = [
        ([], "6c62272e07bb014262b821756295c58d", 632_420_900_268_351_496),
        ([""], "d228cb68f51a8caf78912b704e49f346", 15_059_515_501_807_542_492),
        (["a"], "0880954550ab1be95aa0733055b751b9", 5_298_287_487_548_964_002),
        (["ab"], "a68d622d888b5822836dbc7977b03f2f", 7_846_784_875_754_361_987),
        (["a", "b"], "697222d0e0757277b806e9775b4e0ce2", 3_089_017_178_181_815_426),
        (["win-back", "张经理"], "21402fbf77cb610db481750cd6c93b8e", 18_044_440_679_680_543_504),
        (
            ["zoe@example.com", "email", "2026-11-21"], "a1c324ef3af5fd2af22b8c2e707d7c7c",
            718_676_797_679_490_377
        ),
    ]

    @Test("the hash of texts is what it was in every version", arguments: pinned)
    func texts(fields: [String], hex: String, value: UInt64) {
        var hash = StableHash()
        for field in fields { hash.combine(field) }
        #expect(hash.hex == hex)
        #expect(hash.value == value)
        #expect(hash.unitInterval == Double(value >> 11) / 9_007_199_254_740_992)
        #expect(hash.bytes.map { digits($0) }.joined() == hex)
    }

    @Test(
        "the hash of whole numbers is what it was in every version",
        arguments: [
            (-1, "2881be891f0307d856b81f05ac582ede"), (1 << 40, "c94586527503b41226dbb2080fb53697"),
        ] as [(Int64, String)])
    func numbers(number: Int64, hex: String) {
        var hash = StableHash()
        hash.combine(number)
        #expect(hash.hex == hex)
    }

    @Test("fields do not run into each other")
    func fields() {
        let hashes = [
            StableHash("ab"), StableHash("a", "b"), StableHash("", "ab"), StableHash("ab", ""),
            StableHash("b", "a"),
        ]
        #expect(Set(hashes.map(\.hex)).count == hashes.count)
    }

    @Test("a text and its bytes are the same field")
    func bytes() {
        let bytes: [UInt8] = [0xE5, 0xBC, 0xA0, 0, 1]
        var hash = StableHash()
        bytes.withUnsafeBytes { hash.combine(bytes: $0) }
        #expect(hash.hex == StableHash("张\u{0}\u{1}").hex)
    }

    @Test("buckets of counting keys are filled evenly")
    func even() {
        var buckets = Array(repeating: 0, count: 10)
        for key in 0..<20_000 { buckets[Int(StableHash("holdout", "\(key)").unitInterval * 10)] += 1 }
        // Five standard deviations of a fair die.
        #expect(buckets.allSatisfy { abs($0 - 2_000) < 212 }, "\(buckets)")
    }

    @Test("the generator gives the published numbers of its seed")
    func splitMix() {
        var random = SplitMix64(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in random.next() } == expected)
    }

    private func digits(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }
}

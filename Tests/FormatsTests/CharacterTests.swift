import Basics
import Formats
import Testing

@Suite("Characters")
struct CharacterTests {
    @Test(
        "words are cut where blanks part them, and by characters where none do",
        arguments: [
            ("one two  three\tfour", 3, "one two three"), ("one two", 2, nil), ("", 1, nil),
            // Two ideographs or kana are a word.
            ("测试测试测试测试", 5, nil), ("测试测试测试测试", 3, "测试测试测试"), ("我们的新品上市", 2, "我们的新"),
            ("你好，世界欢迎您", 2, "你好，世界"), ("红《楼梦》", 1, "红"), ("《红楼梦》好看", 2, "《红楼梦》"),
            ("東京タワーに行く", 3, "東京タワーに"),
            // Four characters of Thai are one; its marks are of their letters.
            ("สวัสดีครับยินดี", 1, "สวัสดี"),
            // Letters that blanks part are never cut inside.
            ("iPhone手机新品", 1, "iPhone"), ("买iPhone15吧", 2, "买iPhone15"), ("买iPhone15吧", 1, "买"),
            ("e-mail, rock'n'roll!", 1, "e-mail,"), ("- a", 1, "-"), ("안녕하세요 세계 여러분", 2, "안녕하세요 세계"),
        ] as [(String, Int, String?)])
    func words(_ text: String, _ count: Int, _ kept: String?) {
        #expect(Characters.words(text, atMost: count) == kept)
    }

    @Test(
        "a slice is of characters as people see them",
        arguments: [
            ("👨‍👩‍👧‍👦好🇨🇳é", 0, 1, "👨‍👩‍👧‍👦"), ("👨‍👩‍👧‍👦好🇨🇳e\u{301}", 2, 9, "🇨🇳e\u{301}"), ("abc", 3, 1, ""), ("한국", 1, 1, "국"),
        ])
    func slices(_ text: String, _ first: Int, _ count: Int, _ slice: String) {
        #expect(Characters.slice(text, from: first, count: count) == slice)
    }

    @Test(
        "case follows the language",
        arguments: [
            (nil, "straße ﬁ ΟΔΟΣ", "STRASSE FI ΟΔΟΣ", "straße ﬁ οδος", "Straße ﬁ οδος"),
            ("tr", "istanbul ILIK", "İSTANBUL ILIK", "istanbul ılık", "İstanbul ılık"),
            ("de", "istanbul ILIK", "ISTANBUL ILIK", "istanbul ilik", "Istanbul ilik"),
            ("el", "άλφα", "ΑΛΦΑ", "άλφα", "Αλφα"), (nil, "ǆ ßa", "Ǆ SSA", "ǆ ßa", "ǅ ßa"),
            (nil, "ßA", "SSA", "ßa", "Ssa"), (nil, "你好 жУк", "你好 ЖУК", "你好 жук", "你好 жук"),
            (nil, "", "", "", ""),
        ] as [(String?, String, String, String, String)])
    func letterCase(
        _ language: String?, _ text: String, _ upper: String, _ lower: String, _ capitalized: String
    ) {
        let mapping = LetterCase(language.flatMap { LanguageTag($0) })
        #expect(
            [mapping.upper(text), mapping.lower(text), mapping.capitalized(text)] == [
                upper, lower, capitalized,
            ])
    }
}

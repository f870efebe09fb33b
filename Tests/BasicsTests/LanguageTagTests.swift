import Basics
import Testing

@Suite("A language tag") struct LanguageTagTests {
    @Test(
        "is read without regard to case and written as is usual",
        arguments: [
            ("zh", "zh"), ("ZH-hant-tw", "zh-Hant-TW"), ("pt-br", "pt-BR"), ("es-419", "es-419"),
            ("sl-rozaj-1994", "sl-rozaj-1994"), ("de-DE-u-co-phonebk", "de-DE-u-co-phonebk"), ("fil", "fil"),
        ])
    func reading(_ text: String, _ description: String) throws {
        let tag = try #require(LanguageTag(text))
        #expect(tag.description == description)
        #expect(tag == LanguageTag(text.uppercased()))
        #expect(tag.isKnown)
    }

    @Test(
        "other texts are none",
        arguments: [
            "", "z", "chinese", "zh_CN", "zh-", "-zh", "zh--CN", "zh-C", "中文", "z1", "zh-u", "1.5", "zh CN",
        ])
    func others(_ text: String) {
        #expect(LanguageTag(text) == nil)
    }

    @Test("a well-formed tag of no language is told from others")
    func unknown() throws {
        #expect(try #require(LanguageTag("xx")).isKnown == false)
        #expect(try #require(LanguageTag("txt")).isKnown == false)
    }

    @Test("systems other than the web write tags too")
    func locales() {
        #expect(LanguageTag(ofLocale: "zh_TW.UTF-8")?.description == "zh-TW")
        #expect(LanguageTag(ofLocale: "de_DE@euro")?.description == "de-DE")
        #expect(LanguageTag(ofLocale: "C") == nil)
    }

    @Test(
        "shorter forms follow, and of Chinese the script that is read in the region",
        arguments: [
            ("zh-Hant-TW", ["zh-Hant-TW", "zh-Hant", "zh"]), ("en", ["en"]), ("pt-BR", ["pt-BR", "pt"]),
            ("zh-TW", ["zh-TW", "zh-Hant-TW", "zh-Hant", "zh"]),
            ("zh-cn", ["zh-CN", "zh-Hans-CN", "zh-Hans", "zh"]),
            ("de-DE-u-co-phonebk", ["de-DE-u-co-phonebk", "de-DE-u-co", "de-DE", "de"]),
        ])
    func fallbacks(_ text: String, _ expected: [String]) throws {
        #expect(try #require(LanguageTag(text)).fallbacks.map(\.description) == expected)
    }

    @Test(
        "a tag says its language and its region",
        arguments: [
            ("zh", "zh", nil), ("zh-Hant-tw", "zh", "TW"), ("es-419", "es", "419"),
            ("de-u-ca-gregory", "de", nil),
            ("de-1996", "de", nil), ("pt-PT", "pt", "PT"),
        ] as [(String, String, String?)])
    func parts(_ text: String, _ language: String, _ region: String?) throws {
        let tag = try #require(LanguageTag(text))
        #expect(tag.language == language)
        #expect(tag.region == region)
    }
}

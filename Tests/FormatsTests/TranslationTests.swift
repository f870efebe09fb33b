import Basics
import Formats
import Foundation
import Testing

@Suite("Translations")
struct TranslationTests {
    @Test(
        "a number has the plural form of its language",
        arguments: [
            ("en", ["0": "other", "1": "one", "1.0": "other", "2": "other", "-1": "one"]),
            ("zh", ["0": "other", "1": "other"]), ("ja", ["1": "other"]), ("ko", ["1": "other"]),
            ("vi", ["1": "other"]), ("th", ["1": "other"]),
            ("fr", ["0": "one", "1.5": "one", "2": "other", "1000000": "many", "1000001": "other"]),
            ("es", ["0": "other", "1": "one", "1.0": "other", "2000000": "many"]),
            ("it", ["1": "one", "1000000": "many", "5": "other"]),
            ("pt", ["0": "one", "1.9": "one", "2": "other", "1000000": "many"]),
            ("pt-PT", ["0": "other", "1": "one"]),
            ("de", ["1": "one", "0": "other"]), ("nl", ["1": "one", "2": "other"]),
            ("sv", ["1": "one", "1.5": "other"]),
            ("tr", ["1": "one", "1.0": "one", "0": "other"]),
            (
                "ru",
                [
                    "1": "one", "21": "one", "11": "many", "2": "few", "12": "many", "22": "few", "5": "many",
                    "1.5": "other", "0": "many",
                ]
            ),
            ("uk", ["31": "one", "3": "few", "14": "many", "100": "many", "0.5": "other"]),
            (
                "pl",
                [
                    "1": "one", "2": "few", "12": "many", "21": "many", "22": "few", "0": "many",
                    "1.5": "other",
                ]
            ),
            ("cs", ["1": "one", "4": "few", "5": "other", "1.5": "many"]),
            (
                "ar",
                [
                    "0": "zero", "1": "one", "2": "two", "3": "few", "103": "few", "11": "many",
                    "100": "other", "102": "other", "1.5": "other",
                ]
            ),
            ("he", ["1": "one", "2": "two", "0.5": "one", "3": "other", "2.0": "other"]),
            ("xx", ["1": "one", "2": "other", "many": "other", "": "other"]),
        ])
    func plurals(_ language: String, _ forms: [String: String]) throws {
        let tag = try #require(LanguageTag(language))
        for (number, form) in forms {
            #expect(PluralCategory(number, in: tag).rawValue == form, "\(number) in \(language)")
        }
    }

    private func sample() throws -> Translations {
        var texts = Translations()
        try texts.add(
            """
            /* The texts that all others fall back to. */
            { "greeting": "Hello, {{ name }}!", "cart": { "title": "Cart", "items": { "zero": "nothing",
              "one": "{{ count }} item", "other": "{{count}} items" } } }
            """, file: "templates/locales/en.default.json")
        try texts.add(
            #"{ "greeting": "Привет, {{ name }}!", "cart": { "items": { "one": "{{ count }} товар", "few": "{{ count }} товара", "many": "{{ count }} товаров", "other": "{{ count }} товара" } } }"#,
            file: "templates/locales/ru.json")
        try texts.add(#"{ "greeting": "您好，{{ name }}！" }"#, file: "templates/locales/zh.json")
        try texts.add(#"{ "greeting": "您好，{{ name }}！（繁）" }"#, file: "templates/locales/zh-hant.json")
        return texts
    }

    @Test(
        "a text is found in the customer's language, its shorter forms, the workspace's and the default",
        arguments: [
            ("ru", nil, "greeting", "Привет, Ann!"), ("ru-RU", nil, "greeting", "Привет, Ann!"),
            ("zh-TW", nil, "greeting", "您好，Ann！（繁）"), ("zh-CN", nil, "greeting", "您好，Ann！"),
            ("fr", "zh", "greeting", "您好，Ann！"), ("fr", nil, "greeting", "Hello, Ann!"),
            (nil, nil, "greeting", "Hello, Ann!"), ("ru", nil, "cart.title", "Cart"),
        ] as [(String?, String?, String, String)])
    func fallbacks(_ language: String?, _ workspace: String?, _ key: String, _ text: String) throws {
        let answer = try sample().text(
            key, in: language.flatMap { LanguageTag($0) }, or: workspace.flatMap { LanguageTag($0) },
            values: ["name": "Ann"])
        #expect(answer == Translations.Answer(text: text, problem: nil))
    }

    @Test(
        "a count chooses the form",
        arguments: [
            ("ru", "21", "21 товар"), ("ru", "3", "3 товара"), ("ru", "11", "11 товаров"),
            ("en", "0", "nothing"), ("en", "1", "1 item"), ("zh", "5", "5 items"),
        ])
    func counts(_ language: String, _ count: String, _ text: String) throws {
        let answer = try sample().text(
            "cart.items", in: LanguageTag(language), or: nil, values: ["count": count], count: count)
        #expect(answer == Translations.Answer(text: text, problem: nil))
    }

    @Test("a key that no language has prints its last part, and a value that is not given is told")
    func missing() throws {
        let texts = try sample()
        #expect(
            texts.text("cart.hint", in: LanguageTag("ru"), or: nil)
                == Translations.Answer(
                    text: "hint", problem: "there is no translation of 'cart.hint' into ru"))
        #expect(
            texts.text("greeting", in: nil, or: nil)
                == Translations.Answer(
                    text: "Hello, !", problem: "the translation 'greeting' needs the value 'name'"))
        #expect(
            Translations().text("", in: nil, or: nil)
                == Translations.Answer(text: "", problem: "there is no translation of ''"))
    }

    @Test(
        "a file that is no file of translations is refused",
        arguments: [
            ("english.json", "{}", .noLanguage("english")), ("xx.json", "{}", .noLanguage("xx")),
            ("ru.json", "{}", .twice("ru")),
            ("de.default.json", "{}", .twoDefaults("en")), ("de.json", "{\n \"a\": x }", .notJSON),
            ("de.json", "[]", .notNested), ("de.json", #"{ "a": { "b": 5 } }"#, .noText("a.b")),
        ] as [(String, String, TranslationError.Kind)])
    func mistakes(_ file: String, _ text: String, _ kind: TranslationError.Kind) throws {
        var texts = try sample()
        let error = #expect(throws: TranslationError.self) { try texts.add(text, file: file) }
        #expect(error?.kind == kind)
    }
}

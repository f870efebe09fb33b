import Basics
import Catalog
import Diagnostics
import LuaRuntime
import Store
import Testing

@testable import Rules

@Suite("Messages")
struct MessageTests {
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop(
            """
            INSERT INTO customers (id, name, language, time_zone, birthday) VALUES
                (1, 'Ann', NULL, NULL, '1990-05-04'), (2, '王小明', 'zh-CN', 'Asia/Shanghai', NULL),
                (3, 'Jürgen', 'de', 'Europe/Berlin', '1990-05-04'), (4, 'İpek', 'tr', 'Europe/Istanbul', NULL),
                (5, 'Анна', 'ru', 'Mars/Olympus', NULL), (6, 'Bob', 'Klingon', 'America/New_York', '1990-05-04');
            """)
    }

    private static let campaign = script(
        "x", "campaign 'x' { audience = function(c) return true end, journey = function(c) end }")

    /// What a template is for a customer.
    private func message(
        _ text: String, to customer: Int64, _ others: [ScriptFile] = [], language: String? = nil
    ) throws -> RenderedMessage {
        try workshop.store.read(asOf: workshop.clock.now) { snapshot in
            let host = try RuleHost(clock: workshop.clock, language: language.flatMap { LanguageTag($0) })
            try host.load([Self.campaign])
            try host.load(templates: [template("t", text)] + others)
            host.attach(snapshot)
            let walk = try CustomerWalk(host)
            #expect(try walk.go(to: customer))
            let campaign = try host.campaign("x")
            let content = try host.content(of: campaign, in: walk)
            let rendering = try host.render("t", .email, content, campaign: campaign, in: walk)
            return try #require(rendering.message)
        }
    }

    private func plain(_ text: String) -> String {
        text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
    }

    @Test(
        "dates and amounts are in the customer's language and time zone",
        arguments: [
            (1, "2026-12-01 09:00 +0800|1 December 2026|¥1,234.50|1,234,567.5|ISTANBUL"),
            (2, "2026-12-01 09:00 +0800|2026年12月1日|¥1,234.50|1,234,567.5|ISTANBUL"),
            (3, "2026-12-01 02:00 +0100|1. Dezember 2026|1.234,50 CN¥|1.234.567,5|ISTANBUL"),
            (4, "2026-12-01 04:00 +0300|1 Aralık 2026|CN¥1.234,50|1.234.567,5|İSTANBUL"),
            (5, "2026-12-01 09:00 +0800|1 декабря 2026 г.|1 234,50 CN¥|1 234 567,5|ISTANBUL"),
            (6, "2026-11-30 20:00 -0500|30 November 2026|¥1,234.50|1,234,567.5|ISTANBUL"),
        ])
    func languages(_ customer: Int64, _ body: String) throws {
        let text = """
            {{ 'now' | date: '%F %H:%M %z' }}|{{ 'now' | date: 'long' }}|{{ 1234.5 | money }}|\
            {{ 1234567.5 | number_with_delimiter }}|{{ 'istanbul' | upcase }}
            """
        #expect(plain(try message(text, to: customer).html ?? "") == body)
    }

    @Test("the workspace's language is that of customers whose own is not known")
    func workspaceLanguage() throws {
        #expect(try message("{{ 'now' | date: 'long' }}", to: 1, language: "fr").html == "1 décembre 2026")
        #expect(try message("{{ 'now' | date: 'long' }}", to: 6, language: "fr").html == "30 novembre 2026")
        #expect(try message("{{ 'now' | date: 'long' }}", to: 3, language: "fr").html == "1. Dezember 2026")
    }

    @Test("a day without a time is that day wherever the customer is")
    func days() throws {
        for customer: Int64 in [1, 3, 6] {
            let text = "{{ customer.birthday | date: '%F' }} {{ '2026-03-29 02:30' | date: '%F %H' }}"
            let hour = customer == 3 ? "03" : "02"
            #expect(try message(text, to: customer).html == "1990-05-04 2026-03-29 \(hour)")
        }
    }

    @Test(
        "characters are those that people see",
        arguments: [
            ("{{ '👨‍👩‍👧‍👦é🇨🇳' | size }} {% assign s = '👨‍👩‍👧‍👦é🇨🇳' %}{{ s.size }}", "3 3"),
            ("{{ '👨‍👩‍👧‍👦é🇨🇳' | slice: 1 }}{{ '👨‍👩‍👧‍👦é🇨🇳' | slice: -1 }}", "é🇨🇳"),
            ("{{ 'abc👍🏽d' | truncate: 5, '' }}", "abc👍🏽d"),
            ("{{ '👍🏽👍🏽👍🏽👍🏽👍🏽' | truncate: 4, '…' }}", "👍🏽👍🏽👍🏽…"), ("{{ 'é' | split: '' | join: '-' }}", "é"),
            ("{{ '각한' | split: '' | join: '-' }}", "각-한"), ("{{ '👩‍🚀你' | first }}{{ '你👩‍🚀' | last }}", "👩‍🚀👩‍🚀"),
            ("{{ '新品上市，欢迎您来看看' | truncatewords: 3 }}", "新品上市，欢迎..."),
            ("{{ 'one two three' | truncatewords: 2 }}", "one two..."),
            ("{{ 'éCOLE straße ΟΔΟΣ' | upcase }}", "ÉCOLE STRASSE ΟΔΟΣ"),
            ("{{ 'ÀÉ ЖУК ΟΔΟΣ' | downcase }}", "àé жук οδος"), ("{{ 'éCOLE' | capitalize }}", "École"),
            ("{{ 'straße x_é' | camelcase }} {{ 'Über uns' | handle }}", "StraßeXÉ über-uns"),
        ])
    func characters(_ text: String, _ body: String) throws {
        #expect(try message(text, to: 1).html == body)
    }

    @Test("length, slices and ends of random text are Swift's")
    func randomText() throws {
        let pieces = [
            "a", " ", "\r", "\n", "\r\n", "é", "e\u{301}", "ß", "你", "，", "。", "…", "“", "か", "か\u{3099}",
            "\u{3099}", "ｶﾞ", "Ａ",
            "한", "\u{1112}\u{1161}\u{11AB}", "\u{11AB}", "👍", "👍🏽", "👨‍👩‍👧", "🇨🇳", "🇩", "\u{200D}", "\u{FE0F}", "©️",
            "ก็", "नि", "ж", "\u{302A}",
            "\u{200B}", "1\u{FE0F}\u{20E3}", "𠮷", "\u{AD}", "﷽",
        ]
        var random = SplitMix64(seed: 3)
        try workshop.rules([Self.campaign]) { host, walk in
            var expected: [String] = []
            var text = ""
            for _ in 0..<400 {
                let sample = (0..<(1 + random.next() % 8)).map { _ in
                    pieces[Int(random.next() % UInt64(pieces.count))]
                }
                .joined()
                let (first, count) = (Int(random.next() % 4), Int(random.next() % 4))
                text += """
                    {% assign s = '\(sample)' %}{{ s.size }}|{{ s | slice: \(first), \(count) }}|{{ s | first }}|\
                    {{ s | last }}|{{ s | split: '' | size }}\u{1}
                    """
                let slice = first < sample.count ? String(sample.dropFirst(first).prefix(count)) : ""
                expected.append(
                    "\(sample.count)|\(slice)|\(sample.prefix(1))|\(sample.suffix(1))|\(sample.count)")
            }
            try host.load(templates: [template("t.sms", "---\nmax_parts: 100\n---\n\(text)")])
            #expect(try walk.go(to: 1))
            let campaign = try host.campaign("x")
            let content = try host.content(of: campaign, in: walk)
            let rendering = try host.render("t", .sms, content, campaign: campaign, in: walk)
            let body = try #require(rendering.message).text
            let found = body.unicodeScalars.split(separator: "\u{1}").map { String($0) }
            #expect(found == expected.map { $0 })
        }
    }

    private static let locales = [
        ScriptFile(
            path: "templates/locales/en.default.json",
            text: """
                { "greeting": "Hello, {{ name }}!", "note_html": "<b>{{ name }}</b>",
                  "items": { "one": "{{ count }} item", "other": "{{ count }} items" } }
                """),
        ScriptFile(
            path: "templates/locales/ru.json",
            text: """
                { "greeting": "Привет, {{ name }}!",
                  "items": { "one": "{{ count }} товар", "few": "{{ count }} товара", "other": "{{ count }} товаров" } }
                """),
    ]

    @Test("texts are translated, escaped unless their key says that they are HTML, and counted")
    func translations() throws {
        let text = """
            {{ 'greeting' | t: name: customer.name }} {{ 'items' | t: count: 3 }} {{ 'note_html' | t: name: '<' }} \
            {% assign x = '<i>' %}{{ 'note_html' | t: name: x }}{{ 'greeting' | t: name: x }}
            """
        let tail = "<b><</b> <b>&lt;i&gt;</b>"
        #expect(
            try message(text, to: 5, Self.locales).html
                == "Привет, Анна! 3 товара \(tail)Привет, &lt;i&gt;!")
        #expect(
            try message(text, to: 3, Self.locales).html
                == "Hello, Jürgen! 3 items \(tail)Hello, &lt;i&gt;!")
    }

    @Test("a translation that is not there is told with its line, and its key's last part stands for it")
    func missingTranslation() throws {
        let message = try message("Hi\n{{ 'cart.hint' | t }} {{ 'greeting' | t }}", to: 5, Self.locales)
        #expect(message.html == "Hi\nhint Привет, !")
        let place = SourceLocation(file: "templates/t.liquid", line: 2)
        #expect(
            message.problems == [
                MessageProblem(message: "there is no translation of 'cart.hint' into ru", location: place),
                MessageProblem(message: "the translation 'greeting' needs the value 'name'", location: place),
            ])
    }

    @Test("texts that a language lacks are found without writing a message")
    func untranslated() throws {
        let text =
            "---\nsubject: \"{{ 'note_html' | t }}\"\n---\n{{ 'items' | t: count: 1 }}\n{{ 'hint' | t }}"
        let partial = ScriptFile(path: "templates/partials/p.liquid", text: "{{ 'greeting' | t }}{{ x | t }}")
        func problems(_ files: [ScriptFile]) throws -> [String] {
            try workshop.rules(templates: [template("t", text), partial] + files) { host, _ in
                try host.missingTranslations().map { "\($0.location): \($0.message)" }
            }
        }
        #expect(
            try problems(Self.locales) == [
                "templates/t.liquid:2: there is no translation of 'note_html' into ru",
                "templates/t.liquid:5: there is no translation of 'hint' into en",
                "templates/t.liquid:5: there is no translation of 'hint' into ru",
            ])
        #expect(
            try problems([]).first
                == "templates/partials/p.liquid:1: there is no translation of 'greeting' in templates/locales"
        )
    }

    @Test("values in place of a customer have a language and a time zone too, or the workspace's")
    func givenValues() throws {
        let text = template("t", "{{ 'now' | date: '%F %H %B' }}")
        try workshop.rules(templates: [text]) { host, _ in
            let german: [(name: String, value: LuaValue)] = [
                ("language", .text("de")), ("time_zone", .text("America/New_York")),
            ]
            let odd: [(name: String, value: LuaValue)] = [("language", .integer(5))]
            let customers: [LuaValue] = [
                .table(LuaTable(fields: german)), .table(LuaTable(fields: odd)), .text("Ann"),
            ]
            let bodies = try customers.map { customer in
                try host.render("t", .email, with: LuaTable(fields: [("customer", customer)])).message?.html
            }
            #expect(bodies == ["2026-11-30 20 November", "2026-12-01 09 December", "2026-12-01 09 December"])
            #expect(try host.render("t", .email, with: LuaTable()).message?.html == "2026-12-01 09 December")
        }
    }

    @Test("a file of texts with a mistake is refused before any message is written")
    func brokenLocale() throws {
        let broken = ScriptFile(path: "templates/locales/de.json", text: "{\n  \"a\": { \"b\": 5 }\n}")
        let error = try failure { try message("x", to: 1, [broken]) }
        #expect(
            rendered(error, [broken]) == #"""
                error: 'a.b' is neither a text nor further keys
                 --> templates/locales/de.json:2:11
                  |
                2 |   "a": { "b": 5 }
                  |           ^
                  = a file looks like { "greeting": "Hello, {{ name }}!" }
                """#)
    }
}

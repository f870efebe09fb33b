import Basics
import Catalog
import Diagnostics
import Messages
import Rules
import Store
import Templates
import Testing

@Suite("The templates of a workspace") struct TemplateLibraryTests {
    private static let people = """
        INSERT INTO customers (id, name, city, owner) VALUES
            (1, 'Ann & *Bo*', 'Köln', 'ann@example.com'), (2, NULL, ' ', 'two' || char(10) || 'lines');
        """

    /// The message `m` to a customer, or what holds it back.
    private func render(
        _ files: [(name: String, text: String)], to customer: Int64 = 1, _ channel: Channel = .email,
        language: String? = nil, workspace: String? = nil, content: String = "{}"
    ) throws -> Rendering {
        let workshop = try Workshop(Self.people)
        let script = script(
            "x",
            """
            campaign 'x' {
              audience = function(c) return true end, journey = function(c) end,
              content = function(c) return \(content) end,
            }
            """)
        return try workshop.store.read(asOf: workshop.clock.now) { snapshot in
            let host = try RuleHost(clock: workshop.clock, language: workspace.flatMap { LanguageTag($0) })
            try host.load([script])
            try host.load(templates: files.map { template($0.name, $0.text) })
            host.attach(snapshot)
            let walk = try CustomerWalk(host)
            #expect(try walk.go(to: customer))
            let campaign = try host.campaign("x")
            return try host.render(
                "m", channel, for: language.flatMap { LanguageTag(ofLocale: $0) },
                try host.content(of: campaign, in: walk), campaign: campaign, in: walk)
        }
    }

    @Test("an e-mail has all that its file says, with a layout around its HTML and the text of both")
    func whole() throws {
        let rendering = try render([
            (
                "m",
                """
                ---
                subject: Hello {{ customer.name }}
                preheader: From {{ customer.city }}
                from_name: "{{ customer.owner }} of Tea"
                reply_to: "{{ customer.owner }}"
                layout: base
                ---
                <p>Dear {{ customer.name }},</p>
                """
            ),
            (
                "layouts/base",
                """
                <title>{{ subject }}</title><p style="display:none">{{ preheader }}</p>
                {{ content_for_layout }}
                <p><a href="https://tea.example">{{ customer.city }}</a></p>
                """
            ),
        ])
        let message = try #require(rendering.message)
        #expect(message.subject == "Hello Ann & *Bo*")
        #expect(message.preheader == "From Köln")
        #expect(message.fromName == "ann@example.com of Tea")
        #expect(message.replyTo == "ann@example.com")
        #expect(
            message.html == """
                <title>Hello Ann &amp; *Bo*</title><p style="display:none">From Köln</p>
                <p>Dear Ann &amp; *Bo*,</p>
                <p><a href="https://tea.example">Köln</a></p>
                """)
        #expect(message.text == "Dear Ann & *Bo*,\n\nKöln (https://tea.example)")
        #expect(message.length == nil && message.missing.isEmpty)
    }

    @Test("a text of its own stands beside the HTML, with nothing escaped")
    func ownText() throws {
        let message = try #require(
            try render([("m", "<p>{{ customer.name }}\n--- text ---\n\n  Dear {{ customer.name }},\nhi\n\n")])
                .message)
        #expect(message.html == "<p>Ann &amp; *Bo*")
        #expect(message.text == "  Dear Ann & *Bo*,\nhi")
    }

    @Test("plain text is an e-mail without HTML")
    func plainText() throws {
        let message = try #require(
            try render([("m", "---\nformat: text\nsubject: a\n---\nDear {{ customer.name }}\n")]).message)
        #expect(message.html == nil)
        #expect(message.text == "Dear Ann & *Bo*")
    }

    @Test("in Markdown, what outputs print is no Markdown")
    func markdown() throws {
        let source = """
            ---
            format: markdown
            ---
            # Dear {{ customer.name }}

            {% for item in items %}- **{{ item }}** and {{ item | escape }}
            {% endfor %}
            [shop](https://tea.example/?c={{ customer.name | url_encode }}) {{ html | raw }}

            {{ lines | newline_to_br }} `{{ customer.name }}` {{ "*a*" | append: customer.name }} {{ '&amp;*' | escape_once }}
            {% capture who %}_{{ customer.name }}_{% endcapture %}{{ who }}
            """
        let message = try #require(
            try render(
                [("m", source)], content: "{ items = { '_a_', '1. <b>' }, html = '*x*', lines = '# a\\n- b' }"
            ).message)
        #expect(
            message.html == """
                <h1>Dear Ann &amp; *Bo*</h1>
                <ul>
                <li><strong>_a_</strong> and _a_</li>
                <li><strong>1. &lt;b&gt;</strong> and 1. &lt;b&gt;</li>
                </ul>
                <p><a href="https://tea.example/?c=Ann+%26+%2ABo%2A">shop</a> <em>x</em></p>
                <p># a<br />
                - b <code>Ann &amp; *Bo*</code> *a*Ann &amp; *Bo* &amp;*
                <em>Ann &amp; *Bo*</em></p>

                """)
        #expect(
            message.text.hasPrefix("Dear Ann & *Bo*\n\n- _a_ and _a_\n- 1. <b> and 1. <b>\n\nshop (https://"))
    }

    @Test("dates are in the language of the template, where it has one, whatever the customer's record says")
    func templateLanguage() throws {
        let date = "{{ 0 | date: '%B' }}"
        // The record of customer 1 has no language.
        #expect(try render([("m.de", date)], language: "de").message?.html == "Januar")
        #expect(try render([("m", date)], language: "de").message?.html == "January")
    }

    @Test("a partial in the layout around a body in Markdown is HTML")
    func layoutPartial() throws {
        let files = [
            ("m", "---\nformat: markdown\nlayout: base\n---\n*{{ customer.name }}*"),
            ("layouts/base", "{{ content_for_layout }}{% render 'foot' %}"),
            ("partials/foot", "<i>{{ customer.name }}</i>"),
        ]
        #expect(
            try render(files).message?.html
                == "<p><em>Ann &amp; *Bo*</em></p>\n<i>Ann &amp; *Bo*</i>")
    }

    @Test(
        "a template aborts its message with a reason, as Braze's do",
        arguments: [
            ("{% abort_message 'sold out' %}", "sold out"), ("{% abort_message('sold out') %}", "sold out"),
            ("{% abort_message(customer.city) %}", "Köln"), ("{% abort_message %}", ""),
            ("{%- abort_message() -%}", ""),
            ("{% liquid\nabort_message 'x' | upcase %}", nil), ("{% render 'p' %}", "in a partial"),
            ("{% if customer.city == 'Bonn' %}{% abort_message 'x' %}{% endif %}<p>y</p>", nil),
            ("{% if customer.city %}{% abort_message 'x' %}<p {% else %}<p>{% endif %}</p>", "x"),
        ] as [(String, String?)])
    func abortion(_ text: String, _ reason: String?) throws {
        let files = [("m", text), ("partials/p", "{% abort_message 'in a partial' %}")]
        do {
            switch try render(files) {
            case .heldBack(.aborted, let detail, _): #expect(detail == reason)
            default: #expect(reason == nil)
            }
        } catch let error as TemplateError {
            // A filter there is a mistake, as in other tags.
            #expect(reason == nil && error.diagnostic.message.hasPrefix("expected the end, found '|'"))
        }
    }

    @Test("a body in Markdown that is very long is refused")
    func longMarkdown() throws {
        let files = [("m", "---\nformat: markdown\n---\n\(String(repeating: "a", count: 128 << 10))b")]
        let error = diagnostic(of: try failure { try render(files) })
        #expect(error.message == "a body in Markdown has at most 128 KB")
        #expect(error.location?.description == "templates/m.liquid:4")
    }

    @Test("a customer's noncharacters are not taken for what stands for Markdown")
    func noncharacters() throws {
        let message = try #require(
            try render(
                [("m", "---\nformat: markdown\n---\n{{ x }}")], content: "{ x = '\\u{FDD1}\\u{FDEF}a' }"
            ).message)
        #expect(message.html == "<p>\u{FFFD}\u{FFFD}a</p>\n")
    }

    @Test("a header is one line, and nothing where nothing is printed")
    func headers() throws {
        let message = try #require(
            try render(
                [
                    (
                        "m",
                        """
                        ---
                        subject: "{{ customer.owner }}"
                        from_name: "{{ customer.city }}"
                        reply_to: "{{ customer.name }}"
                        ---
                        x
                        """
                    )
                ], to: 2
            ).message)
        #expect(message.subject == "two lines")
        #expect(message.fromName == nil)
        #expect(message.replyTo == nil)
        #expect(message.missing.map(\.path) == ["customer.name"])
    }

    @Test("an address for answers that is none is an error at its place")
    func replyTo() throws {
        let files = [("m", "---\nsubject: a\nreply_to: \"{{ customer.owner }}\"\n---\nx")]
        let error = try failure { try render(files, to: 2) }
        #expect(
            rendered(error, files.map { template($0, $1) }) == """
                error: 'reply_to' is no e-mail address
                 --> templates/m.liquid:3:1
                  |
                3 | reply_to: "{{ customer.owner }}"
                  | ^^^^^^^^
                  = give the output a default that is one
                """)
    }

    // MARK: Languages

    @Test(
        "the file is picked by the customer's language, then the workspace's, then the one for all",
        arguments: [
            ("m,m.zh,m.zh-Hant,m.en", "zh-Hant-TW", nil, "m.zh-Hant"),
            ("m,m.zh,m.zh-Hant,m.en", "zh_TW", nil, "m.zh-Hant"),
            ("m,m.zh,m.en", "zh-Hant-TW", "en", "m.zh"), ("m,m.zh,m.en", "ZH-cn", nil, "m.zh"),
            ("m,m.zh,m.en", "fr", "en-GB", "m.en"), ("m,m.zh,m.en", nil, "en", "m.en"),
            ("m,m.zh,m.en", "fr", nil, "m"),
            ("m,m.zh,m.en", nil, nil, "m"), ("m.zh,m.en", "fr", "en", "m.en"),
            ("m.zh,m.en", "中文", "en", "m.en"),
            ("m.zh,m.en", "fr", nil, "'m' is not written in fr"),
            ("m.zh,m.en", nil, "fr", "'m' has no file for every language"),
            ("m.zh-Hant", "zh", nil, "'m' is not written in zh"),
        ] as [(String, String?, String?, String)])
    func languages(_ names: String, _ language: String?, _ workspace: String?, _ expected: String) throws {
        let files = names.split(separator: ",").map { (String($0), String($0)) }
        switch try render(files, language: language, workspace: workspace) {
        case .written(let message): #expect(message.html == expected)
        case .heldBack(let reason, let detail, _):
            #expect(reason == .noLanguage)
            #expect(detail == expected)
        }
    }

    @Test("a layout is in the language of its template, else in the workspace's")
    func layoutLanguages() throws {
        let head = "---\nlayout: base\n---\n"
        let files = [
            ("m", head + "m"), ("m.zh-Hant", head + "zh"),
            ("layouts/base", "<b>{{ content_for_layout }}</b>"),
            ("layouts/base.zh", "《{{ content_for_layout }}》"),
            ("layouts/base.en", "“{{ content_for_layout }}”"),
        ]
        #expect(try render(files, language: "zh-TW").message?.html == "《zh》")
        #expect(try render(files, language: "fr").message?.html == "<b>m</b>")
        #expect(try render(files, language: "fr", workspace: "en").message?.html == "“m”")
    }

    @Test(
        "what is wrong with the files of a workspace is told with the place and the next step",
        arguments: [
            (
                [("m", "---\nlayout: bse\n---\nx"), ("layouts/base", "x")],
                "unknown layout 'bse' templates/m.liquid:2:9 did you mean 'base'?"
            ),
            (
                [("m", "---\nlayout: base\n---\nx"), ("layouts/base.zh", "x")],
                "the layout 'base' is not there in the language of this template templates/m.liquid:2:9 add "
                    + "templates/layouts/base.liquid for every language"
            ),
            (
                [("m", "x"), ("layouts/base", "a\n{{ x | oops }}")],
                "unknown filter 'oops' templates/layouts/base.liquid:2:8 nil"
            ),
            (
                [("m", "---\nlayout: base\n---\nx"), ("layouts/base", "{{ x | oops }}")],
                "unknown filter 'oops' templates/layouts/base.liquid:1:8 nil"
            ),
            (
                [("m", "x"), ("layouts/base", "{% layout 'b' %}x")],
                "a layout has no layout of its own templates/layouts/base.liquid:1 remove the tag"
            ),
            (
                [
                    ("m", "---\nlayout: base\n---\nx"),
                    ("layouts/base", "{% # content_for_layout %}{{ 'content_for_layout' }}"),
                ],
                "the layout 'base' prints no message templates/layouts/base.liquid:1 put {{ content_for_layout }} where "
                    + "the message stands"
            ),
            (
                [("m", "---\nformat: text\n---\n{% layout 'b' %}x")],
                "'layout' means nothing for plain text templates/m.liquid:4 remove it"
            ),
            (
                [("m", "x"), ("partials/p", "{{ x | oops }}")],
                "unknown filter 'oops' templates/partials/p.liquid:1:8 nil"
            ),
            (
                [("m", "\n{% render 'p' %}"), ("partials/p.zh", "x")],
                "the partial 'p' is not there in the language of this template templates/m.liquid:2 add "
                    + "templates/partials/p.liquid for every language"
            ),
            (
                [("m.zh", "x"), ("m.email", "---\nlanguage: zh\n---\nx")],
                "there are two templates named 'm' templates/m.zh.liquid:1 the other is at templates/m.email.liquid:1; "
                    + "rename one of them"
            ),
        ] as [([(String, String)], String)])
    func wrongFiles(_ files: [(String, String)], _ expected: String) throws {
        let error = diagnostic(of: try failure { try render(files) })
        #expect("\(error.message) \(error.location?.description ?? "–") \(error.hint ?? "nil")" == expected)
    }

    @Test("an output that is empty in a layout has the place of the file, in its first line too")
    func layoutPlaces() throws {
        let message = try #require(
            try render(
                [
                    ("m", "---\nlayout: base\n---\nx"),
                    ("layouts/base", "{{ customer.name }}\n {{ nothing }}{{ content_for_layout }}"),
                ],
                to: 2
            ).message)
        #expect(
            message.missing.map { "\($0.path) \($0.location)" } == [
                "customer.name templates/layouts/base.liquid:1:4",
                "nothing templates/layouts/base.liquid:2:5",
            ])
    }

    @Test(
        "a partial is in the language of its template, else in the workspace's, and in Markdown prints no Markdown"
    )
    func partials() throws {
        let text = "{% render 'p' %}"
        let files = [
            ("m", text), ("m.zh-Hant", text), ("m.de", "---\nformat: markdown\n---\n" + text),
            ("partials/p", "---\n# For all.\n---\n*{{ customer.name }}*{{ nothing }}"),
            ("partials/p.zh", "中 {{ customer.name }}"), ("partials/p.en", "en"),
        ]
        #expect(try render(files, language: "zh-TW").message?.html == "中 Ann &amp; *Bo*")
        let message = try #require(try render(files, language: "fr").message)
        #expect(message.html == "*Ann &amp; *Bo**")
        #expect(
            message.missing.map { "\($0.path) \($0.location)" } == [
                "nothing templates/partials/p.liquid:4:25"
            ])
        #expect(try render(files, language: "fr", workspace: "en").message?.html == "en")
        #expect(try render(files, language: "de").message?.html == "<p><em>Ann &amp; *Bo*</em></p>\n")
    }

    @Test("a layout tag goes before the front matter, and may say that there is none")
    func layoutTags() throws {
        func html(_ text: String) throws -> String? {
            try render([
                ("m", text), ("layouts/a", "<a>{{ content_for_layout }}"),
                ("layouts/b", "<b>{{ content_for_layout }}"),
            ])
            .message?.html
        }
        #expect(try html("{% layout 'b' %}x") == "<b>x")
        #expect(try html("---\nlayout: a\n---\n{% layout 'b' %}x") == "<b>x")
        #expect(try html("---\nlayout: a\n---\n{% layout none %}x") == "x")
        #expect(try html("---\nlayout: a\n---\nx") == "<a>x")
    }

    @Test("layouts and partials cannot be sent")
    func pieces() throws {
        let error = try failure { try render([("layouts/m", "x"), ("partials/m", "x")]) }
        #expect(message(of: error) == "unknown template 'm'")
    }

    // MARK: What holds a message back

    @Test(
        "a value that is required holds the message back where it is missing",
        arguments: [
            ("[name]", 1, "{}", nil), ("[name]", 2, "{}", "name is missing (templates/m.liquid:2:11)"),
            ("[customer.name, name]", 2, "{}", "customer.name is missing (templates/m.liquid:2:11)"),
            ("[name]", 2, "{ name = 'x' }", nil),
            ("[city, name]", 2, "{}", "city is missing (templates/m.liquid:2:11)"),
            ("[city, name]", 2, "{ city = 'x' }", "name is missing (templates/m.liquid:2:17)"),
            ("[last.product]", 1, "{}", "last.product is missing (templates/m.liquid:2:11)"),
            ("[last.product]", 1, "{ last = {} }", "last.product is missing (templates/m.liquid:2:11)"),
            ("[last.product]", 1, "{ last = { product = 'tea' } }", nil),
            ("[voucher]", 1, "{}", "voucher is missing (templates/m.liquid:2:11)"),
            ("[voucher]", 1, "{ voucher = 0 }", nil),
            ("[flag]", 1, "{ flag = false }", nil),
            ("[items]", 1, "{ items = {} }", "items is missing (templates/m.liquid:2:11)"),
            ("[积分]", 1, "{}", "积分 is missing (templates/m.liquid:2:11)"), ("[积分]", 1, "{ ['积分'] = 5 }", nil),
            ("[last.积分]", 1, "{ last = {} }", "last.积分 is missing (templates/m.liquid:2:11)"),
            ("[last.积分]", 1, "{ last = { ['积分'] = 5 } }", nil),
            ("[items]", 1, "{ items = { 1 } }", nil), ("[customer.orders]", 1, "{}", nil),
            ("[]", 2, "{}", nil),
        ] as [(String, Int64, String, String?)])
    func requirements(_ list: String, _ customer: Int64, _ content: String, _ expected: String?) throws {
        switch try render([("m", "---\nrequire: \(list)\n---\nx")], to: customer, content: content) {
        case .written: #expect(expected == nil)
        case .heldBack(let reason, let detail, _):
            #expect(reason == .missingValue)
            #expect(detail == expected)
        }
    }

    @Test("a field that does not exist is an error, not a missing value")
    func unknownField() throws {
        let error = try failure { try render([("m", "---\nrequire: [customer.nmae]\n---\nx")]) }
        #expect(message(of: error) == "unknown field 'nmae' of a customer")
        #expect(diagnostic(of: error).location?.description == "templates/m.liquid:2")
    }

    @Test(
        "a text that is too long is held back",
        arguments: [
            (Channel.sms, "m.sms", "", 1530, nil),
            (
                .sms, "m.sms", "", 1531,
                "11 parts (1531 units of GSM-7), at most 10 (templates/m.sms.liquid:1)"
            ),
            (
                .sms, "m.sms", "---\nmax_parts: 1\n---\n好", 69, nil
            ),
            (
                .sms, "m.sms", "---\nmax_parts: 1\n---\n好", 70,
                "2 parts (71 units of UCS-2), at most 1 (templates/m.sms.liquid:2:12)"
            ),
            (.wecom, "m.wecom", "", 2048, nil),
            (.wecom, "m.wecom", "", 2049, "2049 bytes, at most 2048 (templates/m.wecom.liquid)"),
            (.email, "m", "---\nformat: text\n---\n", 5000, nil),
        ] as [(Channel, String, String, Int, String?)])
    func lengths(_ channel: Channel, _ name: String, _ start: String, _ count: Int, _ expected: String?)
        throws
    {
        let text = start + String(repeating: "a", count: count) + "\n"
        switch try render([(name, text)], channel) {
        case .written(let message):
            #expect(expected == nil)
            #expect(message.length?.parts == (channel == .sms ? (start.isEmpty ? 10 : 1) : nil))
        case .heldBack(let reason, let detail, _):
            #expect(reason == .tooLong)
            #expect(detail == expected)
        }
    }
}

import Catalog
import Diagnostics
import Rules
import Testing

/// Partials of a workspace, as a run renders them.
@Suite struct PartialTests {
    private static let campaign = [
        script("x", "campaign 'x' { audience = function(c) return true end, journey = function(c) end }")
    ]

    private func message(_ templates: [ScriptFile]) throws -> RenderedMessage {
        try Workshop("INSERT INTO customers (id, name) VALUES (7, '<Li>')").rules(
            Self.campaign, templates: templates
        ) { host, walk in
            _ = try walk.next()
            let campaign = try host.campaign("x")
            let content = try host.content(of: campaign, in: walk)
            let rendering = try host.render("a", .email, content, campaign: campaign, in: walk)
            return try #require(rendering.message)
        }
    }

    @Test("partials are files, which templates and other partials render or include")
    func rendered() throws {
        let message = try message([
            template("partials/shop/footer", "{{ customer.name }}, {{ since }}{% render 'rule' %}"),
            template("partials/rule", "<hr>"), template("partials/greet", "{% assign hi = 'Hello' %}"),
            template(
                "a",
                "---\nsubject: \"{% render 'rule' %}\"\n---\n"
                    + "{% include 'greet' %}{{ hi }} {% render 'shop/footer', since: 1999 %}"),
        ])
        #expect(message.subject == "<hr>")
        #expect(message.html == "Hello &lt;Li&gt;, 1999<hr>")
    }

    @Test("what a partial lacks is told at its own place")
    func missing() throws {
        let message = try message([
            template("partials/p", "\n{{ customer.city }}"),
            template("a", "{{ customer.birthday }}{% render 'p' %}"),
        ])
        #expect(
            message.missing.map { "\($0.path) \($0.location)" } == [
                "customer.birthday templates/a.liquid:1:4", "customer.city templates/partials/p.liquid:2:4",
            ])
    }

    @Test("a partial is checked where templates put it")
    func misplaced() throws {
        let files = [
            template("partials/p", "a { color: {{ customer.city }} }"),
            template("a", "<style>{% render 'p' %}</style>"),
        ]
        #expect(
            RulesTests.rendered(try failure { try message(files) }, files) == """
                error: a value cannot be made safe in a style sheet
                 --> templates/partials/p.liquid:1:15
                  |
                1 | a { color: {{ customer.city }} }
                  |               ^^^^^^^^^^^^^
                  = choose among fixed styles with 'if', or add | raw if the value is safe
                """)
    }

    @Test("a mistake in a partial is told before anything is rendered")
    func mistake() throws {
        let files = [template("partials/p", "Hi\n{{ customer.name | uppcase }}"), template("a", "")]
        #expect(
            RulesTests.rendered(try failure { try message(files) }, files) == """
                error: unknown filter 'uppcase'
                 --> templates/partials/p.liquid:2:20
                  |
                2 | {{ customer.name | uppcase }}
                  |                    ^^^^^^^
                  = did you mean 'upcase'?
                """)
    }

    @Test("an error inside a partial has its place and the tag that led there")
    func failing() throws {
        let files = [
            template("partials/p", "{{ 1 }}\n{{ 1 | plus: 2 | divided_by: 0 }}"),
            template("a", "Hi\n{% if true %}{% render 'p' %}{% endif %}"),
        ]
        #expect(
            RulesTests.rendered(try failure { try message(files) }, files) == """
                error: divided by 0
                 --> templates/partials/p.liquid:2:4
                  |
                2 | {{ 1 | plus: 2 | divided_by: 0 }}
                  |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = called at templates/a.liquid:2
                """)
        let unknown = [
            template("partials/p", ""), template("a", "Hi\n{% if true %}{% render 'q' %}{% endif %}"),
        ]
        #expect(
            RulesTests.rendered(try failure { try message(unknown) }, unknown) == """
                error: there is no partial 'q'; there are p; write it in templates/partials/q.liquid
                 --> templates/a.liquid:2:17
                  |
                2 | {% if true %}{% render 'q' %}{% endif %}
                  |                 ^^^^^^
                """)
    }

    @Test(
        "a template without end is stopped by its budget",
        arguments: [
            "{% for i in (1..1000000000000) %}{% endfor %}", "{{ (1..1000000000000) | join: '' }}",
            "{% for i in (1..1000000000000) %}xxxxxxxx{% endfor %}",
            "{% assign a = 'x' %}{% for i in (1..100) %}{% assign a = a | append: a %}{% endfor %}",
            "{% render 'twice' %}", "{% tablerow i in (1..1000000000000) %}{% endtablerow %}",
            "{% render 'none' for (1..1000000000000) %}",
        ])
    func hostile(_ text: String) throws {
        let files = [
            template("partials/twice", "{% render 'twice' %}{% render 'twice' %}"),
            template("partials/none", ""), template("a", text),
        ]
        let error = diagnostic(of: try failure { try message(files) })
        #expect(
            [
                "too long: ", "too slow: ", "not enough memory: ", "too large: a message may print 16 MB",
                "more than 30 partials in each other",
            ]
            .contains { error.message.hasPrefix($0) }, "\(error.message)")
        #expect(error.location?.file.hasPrefix("templates/") == true)
    }
}

import Foundation
import TestSupport
import Testing

@Suite("moonletter preview")
struct PreviewTests {
    private let folder: TemporaryFolder
    private let shop: URL

    init() throws {
        folder = try TemporaryFolder()
        shop = folder.url.appending(path: "shop")
        #expect(try Program.run(["init", "shop"], in: folder.url).status == 0)
        try folder.write(
            """
            id,name,email,phone,language
            1,Ann,ann@example.com,,en
            2,,bob@example.com,,
            3,Maximiliane von Habsburg,max@example.com,,de
            4,Cy,,13812345678,en
            5,Di,di@example.com,,en
            """, to: "customers.csv")
        #expect(
            try Program.run(["import", "customers", "../customers.csv"], in: shop).status == 0)
        try folder.write(
            """
            campaign "news" {
              audience = function(c) return c.id > 0 end,
              content = function(c) return { tea = "Lapsang <Souchong>" } end,
              journey = function(c) send { template = "news" } end,
            }
            """, to: "shop/scripts/news.lua")
        try folder.write(
            """
            ---
            subject: "{{ customer.name }}, {{ tea }} is back"
            preheader: Only this week
            from_name: Tea & Co.
            reply_to: tea@example.com
            ---
            <p>Dear {{ customer.name | default: "friend" }},</p><p>{{ tea }} is back. It is smoked over pine wood, and there is little of it this year.</p>
            """, to: "shop/templates/news.liquid")
        try folder.write("{{ tea }}!", to: "shop/templates/news.sms.liquid")
    }

    private func preview(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(["preview", "news", "--now", "2026-12-01 09:00"] + arguments, in: shop)
    }

    @Test("in the terminal it shows customers who differ, each with the reason")
    func text() throws {
        let outcome = try preview("--sample", "3")
        #expect(outcome.errors == "")
        #expect(
            outcome.output == """
                ── customer 2 · news · email · b***@example.com
                   news by email, no customer.name, no language, no name
                   From: Tea & Co.
                   Reply to: tea@example.com
                   Subject: , Lapsang <Souchong> is back
                   Preview: Only this week

                   Dear friend,

                   Lapsang <Souchong> is back. It is smoked over pine wood, and there is little
                   of it this year.
                   ! {{ customer.name }} is empty (templates/news.liquid:2:14)

                ── customer 3 · news · email · m***@example.com
                   language de, longest name
                   From: Tea & Co.
                   Reply to: tea@example.com
                   Subject: Maximiliane von Habsburg, Lapsang <Souchong> is back
                   Preview: Only this week

                   Dear Maximiliane von Habsburg,

                   Lapsang <Souchong> is back. It is smoked over pine wood, and there is little
                   of it this year.

                ── customer 4 · news · sms · 138****5678
                   language en, news by sms, shortest name
                   Length: 1 part of GSM-7

                   Lapsang <Souchong>!


                """)
    }

    @Test(
        "the page shows every message in a frame of its own, in a real browser",
        .enabled(if: Browser.isInstalled))
    func html() throws {
        let outcome = try preview("--sample", "3", "--format", "html")
        let path = try folder.write(outcome.output, to: "page.html")
        let page = try Browser.document(at: path)
        #expect(page.components(separatedBy: "<iframe ").count == 3)
        #expect(page.contains("<h1>news</h1>"))
        #expect(page.contains("Maximiliane von Habsburg, Lapsang &lt;Souchong&gt; is back"))
        #expect(page.contains("<pre>Lapsang &lt;Souchong&gt;!</pre>"))
        #expect(!page.contains("<script"))
    }

    @Test("as a mail it has the text and the HTML, and goes to nobody")
    func mail() throws {
        let outcome = try preview("--customer", "3", "--format", "eml")
        let lines = outcome.output.components(separatedBy: "\r\n")
        #expect(lines.contains("To: <m***@example.com>"))
        #expect(lines.contains("Reply-To: <tea@example.com>"))
        #expect(lines.contains("Subject: Maximiliane von Habsburg, Lapsang <Souchong> is back"))
        #expect(lines.contains { $0.hasPrefix("Dear Maximiliane von Habsburg,") })
        #expect(lines.contains { $0.hasPrefix("<p>Dear Maximiliane von Habsburg,</p>") })
    }

    @Test("a customer is shown for every branch that one takes, and told of are those that nobody takes")
    func branches() throws {
        try folder.write(
            """
            {% if customer.language == "de" %}Hallo{% elsif customer.language %}Hello{% else %}Hi{% endif %},
            {% case customer.name %}{% when "Ann" %}A{% when "Bo" %}B{% endcase -%}
            {% for order in customer.orders %}O{% else %}no orders{% endfor %}
            {%- render "foot", of: tea %}
            """, to: "shop/templates/news.liquid")
        try folder.write(
            "{% unless of %}no tea{% endunless %}{% if of\n == 'Mate' %}M{% endif %}",
            to: "shop/templates/partials/foot.liquid")
        let outcome = try preview("--sample", "3")
        #expect(
            outcome.output == """
                ── customer 1 · news · email · a***@example.com
                   language en, templates/news.liquid:1 {% elsif customer.language %},
                   templates/news.liquid:2 {% when "Ann" %}

                   Hello, Ano orders

                ── customer 2 · news · email · b***@example.com
                   news by email, no language, no name, templates/news.liquid:1 {% else %},
                   templates/news.liquid:2 without {% case customer.name %},
                   templates/news.liquid:3 without {% for order in customer.orders %},
                   templates/partials/foot.liquid:1 without {% unless of %},
                   templates/partials/foot.liquid:1 without {% if of == 'Mate' %}

                   Hi, no orders

                ── customer 3 · news · email · m***@example.com
                   language de, templates/news.liquid:1 {% if customer.language == "de" %},
                   longest name

                   Hallo, no orders

                4 customers show all that differs: --sample 4
                None of 5 customers looked at takes
                  templates/news.liquid:2 {% when "Bo" %}
                  templates/news.liquid:3 {% for order in customer.orders %}
                  templates/partials/foot.liquid:1 {% unless of %}
                  templates/partials/foot.liquid:1 {% if of == 'Mate' %}

                """)
    }

    @Test("an e-mail comes from the workspace's sender, and says where to unsubscribe")
    func sender() throws {
        let settings = shop.appending(path: "workspace.lua")
        let text = try String(contentsOf: settings, encoding: .utf8)
        try text.replacing(
            "return {",
            with: """
                return {
                  sender = { name = "Tea House", address = "news@tea.example" },
                  links = {
                    unsubscribe = "https://tea.example/u/{token}",
                    view = "https://tea.example/v/{token}",
                    track = "https://tea.example/c/{token}?to={url}",
                  },
                """
        ).write(to: settings, atomically: true, encoding: .utf8)
        try folder.write(
            """
            <a href="https://shop.example/?q={{ tea }}&a=1">Tea</a>
            <a href="{{ view_in_browser_url }}">See it</a> <a href="{{ unsubscribe_url }}">No more</a>
            """, to: "shop/templates/news.liquid")
        let mail = try preview("--customer", "3", "--format", "eml").output
        #expect(mail.hasPrefix("From: Tea House <news@tea.example>\r\n"))
        let token = "ecb313bfd0a70a6e"
        #expect(mail.contains("\r\nList-Unsubscribe: <https://tea.example/u/\(token)>\r\n"), "\(mail)")
        let arguments = ["render", "news", "--customer", "3", "--campaign", "news"]
        let plain = try Program.run(arguments, in: shop)
        #expect(
            plain.output == """
                <a href="https://shop.example/?q=Lapsang%20%3CSouchong%3E&a=1">Tea</a>
                <a href="https://tea.example/v/\(token)">See it</a> <a href="https://tea.example/u/\(token)">No more</a>

                """)
        let tracked = try Program.run(arguments + ["--tracked"], in: shop)
        let target = "https%3A%2F%2Fshop.example%2F%3Fq%3DLapsang%2520%253CSouchong%253E%26a%3D1"
        #expect(
            tracked.output
                == plain.output.replacing(
                    "https://shop.example/?q=Lapsang%20%3CSouchong%3E&a=1",
                    with: "https://tea.example/c/\(token)?to=\(target)"))
    }

    @Test(
        "a message that its template aborts shows the branch that did, and nothing that would steer the terminal"
    )
    func aborted() throws {
        try folder.write(
            "{% if customer.id == 4 %}x{% elsif customer.id == 3 %}{% abort_message \"no\u{1B}[31m\ntea\" %}{% endif %}",
            to: "shop/templates/news.liquid")
        let outcome = try preview("--sample", "2")
        #expect(
            outcome.output == """
                ── customer 2 · news · email · b***@example.com
                   news by email, no language, no name, templates/news.liquid:1 without {% if
                   customer.id == 4 %}



                ── customer 3 · news · email · m***@example.com
                   aborted by the template, language de, templates/news.liquid:1 {% elsif
                   customer.id == 3 %}, longest name
                   ! held back: aborted by the template: no [31m tea

                3 customers show all that differs: --sample 3
                None of 5 customers looked at takes
                  templates/news.liquid:1 {% if customer.id == 4 %}

                """)
        let mail = try preview("--customer", "3", "--format", "eml")
        #expect(mail.errors.hasPrefix("error: the e-mail is held back: aborted by the template: no"))
    }

    @Test("an error in a message names the customer who can be asked for again")
    func failed() throws {
        try folder.write(
            "{% if customer.id == 3 %}{{ 1 | divided_by: 0 }}{% endif %}", to: "shop/templates/news.liquid")
        #expect(
            try preview().errors == """
                error: divided by 0
                 --> templates/news.liquid:1:29
                  |
                1 | {% if customer.id == 3 %}{{ 1 | divided_by: 0 }}{% endif %}
                  |                             ^^^^^^^^^^^^^^^^^
                  = in a message to customer 3

                """)
    }

    @Test("an address beyond ASCII becomes no other address in the headers of a mail")
    func addressBeyondASCII() throws {
        try folder.write("id,name,email\n6,Eva,eva@bücher.example\n", to: "more.csv")
        #expect(try Program.run(["import", "customers", "../more.csv"], in: shop).status == 0)
        let outcome = try preview("--customer", "6", "--format", "eml")
        #expect(outcome.output == "")
        #expect(
            outcome.errors == """
                error: the address e***@bücher.example has letters that a mail cannot have in its headers
                  see it with --format html; a domain may be written in ASCII, such as xn--bcher-kva.example

                """)
    }

    @Test("without pages for links, a template that names one says that it is empty")
    func noLinks() throws {
        try folder.write("<a href=\"{{ unsubscribe_url }}\">No more</a>", to: "shop/templates/news.liquid")
        let outcome = try preview("--customer", "3")
        #expect(outcome.output.contains("! {{ unsubscribe_url }} is empty (templates/news.liquid:1:13)"))
        let tracked = try Program.run(["render", "news", "--customer", "3", "--tracked"], in: shop)
        #expect(
            tracked.errors == """
                error: the workspace has no page that counts clicks
                  add links = { track = "https://example.com/click/{token}?to={url}" } to workspace.lua

                """)
    }

    @Test(
        "a sender and links that cannot be used are errors of the settings",
        arguments: [
            (
                "sender = 'x'",
                "'sender' takes { name = \"Tea & Co.\", address = \"news@example.com\" }, got the text 'x'",
                10
            ),
            ("sender = { name = 'x' }", "'sender.address' takes an e-mail address, got nothing", nil),
            ("sender = { adress = 'a@b.example' }", "unknown setting 'sender.adress'", 21),
            (
                "links = { unsubscribe = 'https://tea.example' }",
                "'links.unsubscribe' takes an https address with {token}, got 'https://tea.example'", 20
            ),
            (
                "links = { track = 'http://tea.example/{token}{url}' }",
                "'links.track' takes an https address with {token} and {url}, "
                    + "got 'http://tea.example/{token}{url}'", 20
            ),
            (
                "links = { view = 'https://tea.example/{token}/{id}' }",
                "'links.view' takes an https address with {token}, got 'https://tea.example/{token}/{id}'", 20
            ),
            ("links = { view = 1 }", "'links.view' takes a text, got the number 1", 20),
        ])
    func settings(_ setting: String, _ expected: String, _ column: Int?) throws {
        try folder.write("return { \(setting) }", to: "shop/workspace.lua")
        let place = "workspace.lua:1" + (column.map { ":\($0)" } ?? "")
        #expect(try preview().errors.hasPrefix("error: \(expected)\n --> \(place)\n"))
    }

    @Test(
        "what there is not is an error with the next step",
        arguments: [
            (["--customer", "99"], "error: there is no customer 99"),
            (["--customer", "4", "--format", "eml"], "error: the campaign has no e-mail for this customer"),
        ])
    func errors(_ arguments: [String], _ expected: String) throws {
        let outcome = try Program.run(["preview", "news"] + arguments, in: shop)
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix(expected))
        #expect(try Program.run(["preview", "new"], in: shop).errors.contains("did you mean 'news'?"))
    }
}

/// Debian's Chromium without a window.
enum Browser {
    private static let program = "/usr/bin/chromium"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// The page as the browser holds it when it has loaded.
    static func document(at path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "file://\(path)"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

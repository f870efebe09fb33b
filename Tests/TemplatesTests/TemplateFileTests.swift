import Basics
import Catalog
import Diagnostics
import Templates
import Testing

@Suite struct TemplateFileTests {
    private let source = """
        ---
        # who and how
        subject: "{{ customer.name }}, 好久不见"
        preheader: 'Only for {{ customer.city | upcas }}'
        channel: email


        ---
        <p>Dear {{ customer.name }},</p>
        {{ x | oops }}
        """

    @Test(
        "front matter gives its values without quotation marks, and the body its line",
        arguments: ["\n", "\r\n"])
    func parts(newline: String) throws {
        let file = try TemplateFile(
            path: "templates/win-back.liquid", source: source.replacing("\n", with: newline))
        #expect(
            file.frontMatter == [
                "subject": "{{ customer.name }}, 好久不见", "preheader": "Only for {{ customer.city | upcas }}",
                "channel": "email",
            ])
        #expect(file.bodyLine == 9)
        #expect(file.body.hasPrefix("<p>Dear"))
    }

    @Test("a file without front matter is all body")
    func noFrontMatter() throws {
        let file = try TemplateFile(path: "a.liquid", source: "\u{FEFF}Hi\n---\n")
        #expect(file.frontMatter.isEmpty)
        #expect(file.body == "Hi\n---\n")
        #expect(file.bodyLine == 1)
    }

    @Test("errors and variables of the values and the body have the places of the file")
    func places() throws {
        let file = try TemplateFile(path: "a.liquid", source: source)
        let subject = try #require(try file.compiled(.value("subject")))
        #expect(subject.outline.reads.map(\.path) == ["customer.name"])
        #expect(subject.outline.reads.map(\.location.description) == ["a.liquid:3:14"])
        #expect(try file.compiled(.value("from")) == nil)
        let preheader = #expect(throws: TemplateError.self) { try file.compiled(.value("preheader")) }
        #expect(preheader?.location == SourceLocation(file: "a.liquid", line: 4, column: 41))
        let body = #expect(throws: TemplateError.self) { try file.compiled(.body) }
        #expect(body?.location == SourceLocation(file: "a.liquid", line: 10, column: 8))
    }

    @Test("a chunk keeps each tag in its line, and lists what it reads from the scope")
    func chunk() throws {
        let template = """
            {% assign n = order.items.size %}Dear {{ customer.name | default: "friend" }},
            {% for item in order.items %}
            - {{ item.title }} {{ customer["city"] }}
            {% endfor %}{{ n }}
            """
        let compiled = try LiquidCompiler.compile(template, file: "t.liquid", firstLine: 3, escaping: .none)
        let lines = compiled.luaSource.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 7)
        #expect(lines[2].contains("order"))
        #expect(lines[3].contains("bounds"))
        #expect(lines[4].contains("title"))
        #expect(compiled.chunkName == "=t.liquid")
        #expect(
            compiled.outline.reads.map { "\($0.path) \($0.location)" } == [
                "order.items.size t.liquid:3:15", "customer.name t.liquid:3:42", "order.items t.liquid:4:16",
                "item.title t.liquid:5:6", "customer[\"city\"] t.liquid:5:23", "n t.liquid:6:16",
            ])
    }

    @Test("all keys, and a text of its own")
    func whole() throws {
        let file = try TemplateFile(
            path: "templates/b2b/win-back.zh-hant.liquid",
            source: """
                ---
                subject: Hi
                preheader: there
                from_name: Tea & Co.
                reply_to: "{{ customer.owner_email }}"
                channel: email
                language: zh-Hant
                layout: newsletter
                format: markdown
                require: [name, last.product ]
                ---
                # Hello
                --- text ---
                Hello {{ customer.name | oops }}
                """)
        #expect(file.name.kind == .message)
        #expect(file.name.name == "b2b/win-back")
        #expect(file.channel == .email && file.format == .markdown)
        #expect(file.language?.description == "zh-Hant")
        #expect(file.layout?.name == "newsletter")
        #expect(
            file.requirements.map { "\($0.name) \($0.location)" } == [
                "name templates/b2b/win-back.zh-hant.liquid:10:11",
                "last.product templates/b2b/win-back.zh-hant.liquid:10:17",
            ])
        #expect(file.body == "# Hello")
        #expect(file.textBody == "Hello {{ customer.name | oops }}")
        let error = #expect(throws: TemplateError.self) { try file.compiled(.text) }
        #expect(error?.location.line == 14)
    }

    @Test(
        "a file's name says what it is for",
        arguments: [
            ("win-back", "message win-back – –"), ("win-back.sms", "message win-back sms –"),
            ("win-back.zh", "message win-back – zh"), ("win-back.sms.ZH-tw", "message win-back sms zh-TW"),
            ("b2b/a", "message b2b/a – –"), ("layouts/base.zh", "layout base – zh"),
            ("partials/b2b/footer", "partial b2b/footer – –"), ("b2b/layouts/a", "message b2b/layouts/a – –"),
        ])
    func names(_ name: String, _ meaning: String) throws {
        let read = try TemplateName(path: "templates/\(name).liquid")
        let parts = [
            read.kind.rawValue, read.name, read.channel?.rawValue ?? "–", read.language?.description ?? "–",
        ]
        #expect(parts.joined(separator: " ") == meaning)
    }

    @Test("a list may be empty, a text need not be long, and a text message has its number of parts")
    func limits() throws {
        #expect(
            try TemplateFile(path: "templates/a.liquid", source: "---\nrequire: []\n---\n").requirements == []
        )
        let text = try TemplateFile(path: "templates/a.sms.liquid", source: "---\nmax_parts: 2\n---\nHi")
        #expect(text.maxParts == 2 && text.format == .text)
        #expect(try TemplateFile(path: "templates/a.sms.liquid", source: "Hi").maxParts == 10)
    }

    @Test(
        "a wrong name or front matter is told with its place and the next step",
        arguments: [
            ("a", "subjct: a", "unknown front matter key 'subjct'", "2:1", "did you mean 'subject'?"),
            (
                "a", "x: a", "unknown front matter key 'x'", "2:1",
                "known are: subject, preheader, from_name, reply_to, channel, language, layout, format, require, "
                    + "max_parts"
            ),
            (
                "layouts/a", "subject: a", "a layout has no front matter key 'subject'", "2:1",
                "known are: language"
            ),
            (
                "a", "  hello", "expected 'key: value' in the front matter", "2:3",
                "write, for example, subject: \"{{ customer.name }}, we miss you\""
            ),
            (
                "a", "layout:", "the front matter key 'layout' has no value", "2:1",
                "write, for example, layout: newsletter, or remove it"
            ),
            (
                "a", "subject: \"a", "the value of 'subject' has no closing quotation mark", "2:10",
                "end the line with the mark that it begins with"
            ),
            (
                "a", "subject: a\nsubject: b", "the front matter key 'subject' stands twice", "3:1",
                "remove it, or the one in line 2"
            ),
            ("a", "channel: mail", "unknown channel 'mail'", "2:10", "did you mean 'email'?"),
            (
                "a", "channel: 'fax'", "unknown channel 'fax'", "2:11", "known are: email, sms, wecom"
            ),
            (
                "a.sms", "channel: wecom", "the channel is 'wecom' here, but 'sms' in the file's name",
                "2:10",
                "remove it, or rename the file"
            ),
            (
                "a", "language: chinese", "unknown language 'chinese'", "2:11",
                "write a tag such as zh, zh-Hant or pt-BR"
            ),
            (
                "a.zh", "language: en", "the language is 'en' here, but 'zh' in the file's name", "2:11",
                "remove it, or rename the file"
            ),
            ("a", "format: markdwon", "unknown format 'markdwon'", "2:9", "did you mean 'markdown'?"),
            (
                "a.sms", "subject: Hi", "'subject' means nothing for a message by sms", "2:1",
                "remove it; e-mails have it, and this is a template for sms"
            ),
            (
                "a", "max_parts: 2", "'max_parts' means nothing for a message by email", "2:1",
                "remove it; sms has it, and this is a template for email"
            ),
            (
                "a", "format: text\nlayout: base", "'layout' means nothing for plain text", "3:1",
                "remove it, or set format: html"
            ),
            (
                "a", "require: name", "'require' takes a list", "2:10",
                "write, for example, require: [name, last.product]"
            ),
            (
                "a", "require: [a, b c]", "'require' takes names, got 'b c'", "2:14",
                "write, for example, require: [name, last.product]"
            ),
            (
                "a", "require: [a, ]", "'require' lacks a name", "2:14",
                "write, for example, require: [name, last.product]"
            ),
            (
                "a", "require: [nil]", "'require' takes names, got 'nil'", "2:11",
                "write, for example, require: [name, last.product]"
            ),
            (
                "a", "reply_to: service", "'reply_to' takes an e-mail address", "2:11",
                "write, for example, reply_to: service@example.com, or an output such as {{ customer.owner_email }}"
            ),
            (
                "a.sms", "max_parts: 0", "'max_parts' takes a whole number from 1 to 255", "2:12",
                "write, for example, max_parts: 1"
            ),
            (
                "a.smss", "", "'smss' in the name of a template is neither a channel nor a language", "1",
                "did you mean 'sms'?"
            ),
            (
                "a.2026", "", "'2026' in the name of a template is neither a channel nor a language", "1",
                "write templates/NAME[.CHANNEL][.LANGUAGE].liquid with a language such as zh or pt-BR, and no other dot"
            ),
            (
                "a.zh.sms", "", "the channel 'sms' stands at the wrong place in the name of a template", "1",
                "write it once, before the language: templates/NAME[.CHANNEL][.LANGUAGE].liquid"
            ),
            (
                "a.SMS", "", "'SMS' in the name of a template is neither a channel nor a language", "1",
                "did you mean 'sms'?"
            ),
            (
                "partials/a.sms", "", "'sms' in the name of a partial is no language", "1",
                "write templates/partials/NAME[.LANGUAGE].liquid with a language such as zh or pt-BR, and no other dot"
            ),
        ] as [(String, String, String, String, String)])
    func wrong(_ name: String, _ lines: String, _ message: String, _ place: String, _ hint: String) {
        let error = #expect(throws: TemplateFileError.self) {
            try TemplateFile(path: "templates/\(name).liquid", source: "---\n\(lines)\n---\n")
        }
        #expect(error?.diagnostic.message == message)
        #expect(error?.location.description == "templates/\(name).liquid:\(place)")
        #expect(error?.diagnostic.hint == hint)
    }

    @Test(
        "front matter or text without an end, and text where there is none, is told",
        arguments: [
            (
                "a", "---\nsubject: a\n", "the front matter has no closing '---'", "1:1",
                "add a line '---' after the last key"
            ),
            (
                "a.sms", "Hi\n--- text ---\nHo", "a message that is plain text has no second text", "2:1",
                "remove the line '--- text ---' and what follows it"
            ),
            (
                "partials/a", "---\n---\nHi\n --- text ---", "a partial has no text of its own", "4:1",
                "remove the line '--- text ---' and what follows it"
            ),
            (
                "a", "Hi\n--- text ---\nHo\n--- text ---", "'--- text ---' stands twice", "4:1",
                "remove it, or the one in line 2"
            ),
        ] as [(String, String, String, String, String)])
    func wrongBodies(_ name: String, _ source: String, _ message: String, _ place: String, _ hint: String) {
        let error = #expect(throws: TemplateFileError.self) {
            try TemplateFile(path: "templates/\(name).liquid", source: source)
        }
        #expect(error?.diagnostic.message == message)
        #expect(error?.location.description == "templates/\(name).liquid:\(place)")
        #expect(error?.diagnostic.hint == hint)
    }

    @Test("a chunk joins constant text, and makes a loop's state only where something asks for it")
    func lean() throws {
        func lua(_ template: String) throws -> String {
            let source = try LiquidCompiler.compile(template, file: "t", escaping: .html).luaSource
            let start = try #require(source.firstRange(of: "},{},{},{} "))
            return String(source[start.upperBound...])
        }
        let end = "return cut(n),M[1] and M or nil end\n"
        #expect(
            try lua("a{% comment %}{% endcomment %} {% raw %}b{% endraw %}") == "add(\"a b\") " + end)
        #expect(
            try lua("{% for i in a %}{{ i }}{% endfor %}")
                == "for i1=1,bounds(R,1,I,S[\"a\"],nil,nil,\"i-a\") do local x1=R[1][R[2]+i1] "
                + "if put_escaped(\"\",x1) then miss(M,1,20,\"i\") end end " + end)
        #expect(
            try lua("{% for i in a %}{{ forloop.index }}{{ forloop.rindex }}{% endfor %}")
                == "for i1=1,bounds(R,1,I,S[\"a\"],nil,nil,\"i-a\") do local x1=R[1][R[2]+i1] "
                + "if i1==1 then R[4]=forloop(R[3],\"i-a\",nil) end R[4][1]=i1 "
                + "if put_escaped(\"\",i1) then miss(M,1,20,\"forloop.index\") end "
                + "if put_escaped(\"\",R[4],\"rindex\") then miss(M,1,39,\"forloop.rindex\") end end " + end)
    }
}

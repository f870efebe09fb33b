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
            name: "win-back", path: "templates/win-back.liquid", source: source.replacing("\n", with: newline)
        )
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
        let file = try TemplateFile(name: "a", path: "a.liquid", source: "\u{FEFF}Hi\n---\n")
        #expect(file.frontMatter.isEmpty)
        #expect(file.body == "Hi\n---\n")
        #expect(file.bodyLine == 1)
    }

    @Test("errors and variables of the values and the body have the places of the file")
    func places() throws {
        let file = try TemplateFile(name: "a", path: "a.liquid", source: source)
        let subject = try #require(try file.compiledValue(of: "subject"))
        #expect(subject.variables.map(\.path) == ["customer.name"])
        #expect(subject.variables.map { "\($0.line):\($0.column)" } == ["3:14"])
        #expect(try file.compiledValue(of: "from") == nil)
        let preheader = #expect(throws: TemplateError.self) { try file.compiledValue(of: "preheader") }
        #expect(preheader?.location == SourceLocation(file: "a.liquid", line: 4, column: 41))
        let body = #expect(throws: TemplateError.self) { try file.compiledBody(escaping: .html) }
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
        #expect(lines[3].contains("each"))
        #expect(lines[4].contains("title"))
        #expect(compiled.chunkName == "=t.liquid")
        #expect(
            compiled.variables.map { "\($0.path) \($0.line):\($0.column)" } == [
                "order.items.size 3:15", "customer.name 3:42", "order.items 4:16", "customer[\"city\"] 5:23",
            ])
    }
}

import Diagnostics
import Testing

@testable import Templates

/// What is said of a template without running it.
@Suite("Outline")
struct OutlineTests {
    private func outline(_ text: String, firstLine: Int = 1) throws -> TemplateOutline {
        try LiquidCompiler.compile(text, file: "a.liquid", firstLine: firstLine, escaping: .html).outline
    }

    private func described(_ source: TemplateOutline.Source) -> String {
        let path = source.read.map { "#\($0)" } ?? "–"
        return ([path] + source.filters).joined(separator: " | ")
    }

    @Test("every path has its place, what its first name stands for, and the places of its steps")
    func reads() throws {
        let found = try outline(
            """
            {{ customer.name | default: other }}
            {% for item in order.items %}{{ item["name"] }}{{ forloop.index }}{% endfor %}{{ item }}
            {% if a.first[b.c].a == nil and d %}{% cycle e, f %}{% endif %}{{ [g] }}
            {% case h %}{% when i %}{{ forloop }}{% endcase %}{% liquid
              echo k.k.k
            %}
            """, firstLine: 3)
        let lines = found.reads.map { read -> String in
            let steps = read.steps.map { step in
                switch step.kind {
                case .name(let name): "\(name)@\(step.offset)"
                case .command(let name): "\(name)!@\(step.offset)"
                case .item: "[]"
                }
            }
            let root =
                switch read.root {
                case .name(let name): name
                case .element(let source): "one of \(described(source))"
                }
            let place = "\(read.location.line):\(read.location.column ?? 0)"
            return "\(place) \(read.path): \(([root] + steps).joined(separator: ", "))"
        }
        #expect(
            lines == [
                "3:4 customer.name: customer, name@9", "3:29 other: other",
                "4:16 order.items: order, items@6",
                "4:33 item[\"name\"]: one of #2, name@6", "4:82 item: item",
                "5:7 a.first[b.c].a: a, first!@2, [], a@13", "5:15 b.c: b, c@2", "5:33 d: d", "5:46 e: e",
                "5:49 f: f", "5:68 g: g", "6:9 h: h", "6:21 i: i", "6:28 forloop: forloop",
                "7:8 k.k.k: k, k@2, k@4",
            ])
    }

    @Test("names are given values by tags, and partials get values by theirs")
    func names() throws {
        let found = try outline(
            """
            {% assign a = b.c | sort | last %}{% assign a = 5 %}{%capture d%}{%endcapture%}{% increment e %}
            {% for x in (1..3) %}{% render 'shop/line', line: a, n: 1 %}{% endfor %}
            {% for x in b %}{% include "p" for x as y %}{% endfor %}{% include b with 1 %}
            """)
        #expect(
            found.assignments.mapValues { $0.map(described) } == [
                "a": ["#0 | sort | last", "–"], "d": ["–"], "e": ["–"],
            ])
        let partials = found.partials.map { partial in
            let arguments = partial.arguments.mapValues(described).sorted { $0.key < $1.key }
                .map { "\($0.key): \($0.value)" }
            let loops = partial.loops.mapValues(described).map { "\($0.key) in \($0.value)" }
            return
                "\(partial.location) \(partial.name ?? "?") \(partial.isShared ? "shared" : "apart") "
                + "\(arguments + loops) "
                + "\(partial.variable ?? "?") \(partial.value.map(described) ?? "nil")"
                + (partial.isRepeated ? " repeated" : "")
        }
        #expect(
            partials == [
                "a.liquid:2:33 shop/line apart [\"line: #1\", \"n: –\", \"x in –\"] line nil",
                "a.liquid:3:29 p shared [\"x in #2\"] y #3 repeated", "a.liquid:3:60 ? shared [] ? –",
            ])
    }

    @Test("a filter that takes the name of a field asks for it of the items before it")
    func properties() throws {
        let found = try outline(
            """
            {{ a.name | sort: "name" | where: 'b', "name" | first | map: c | join: "d" }}
            {% assign e = f | map: 'g' %}
            """)
        #expect(
            found.properties.map { "\($0.location) \($0.name) of \(described($0.items))" } == [
                "a.liquid:1:20 name of #0", "a.liquid:1:36 b of #0 | sort", "a.liquid:2:25 g of #2",
            ])
    }

    @Test("comments of every kind have their text and their place, and a layout tag has one")
    func comments() throws {
        let nested = "{%- comment -%} two {% comment %}{% endcomment %}{%- endcomment %}"
        let lines = "{% liquid\n # three\n echo a %}"
        let text = "{% # one %}{% layout 'base' %}\(nested)\(lines){% raw %}{% # no %}{% endraw %}"
        let found = try outline(text)
        let bytes = Array(text.utf8)
        #expect(found.comments.map(\.text) == ["one", "two {% comment %}{% endcomment %}", "three"])
        #expect(
            found.comments.map { String(decoding: bytes[$0.range], as: UTF8.self) } == [
                "{% # one %}", nested, "# three",
            ])
        #expect(found.layout?.name == "base")
        #expect(found.layout?.location.description == "a.liquid:1:23")
        #expect(try outline("{% layout none %}").layout == nil)
    }
}

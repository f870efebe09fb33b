internal import Basics
internal import Diagnostics
internal import Formats
internal import ScriptSyntax
internal import Templates

extension LintRule {
    static let templateSyntax = LintRule(
        "template-syntax", .error, "A template that cannot be read stops the load of all.",
        triggering: [
            LintExample(template: "Dear {{ customer.name,"),
            LintExample(template: "---\nsubjct: Hello\n---\nDear {{ customer.name }}"),
            LintExample(template: "{% if voucher %}{{ voucher | mony }}{% endif %}"),
            LintExample(template: "<script>var name = {{ customer.name }}</script>"),
            LintExample([
                "templates/hello.liquid": "<a title=\"{% render 'name' %}\">",
                "templates/partials/name.liquid": "\"{{ customer.name }}\"",
            ]),
            LintExample(["templates/layouts/base.liquid": "{% layout 'other' %}{{ content_for_layout }}"]),
            LintExample(["templates/hello.sms.liquid": "{% layout 'base' %}Hello"]),
            LintExample(["templates/hello.smss.liquid": "Hello"]),
            LintExample(["templates/locales/de.json": "{ \"greeting\": 5 }"]),
        ],
        nonTriggering: [
            LintExample(template: "---\nsubject: Hello\n---\nDear {{ customer.name }}"),
            LintExample(["templates/locales/de.json": "{ \"greeting\": \"Guten Tag\" }"]),
        ],
        inTemplates: { context in
            for error in context.template.errors { context.report(error) }
        })

    static let unknownPartial = LintRule(
        "unknown-partial", .error,
        "A partial or layout that is not there is an error when a message is written.",
        triggering: [
            LintExample([
                "templates/hello.liquid": "{% render 'fotter' %}", "templates/partials/footer.liquid": "Bye",
            ]),
            LintExample([
                "templates/hello.liquid": "---\nlayout: bas\n---\nHello",
                "templates/layouts/base.liquid": "{{ content_for_layout }}",
            ]),
            LintExample(template: "{% layout 'base' %}Hello"),
        ],
        nonTriggering: [
            LintExample([
                "templates/hello.liquid": "{% layout 'base' %}{% render 'shop/footer' %}",
                "templates/partials/shop/footer.de.liquid": "Bye",
                "templates/layouts/base.liquid": "{{ content_for_layout }}",
            ]),
            LintExample(template: "{% include voucher %}"),
        ],
        inTemplates: { context in
            guard context.world.hasAllTemplates else { return }
            for partial in context.template.parts.flatMap(\.outline.partials) {
                guard let name = partial.name else { continue }
                context.checkPiece(.partial, name, partial.location)
            }
            if let layout = context.template.layout {
                context.checkPiece(.layout, layout.name, layout.location)
            }
        })

    static let missingTranslation = LintRule(
        "missing-translation", .warning,
        "A text that a language lacks is printed in another, or as the name of its key.",
        triggering: [
            LintExample([
                "templates/hello.liquid": "{{ 'greeting' | t }}",
                "templates/locales/en.default.json": "{ \"greeting\": \"Hello\" }",
                "templates/locales/de.json": "{ \"bye\": \"Auf Wiedersehen\" }",
            ]),
            LintExample(template: "{{ 'greeting' | t }}"),
        ],
        nonTriggering: [
            LintExample([
                "templates/hello.liquid": "{{ 'greeting' | t }}{{ customer.city | t }}",
                "templates/locales/en.json": "{ \"greeting\": \"Hello\" }",
            ]),
            LintExample([
                "templates/hello.liquid": "{{ 'cart' | t: count: 2 }}",
                "templates/locales/en.json":
                    "{ \"cart\": { \"one\": \"{{ count }} item\", \"other\": \"{{ count }} items\" } }",
            ]),
        ],
        inTemplates: { context in
            guard context.world.hasAllTemplates, let translations = context.templates.translations else {
                return
            }
            for use in context.template.parts.flatMap(\.translations) {
                let languages = translations.languages(without: use.key)
                guard !languages.isEmpty else { continue }
                let names = languages.compactMap { $0?.description }
                let place = names.isEmpty ? "in templates/locales" : "into \(names.joined(separator: ", "))"
                context.report(
                    context.template.range(of: use.key, inLine: use.line),
                    "there is no translation of '\(use.key)' \(place)",
                    hint: "add it to templates/locales/\(names.first ?? "en.default").json")
            }
        })

    static let unusedTemplate = LintRule(
        "unused-template", .note, "A message that no campaign sends, and a piece that nothing uses, can go.",
        triggering: [
            LintExample(["templates/hello.liquid": "Hello"]),
            LintExample(["templates/partials/footer.liquid": "Bye"]),
            LintExample(["templates/layouts/base.liquid": "{{ content_for_layout }}"]),
        ],
        nonTriggering: [
            LintExample(template: "Hello"),
            LintExample([
                "templates/hello.liquid": "Hello",
                "scripts/example.lua": """
                campaign "hello" {
                  audience = segment.vip,
                  journey = function(c) send { template = c.city == "Cork" and "hello" or "welcome" } end,
                }
                """,
            ]),
            LintExample([
                "templates/partials/footer.liquid": "Bye",
                "templates/hello.liquid": "{% include voucher %}",
                "scripts/example.lua": """
                campaign "hello" {
                  audience = segment.vip,
                  journey = function(c) send { template = "hello" } end,
                }
                """,
            ]),
        ],
        inTemplates: { context in
            guard let name = context.template.name, !context.templates.mayBeUsed(name) else { return }
            let (message, hint) =
                switch name.kind {
                case .message:
                    (
                        "no campaign sends '\(name.name)'",
                        "write send { template = \"\(name.name)\" } in a journey"
                    )
                case .partial:
                    (
                        "nothing uses the partial '\(name.name)'",
                        "write {% render '\(name.name)' %} where it belongs"
                    )
                case .layout:
                    (
                        "no message has the layout '\(name.name)'",
                        "write layout: \(name.name) in the front matter of one"
                    )
                }
            context.report(SourceRange(0, 0), message, hint: "\(hint), or remove the file")
        })
}

extension TemplateContext {
    fileprivate mutating func checkPiece(_ kind: TemplateName.Kind, _ name: String, _ place: SourceLocation) {
        let known = templates.names(kind)
        guard !known.contains(name) else { return }
        report(
            template.range(place, name), "unknown \(kind.rawValue) '\(name)'",
            hint: suggestion(name, known, what: kind.rawValue))
    }
}

extension LintTemplate {
    /// Where a text first stands in a line; the beginning of the line where it does not.
    fileprivate func range(of text: String, inLine line: Int) -> SourceRange {
        let start = source.offset(line: line, column: 1)
        let end = source.offset(line: line + 1, column: 1)
        let place = source[SourceRange(start, end)].utf8.firstRange(of: text.utf8)
        let whole = source[SourceRange(start, end)].utf8
        guard let place else { return SourceRange(start, start) }
        let first = start + whole.distance(from: whole.startIndex, to: place.lowerBound)
        return SourceRange(first, first + text.utf8.count)
    }
}

internal import Diagnostics
internal import ScriptSyntax
internal import Templates

/// A file of `templates/`, and what can be said of it without rendering it.
struct LintTemplate {
    /// The path as it is shown.
    let path: String
    /// The text, without a byte order mark.
    let source: SourceText
    /// What its path says; nil where that is wrong, and of texts in a language.
    let name: TemplateName?
    /// The file; nil where its name or front matter is wrong, and of texts in a language.
    let file: TemplateFile?
    /// The Liquid of its front matter, body and text, as far as it can be read.
    let parts: [CompiledTemplate]
    /// What is wrong with it as a file of its own.
    var errors: [Diagnostic]
    /// Its comments, in their order.
    let comments: [LintComment]

    /// Reads a template.
    ///
    /// Cost: linear in the text.
    init(_ source: TemplateSource, _ additions: LiquidAdditions) {
        path = source.path
        self.source = SourceText(
            source.text.hasPrefix("\u{FEFF}") ? String(source.text.dropFirst()) : source.text)
        errors = []
        guard !source.isTranslation else {
            (name, file, parts, comments) = (nil, nil, [], [])
            return
        }
        name = try? TemplateName(path: source.name)
        do {
            let file = try TemplateFile(path: source.name, source: source.text)
            self.file = file
            var parts: [CompiledTemplate] = []
            for part in Self.parts(of: file, additions) {
                switch part {
                case .success(let part?): parts.append(part)
                case .success(nil): continue
                case .failure(let error): errors.append(error.diagnostic)
                }
            }
            self.parts = parts
            errors += Self.misplacedLayouts(file, parts)
            comments = Self.comments(of: file, parts, in: self.source)
        } catch {
            (file, parts, comments) = (nil, [], [])
            errors = [error.diagnostic]
        }
    }

    private static func parts(of file: TemplateFile, _ additions: LiquidAdditions) -> [Result<
        CompiledTemplate?, TemplateError
    >] {
        let body: TemplateFile.Part = file.name.kind == .partial ? .partial(form: "text") : .body
        let values = ["subject", "preheader", "from_name", "reply_to"].map(TemplateFile.Part.value)
        return (values + [body, .text]).map { part in
            Result { () throws(TemplateError) in try file.compiled(part, additions: additions) }
        }
    }

    /// `layout` tags in layouts, and in plain text.
    private static func misplacedLayouts(_ file: TemplateFile, _ parts: [CompiledTemplate]) -> [Diagnostic] {
        parts.compactMap { part in
            guard let tag = part.layout else { return nil }
            let place = part.outline.layout?.location ?? SourceLocation(file: file.path, line: file.bodyLine)
            let name = part.outline.layout?.name
            if file.name.kind == .layout {
                return Diagnostic(
                    "a layout has no layout of its own", at: place, token: name, hint: "remove the tag")
            }
            guard file.format == .text, case .named = tag else { return nil }
            return Diagnostic(
                "'layout' means nothing for plain text", at: place, token: name, hint: "remove it")
        }
    }

    /// The comments of the Liquid, and those of the front matter.
    private static func comments(
        of file: TemplateFile, _ parts: [CompiledTemplate], in source: SourceText
    ) -> [LintComment] {
        func comment(_ text: String, _ start: Int, _ end: Int) -> LintComment {
            let line = source.offset(line: source.line(of: start), column: 1)
            let isAlone = source[SourceRange(line, start)].allSatisfy(\.isWhitespace)
            return LintComment(text: text, range: SourceRange(start, end), isAlone: isAlone)
        }
        let liquid = parts.map(\.outline).flatMap { outline in
            let start = source.offset(line: outline.start.line, column: outline.start.column ?? 1)
            return outline.comments.map { found in
                comment(found.text, start + found.range.lowerBound, start + found.range.upperBound)
            }
        }
        let matter = (1..<file.bodyLine).compactMap { number -> LintComment? in
            let start = source.offset(line: number, column: 1)
            let line = source[SourceRange(start, source.offset(line: number + 1, column: 1))]
            let mark = line.prefix(while: \.isWhitespace)
            let text = line[mark.endIndex...].prefix { !$0.isNewline }
            guard text.first == "#" else { return nil }
            let place = start + mark.utf8.count
            return comment(
                String(text.dropFirst().trimmingPrefix(while: \.isWhitespace)), place,
                place + text.utf8.count)
        }
        return (matter + liquid).sorted { $0.range.start < $1.range.start }
    }

    /// Whether something is wrong that keeps it from being looked into.
    var isBroken: Bool { !errors.isEmpty }

    /// A text that begins so many characters behind a place, as a range of the source.
    func range(_ place: SourceLocation, offset: Int = 0, _ text: String) -> SourceRange {
        let start = source.offset(line: place.line, column: (place.column ?? 1) + offset)
        return SourceRange(start, min(start + text.utf8.count, source.bytes.count))
    }
}

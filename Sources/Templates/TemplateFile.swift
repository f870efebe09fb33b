public import Basics
public import Catalog
public import Diagnostics

/// A template file: front matter and a body.
///
///     ---
///     subject: "{{ customer.name }}, we miss you"
///     require: [customer.name, last.product]
///     ---
///     <p>Dear {{ customer.name }},</p>
public struct TemplateFile: Sendable {
    /// How the body of an e-mail is written.
    public enum Format: String, Sendable, CaseIterable {
        /// In HTML; what outputs print is escaped.
        case html
        /// In Markdown, which becomes HTML; what outputs print is no Markdown.
        case markdown
        /// In plain text, and there is no HTML. Texts and chat messages have no other format.
        case text
    }

    /// A name that a template mentions: a value it requires, or its layout.
    public struct Mention: Sendable, Hashable {
        /// As written: `customer.name`, `newsletter`.
        public let name: String
        /// Where.
        public let location: SourceLocation

        /// A name and its place.
        public init(name: String, location: SourceLocation) {
            self.name = name
            self.location = location
        }
    }

    /// What the file's path says.
    public let name: TemplateName
    /// The file as diagnostics show it: `templates/win-back.liquid`.
    public let path: String
    /// The values as written, without their quotation marks, by ``keys``. Empty where there is no front
    /// matter.
    public let frontMatter: [String: String]
    /// The channel that the front matter or the file's name says; else e-mail.
    public let channel: Channel
    /// The language that the front matter or the file's name says; nil for every one.
    public let language: LanguageTag?
    /// How the body is written.
    public let format: Format
    /// What a message is not sent without.
    public let requirements: [Mention]
    /// More parts than this, a text message is not sent in.
    public let maxParts: Int
    /// The Liquid text after the front matter.
    public let body: String
    /// The file's line in which the body begins.
    public let bodyLine: Int
    /// The Liquid text behind the line `--- text ---`; nil where there is none.
    public let textBody: String?
    /// Where each value begins.
    let places: [String: SourceLocation]
    private let textLine: Int

    /// Reads the front matter; the Liquid is not read before it is compiled.
    ///
    /// Front matter stands between two lines `---`, the first of which begins the file. It has lines
    /// `key: value`, empty lines and `#` comments. A value in `'…'` or `"…"` ends at the last such mark of its line
    /// and is taken as it stands, without escapes; a list is `[one, two]`.
    public init(path: String, source: String) throws(TemplateFileError) {
        let name = try TemplateName(path: path)
        let parsed = try Self.split(source, path: path)
        let values = FrontMatter(parsed, path: path, kind: name.kind)
        try values.checkKeys()
        let channel = try values.channel(name)
        self.name = name
        self.path = path
        self.channel = channel
        language = try values.language(name)
        format = try values.format(on: channel)
        try values.checkKeys(on: channel, format: format)
        requirements = try values.requirements()
        maxParts = try values.maxParts()
        try values.checkReplyTo()
        try values.checkText(on: channel, format: format)
        frontMatter = parsed.values
        places = parsed.places
        body = parsed.body
        bodyLine = parsed.bodyLine
        textBody = parsed.text?.body
        textLine = parsed.text?.line ?? 1
    }

    /// The layout that the front matter puts around the body.
    public var layout: Mention? {
        guard let name = frontMatter["layout"], let place = places["layout"] else { return nil }
        return Mention(name: name, location: place)
    }

    /// Where the value of a key begins; the file's first line where it has none.
    public func place(of key: String) -> SourceLocation {
        places[key] ?? SourceLocation(file: path, line: 1)
    }

    /// A text of the file that is Liquid.
    public enum Part: Sendable, Hashable {
        case body
        /// Behind the line `--- text ---`.
        case text
        /// The value of a key of front matter, such as `subject`.
        case value(String)
        /// The body of a partial, in a form (``LiquidCompiler/compile(partial:file:firstLine:form:firstBranch:)``).
        case partial(form: String)
        /// The body of a layout, around the body of a message, which it has as `content_for_layout`.
        case layout
    }

    /// A part, compiled; nil where the file has none. What outputs print is escaped where the format has tags, unless that
    /// is not wanted. With a `firstBranch`, branches are told (``CompiledTemplate/branches``).
    public func compiled(
        _ part: Part, escapes: Bool = true, firstBranch: Int? = nil,
        additions: LiquidAdditions = LiquidAdditions()
    ) throws(TemplateError) -> CompiledTemplate? {
        func compile(
            _ text: String, line: Int, column: Int = 1, escaping: Escaping = .none
        ) throws(TemplateError) -> CompiledTemplate {
            try LiquidCompiler.compile(
                text, file: path, firstLine: line, firstColumn: column, escaping: escaping,
                firstBranch: firstBranch, additions: additions)
        }
        let escaping: Escaping = format != .text && escapes ? .html : .none
        switch part {
        case .body: return try compile(body, line: bodyLine, escaping: escaping)
        case .text:
            guard let textBody else { return nil }
            return try compile(textBody, line: textLine)
        case .value(let key):
            guard let text = frontMatter[key], let place = places[key] else { return nil }
            return try compile(text, line: place.line, column: place.column ?? 1)
        case .partial(let form):
            return try LiquidCompiler.compile(
                partial: body, file: path, firstLine: bodyLine, form: form, firstBranch: firstBranch,
                additions: additions)
        case .layout:
            // A capture is not escaped again. It stands in the first line, and the columns behind it are those of the file.
            let capture = "{% capture content_for_layout %}{{ content_for_layout | raw }}{% endcapture %}"
            return try compile(
                capture + body, line: bodyLine, column: 1 - capture.count, escaping: escaping)
        }
    }
}

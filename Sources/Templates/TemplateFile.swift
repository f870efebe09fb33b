import Diagnostics

/// A template file: front matter and a body.
///
///     ---
///     subject: "{{ customer.name }}, we miss you"
///     channel: email
///     ---
///     <p>Dear {{ customer.name | default: "friend" }},</p>
public struct TemplateFile: Sendable {
    /// The name that scripts send it by: `win-back`.
    public let name: String
    /// The file as diagnostics show it: `templates/win-back.liquid`.
    public let path: String
    /// The values as written, without their quotation marks, by ``keys``. Empty where there is no front
    /// matter.
    public let frontMatter: [String: String]
    /// The Liquid text after the front matter.
    public let body: String
    /// The file's line in which the body begins.
    public let bodyLine: Int
    /// Where each value begins.
    let places: [String: SourceLocation]

    /// The keys that front matter may have.
    public static let keys = ["subject", "preheader", "channel"]
    /// The values of `channel`.
    public static let channels = ["email", "sms", "wecom"]

    /// Reads the front matter; the Liquid is not read before it is compiled.
    ///
    /// Front matter stands between two lines `---`, the first of which begins the file. It has lines
    /// `key: value`, empty lines and `#` comments. A value in `'…'` or `"…"` ends at the last such mark of its line
    /// and is taken as it stands, without escapes.
    public init(name: String, path: String, source: String) throws(TemplateError) {
        self.name = name
        self.path = path
        let parsed = try Self.split(source, path: path)
        frontMatter = parsed.values
        places = parsed.places
        body = parsed.body
        bodyLine = parsed.bodyLine
    }

    /// The body, compiled.
    public func compiledBody(escaping: Escaping) throws(TemplateError) -> CompiledTemplate {
        try LiquidCompiler.compile(body, file: path, firstLine: bodyLine, escaping: escaping)
    }

    /// A front matter value compiled as text, such as `subject` or `preheader`; nil where the file has no
    /// such key.
    public func compiledValue(of key: String) throws(TemplateError) -> CompiledTemplate? {
        guard let text = frontMatter[key], let place = places[key] else { return nil }
        return try LiquidCompiler.compile(
            text, file: path, firstLine: place.line, firstColumn: place.column ?? 1, escaping: .none)
    }
}

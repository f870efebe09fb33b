internal import Basics
public import Diagnostics

extension TranslationError {
    /// The words for the error in a file, whose text tells the line of a key, with the next step.
    public func diagnostic(in file: String, text: String) -> Diagnostic {
        let place = SourceLocation(file: file, line: 1)
        let example = #"a file looks like { "greeting": "Hello, {{ name }}!" }"#
        switch kind {
        case .noLanguage(let name):
            return Diagnostic(
                "'\(name)' is no language", at: place,
                hint: "name the file as a tag such as de.json, pt-BR.json or en.default.json")
        case .twice(let language):
            return Diagnostic("there are two files of texts in \(language)", at: place, hint: "join them")
        case .twoDefaults(let language):
            return Diagnostic(
                "two files of texts are the default", at: place,
                hint: "the other is in \(language); take .default out of one of the names")
        case .notJSON:
            return Self.syntax(of: text, in: file)
                ?? Diagnostic("the file is no JSON", at: place, hint: example)
        case .notNested:
            return Diagnostic("a file of texts holds keys and their texts", at: place, hint: example)
        case .noText(let key):
            // Keys of that name may stand elsewhere too; the first one leads to the right line most often.
            let last = key.split(separator: ".").last.map(String.init) ?? key
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let line = lines.firstIndex { $0.contains("\"\(last)\"") } ?? 0
            let column = lines[line].firstRange(of: "\"\(last)\"").map { range in
                lines[line].distance(from: lines[line].startIndex, to: range.lowerBound) + 2
            }
            return Diagnostic(
                "'\(key)' is neither a text nor further keys",
                at: SourceLocation(file: file, line: line + 1, column: column), token: last, hint: example)
        case .tooDeep(let key):
            return Diagnostic("the keys below '\(key)' are nested more than 20 deep", at: place)
        }
    }

    /// The first mistake in a text, behind the comment that it may begin with.
    private static func syntax(of text: String, in file: String) -> Diagnostic? {
        var text = text
        let start = text.firstIndex { !$0.isWhitespace } ?? text.startIndex
        if text[start...].hasPrefix("/*"), let end = text[start...].firstRange(of: "*/")?.upperBound {
            // The lines stay where they are.
            text.replaceSubrange(
                start..<end, with: text[start..<end].map { $0.isNewline ? "\n" : " " }.joined())
        }
        do {
            _ = try JSON(parsing: text)
            return nil
        } catch {
            return Diagnostic(
                error.message, at: SourceLocation(file: file, line: error.line, column: error.column))
        }
    }
}

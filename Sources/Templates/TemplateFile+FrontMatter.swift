import Diagnostics

extension TemplateFile {
    /// A file taken apart.
    struct Parts {
        var values: [String: String] = [:]
        var places: [String: SourceLocation] = [:]
        var body: String
        var bodyLine = 1
    }

    static func split(_ source: String, path: String) throws(TemplateError) -> Parts {
        // Lines are split by scalar: "\r\n" is one Character and would hide its line break.
        var scalars = Substring(source).unicodeScalars
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.first, isFence(first) else { return Parts(body: String(scalars)) }
        var parts = Parts(body: "")
        for (index, line) in lines.enumerated().dropFirst() {
            if isFence(line) {
                parts.body = String(scalars[line.endIndex...].dropFirst())
                parts.bodyLine = index + 2
                return parts
            }
            try read(Substring(line), number: index + 1, path: path, into: &parts)
        }
        let start = SourceLocation(file: path, line: 1, column: 1)
        throw TemplateError(kind: .unclosedFrontMatter, location: start, token: "---")
    }

    private static func isFence(_ line: Substring.UnicodeScalarView) -> Bool {
        trimmed(Substring(line)) == "---"
    }

    private static func read(
        _ line: Substring, number: Int, path: String, into parts: inout Parts
    ) throws(TemplateError) {
        let content = trimmed(line)
        if content.isEmpty || content.hasPrefix("#") { return }
        func place(_ text: Substring) -> SourceLocation {
            let column = line.distance(from: line.startIndex, to: text.startIndex) + 1
            return SourceLocation(file: path, line: number, column: column)
        }
        guard let colon = content.firstIndex(of: ":") else {
            throw TemplateError(kind: .badFrontMatterLine, location: place(content), token: String(content))
        }
        let key = trimmed(content[..<colon])
        let name = String(key)
        guard keys.contains(name) else {
            throw TemplateError(kind: .unknownKey(name), location: place(key), token: name)
        }
        if let before = parts.places[name] {
            throw TemplateError(
                kind: .repeatedKey(name, firstLine: before.line), location: place(key), token: name)
        }
        var value = trimmed(content[content.index(after: colon)...])
        if let mark = value.first, mark == "\"" || mark == "'" {
            guard value.count > 1, value.last == mark else {
                throw TemplateError(
                    kind: .unclosedQuote(key: name), location: place(value), token: String(value))
            }
            value = value.dropFirst().dropLast()
        }
        if name == "channel", !channels.contains(String(value)) {
            throw TemplateError(
                kind: .unknownChannel(String(value)), location: place(value), token: String(value))
        }
        parts.values[name] = String(value)
        parts.places[name] = place(value)
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}

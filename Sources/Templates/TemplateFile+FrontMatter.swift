internal import Basics
internal import Catalog
internal import Diagnostics

extension TemplateFile {
    /// A file taken apart.
    struct Parts {
        var values: [String: String] = [:]
        var places: [String: SourceLocation] = [:]
        var keyPlaces: [String: SourceLocation] = [:]
        var body: String
        var bodyLine = 1
        var text: (body: String, line: Int)?
    }

    /// Divides the HTML of a file from its text.
    static let textFence = "--- text ---"

    static func split(_ source: String, path: String) throws(TemplateFileError) -> Parts {
        // Lines are split by scalar: "\r\n" is one Character and would hide its line break.
        var scalars = Substring(source).unicodeScalars
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false)
        var parts = Parts(body: "")
        var first = 0
        if let line = lines.first, isFence(line, "---") {
            first = try readFrontMatter(lines, path: path, into: &parts)
        }
        parts.bodyLine = first + 1
        let rest = lines[first...]
        guard let fence = rest.firstIndex(where: { isFence($0, textFence) }) else {
            parts.body = text(rest, of: scalars)
            return parts
        }
        if let second = lines[(fence + 1)...].firstIndex(where: { isFence($0, textFence) }) {
            throw TemplateFileError(
                kind: .secondText(firstLine: fence + 1),
                location: SourceLocation(file: path, line: second + 1, column: 1), token: textFence)
        }
        parts.body = text(lines[first..<fence], of: scalars)
        parts.text = (text(lines[(fence + 1)...], of: scalars), fence + 2)
        return parts
    }

    /// The text of lines that follow each other in a file.
    private static func text(
        _ lines: ArraySlice<Substring.UnicodeScalarView>, of file: Substring.UnicodeScalarView
    )
        -> String
    {
        guard let first = lines.first, let last = lines.last else { return "" }
        return String(file[first.startIndex..<last.endIndex])
    }

    private static func isFence(_ line: Substring.UnicodeScalarView, _ fence: String) -> Bool {
        trimmed(Substring(line)) == fence
    }

    /// Reads the lines up to the second fence; gives the number of those read.
    private static func readFrontMatter(
        _ lines: [Substring.UnicodeScalarView], path: String, into parts: inout Parts
    ) throws(TemplateFileError) -> Int {
        for (index, line) in lines.enumerated().dropFirst() {
            if isFence(line, "---") { return index + 1 }
            try read(Substring(line), number: index + 1, path: path, into: &parts)
        }
        let start = SourceLocation(file: path, line: 1, column: 1)
        throw TemplateFileError(kind: .unclosedFrontMatter, location: start, token: "---")
    }

    private static func read(
        _ line: Substring, number: Int, path: String, into parts: inout Parts
    ) throws(TemplateFileError) {
        let content = trimmed(line)
        if content.isEmpty || content.hasPrefix("#") { return }
        func place(_ text: Substring) -> SourceLocation {
            let column = line.distance(from: line.startIndex, to: text.startIndex) + 1
            return SourceLocation(file: path, line: number, column: column)
        }
        guard let colon = content.firstIndex(of: ":") else {
            throw TemplateFileError(kind: .badLine, location: place(content), token: String(content))
        }
        let key = trimmed(content[..<colon])
        let name = String(key)
        if let before = parts.places[name] {
            throw TemplateFileError(
                kind: .repeatedKey(name, firstLine: before.line), location: place(key), token: name)
        }
        var value = trimmed(content[content.index(after: colon)...])
        if let mark = value.first, mark == "\"" || mark == "'" {
            guard value.count > 1, value.last == mark else {
                throw TemplateFileError(
                    kind: .unclosedQuote(key: name), location: place(value), token: String(value))
            }
            value = value.dropFirst().dropLast()
        }
        parts.values[name] = String(value)
        parts.places[name] = place(value)
        parts.keyPlaces[name] = place(key)
    }

    static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}

/// The values of a file, and what each may be.
struct FrontMatter {
    private let parts: TemplateFile.Parts
    private let path: String
    private let kind: TemplateName.Kind

    init(_ parts: TemplateFile.Parts, path: String, kind: TemplateName.Kind) {
        self.parts = parts
        self.path = path
        self.kind = kind
    }

    private func error(_ kind: TemplateFileError.Kind, _ key: String) -> TemplateFileError {
        let place = parts.places[key] ?? SourceLocation(file: path, line: 1)
        return TemplateFileError(kind: kind, location: place, token: parts.values[key] ?? "")
    }

    /// An error of which not the value is wrong, but that there is one.
    private func error(_ kind: TemplateFileError.Kind, atKey key: String) -> TemplateFileError {
        let place = parts.keyPlaces[key] ?? SourceLocation(file: path, line: 1)
        return TemplateFileError(kind: kind, location: place, token: key)
    }

    /// The keys in the order of their lines.
    private var keys: [String] {
        parts.places.sorted { $0.value.line < $1.value.line }.map(\.key)
    }

    /// Refuses keys that nothing knows, and those of messages in what is only a piece of them.
    func checkKeys() throws(TemplateFileError) {
        let known = TemplateFile.keys.filter { kind == .message || $0.isForPieces }.map(\.name)
        for key in keys where !known.contains(key) { throw error(.unknownKey(key, of: kind), atKey: key) }
        for key in keys where parts.values[key] == "" { throw error(.emptyValue(key: key), atKey: key) }
    }

    /// Refuses keys that mean nothing on a channel.
    func checkKeys(on channel: Channel, format: TemplateFile.Format) throws(TemplateFileError) {
        for key in keys {
            guard let known = TemplateFile.keys.first(where: { $0.name == key }) else { continue }
            if !known.channels.contains(channel) { throw error(.notOnChannel(key: key, channel), atKey: key) }
        }
        if format == .text, parts.values["layout"] != nil { throw error(.layoutOfText, atKey: "layout") }
    }

    func channel(_ name: TemplateName) throws(TemplateFileError) -> Channel {
        guard let text = parts.values["channel"] else { return name.channel ?? .email }
        guard let channel = Channel(rawValue: text) else { throw error(.unknownChannel(text), "channel") }
        if let other = name.channel, other != channel {
            throw error(.otherThanFile(key: "channel", text, file: other.rawValue), "channel")
        }
        return channel
    }

    func language(_ name: TemplateName) throws(TemplateFileError) -> LanguageTag? {
        guard let text = parts.values["language"] else { return name.language }
        guard let language = LanguageTag(text), language.isKnown else {
            throw error(.unknownLanguage(text), "language")
        }
        if let other = name.language, other != language {
            throw error(.otherThanFile(key: "language", text, file: other.description), "language")
        }
        return language
    }

    func format(on channel: Channel) throws(TemplateFileError) -> TemplateFile.Format {
        guard let text = parts.values["format"] else { return channel == .email ? .html : .text }
        guard let format = TemplateFile.Format(rawValue: text) else {
            throw error(.unknownFormat(text), "format")
        }
        return format
    }

    func maxParts() throws(TemplateFileError) -> Int {
        guard let text = parts.values["max_parts"] else { return TemplateFile.usualMaxParts }
        // One byte counts the parts of a message (3GPP TS 23.040, section 9.2.3.24.1).
        guard let number = Int(text), (1...255).contains(number) else {
            throw error(.badMaxParts, "max_parts")
        }
        return number
    }

    func requirements() throws(TemplateFileError) -> [TemplateFile.Mention] {
        guard let value = parts.values["require"], let place = parts.places["require"] else { return [] }
        guard value.hasPrefix("["), value.hasSuffix("]"), value.count > 1 else {
            throw error(.notAList(key: "require"), "require")
        }
        var found: [TemplateFile.Mention] = []
        guard value.dropFirst().dropLast().contains(where: { !$0.isWhitespace }) else { return [] }
        for item in value.dropFirst().dropLast().split(separator: ",", omittingEmptySubsequences: false) {
            let path = TemplateFile.trimmed(item)
            let column = value.distance(from: value.startIndex, to: path.startIndex) + (place.column ?? 1)
            let location = SourceLocation(file: place.file, line: place.line, column: column)
            guard Self.isPath(path) else {
                throw TemplateFileError(
                    kind: .badRequirement(String(path)), location: location, token: String(path))
            }
            found.append(.init(name: String(path), location: location))
        }
        return found
    }

    /// Whether a text is names with dots between them.
    private static func isPath(_ text: Substring) -> Bool {
        let reserved = ["true", "false", "nil", "null", "blank", "empty", "and", "or", "contains"]
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { name in
            guard let first = name.utf8.first, !(48...57).contains(first), first != UInt8(ascii: "-") else {
                return false
            }
            return name.utf8.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") || $0 > 0x7F }
                && !reserved.contains(String(name))
        }
    }

    /// An address is checked here; what Liquid prints, when it is printed.
    func checkReplyTo() throws(TemplateFileError) {
        guard let text = parts.values["reply_to"], !text.contains("{{"), !text.contains("{%") else { return }
        if !isUsableEmail(text) { throw error(.badReplyTo, "reply_to") }
    }

    func checkText(on channel: Channel, format: TemplateFile.Format) throws(TemplateFileError) {
        guard let text = parts.text, kind != .message || format == .text else { return }
        throw TemplateFileError(
            kind: .textOfText(kind), location: SourceLocation(file: path, line: text.line - 1, column: 1),
            token: TemplateFile.textFence)
    }
}

internal import Foundation

/// The lines of the scripts of a run, by the places that decisions, events and flow name.
struct ScriptLines {
    private let scripts: [String: [Substring]]

    init(_ texts: [String: String]) {
        scripts = texts.mapValues { $0.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
    }

    /// The line at a place such as `scripts/win-back.lua:18`, with the blanks before it; nil where it is not
    /// known.
    subscript(place: String) -> String? {
        let (file, number) = Self.parts(of: place)
        guard let lines = scripts[file], lines.indices.contains(number - 1) else { return nil }
        return String(lines[number - 1])
    }

    /// The line as a sentence can quote it: without the blanks around it and the comment behind it, and with
    /// `…` where it goes on below.
    func quoted(_ place: String) -> String? {
        guard let whole = self[place] else { return nil }
        let line = Self.code(of: whole).trimmingCharacters(in: .whitespaces)
        guard !line.isEmpty else { return nil }
        let open = line.count { "{(".contains($0) } - line.count { "})".contains($0) }
        return open > 0 || line.hasSuffix("=") ? "\(line) …" : line
    }

    /// A line of Lua up to its comment.
    private static func code(of line: String) -> Substring {
        var quote: Character?
        var place = line.startIndex
        while place < line.endIndex {
            let character = line[place]
            if let open = quote {
                if character == "\\" { line.formIndex(after: &place) }
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if line[place...].hasPrefix("--") {
                return line[..<place]
            }
            if place < line.endIndex { line.formIndex(after: &place) }
        }
        return line[...]
    }

    /// File and line of a place; line 0 where it has none.
    static func parts(of place: String) -> (file: String, line: Int) {
        guard let colon = place.lastIndex(of: ":"), let line = Int(place[place.index(after: colon)...]) else {
            return (place, 0)
        }
        let file = place[..<colon]
        // A column stands behind the line.
        if let colon = file.lastIndex(of: ":"), let line = Int(file[file.index(after: colon)...]) {
            return (String(file[..<colon]), line)
        }
        return (String(file), line)
    }
}

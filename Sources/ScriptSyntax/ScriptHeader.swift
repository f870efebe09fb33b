internal import Diagnostics

/// What a script says of itself: the lines `---` at its top, in the manner of Lua's doc comments.
///
///     --- Wake customers who bought before and have gone quiet.
///     ---
///     --- @author Wang Lei
///     --- @description A voucher by e-mail,
///     ---   then one reminder.
///     --- @tags win-back, voucher
///     --- @needs plugin rfm >= 1.0
///     --- @needs field loyalty_card
///     --- @license MIT
///
/// The first line is the title. A tag goes on in the lines below it; only `needs` may come more than once. A
/// script without such lines has an empty header.
public struct ScriptHeader: Sendable, Hashable {
    /// What a script is, in a sentence; empty where nothing says it.
    public private(set) var title = ""
    /// Who wrote it.
    public private(set) var author = ""
    /// What it does and when to use it, in some sentences.
    public private(set) var description = ""
    /// Words to find it by, in their order.
    public private(set) var tags: [String] = []
    /// What a workspace must have for it.
    public private(set) var needs: [Need] = []
    /// The terms under which it may be used, such as `MIT`.
    public private(set) var license = ""
    /// What nobody can read of it.
    public private(set) var problems: [Problem] = []

    /// Something that a workspace must have.
    public enum Need: Sendable, Hashable {
        /// A plugin, of this version at least where one is named: one to three numbers, such as `1.0`.
        case plugin(String, version: String?)
        /// A custom attribute of customers.
        case field(String)
    }

    /// A part that is not understood.
    public struct Problem: Sendable, Hashable {
        /// What is wrong, without a full stop.
        public let message: String
        /// The next step.
        public let hint: String
        /// The comment that has it.
        public let range: SourceRange
    }

    /// What may stand behind an `@`.
    public static let tagNames = ["author", "description", "tags", "needs", "license"]

    /// Reads the header of a script.
    ///
    /// Cost: linear in the comments at its top.
    public init(_ chunk: LuaChunk) {
        var tag: (name: String, text: String, range: SourceRange)?
        var seen: Set<String> = []
        let lines = Self.lines(of: chunk)
        // Without any tag it is a comment as any other, whose first line happens to be a title.
        let hasTags = lines.contains { $0.text.hasPrefix("@") }
        for (number, line) in lines.enumerated() {
            let text = line.text
            if text.hasPrefix("@") {
                if let tag { take(tag.name, tag.text, tag.range) }
                let name = String(text.dropFirst().prefix { !$0.isWhitespace })
                if !Self.tagNames.contains(name) {
                    report(
                        "a header has no '@\(name)'", suggestion(name, Self.tagNames, what: "tag"), line.range
                    )
                    tag = ("", "", line.range)
                } else if name != "needs", !seen.insert(name).inserted {
                    report("a header has one '@\(name)'", "put both into one", line.range)
                    tag = ("", "", line.range)
                } else {
                    tag = (name, Self.trimmed(text.dropFirst(name.count + 1)), line.range)
                }
            } else if number == 0 {
                title = text
            } else if let open = tag {
                let joint = open.text.isEmpty || text.isEmpty ? "" : " "
                tag = (open.name, open.text + joint + text, open.range)
            } else if hasTags, !text.isEmpty {
                report("a title has one line", "put what follows behind @description", line.range)
            }
        }
        if let tag { take(tag.name, tag.text, tag.range) }
    }

    private mutating func take(_ name: String, _ text: String, _ range: SourceRange) {
        guard !name.isEmpty else { return }
        guard !text.isEmpty else { return report("'@\(name)' says nothing", "remove it", range) }
        switch name {
        case "author": author = text
        case "description": description = text
        case "license": license = text
        case "tags":
            tags = text.split(separator: ",").map { Self.trimmed($0) }.filter { !$0.isEmpty }
        default:
            if let need = Need(text) {
                needs.append(need)
            } else {
                report(
                    "'\(text)' is no need", "write @needs plugin NAME >= 1.0, or @needs field NAME", range)
            }
        }
    }

    private mutating func report(_ message: String, _ hint: String, _ range: SourceRange) {
        problems.append(Problem(message: message, hint: hint, range: range))
    }

    /// The lines from the first of the script on that begin with three dashes, without these.
    private static func lines(of chunk: LuaChunk) -> [(text: String, range: SourceRange)] {
        var lines: [(text: String, range: SourceRange)] = []
        for comment in chunk.comments {
            let line = chunk.source.line(of: comment.range.start)
            let whole = chunk.source[comment.range]
            guard line == lines.count + 1, comment.isAlone, whole.hasPrefix("---") else { break }
            lines.append((trimmed(whole.dropFirst(3)), comment.range))
        }
        return lines
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }
}

extension ScriptHeader.Need {
    /// Reads what stands behind `@needs`: `plugin rfm >= 1.0`, `field loyalty_card`.
    init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        switch (words.first, words.count) {
        case ("field", 2) where isLuaName(words[1]): self = .field(words[1])
        case ("plugin", 2): self = .plugin(words[1], version: nil)
        case ("plugin", 4)
        where words[2] == ">=" && words[3].wholeMatch(of: #/\d{1,9}(\.\d{1,9}){0,2}/#) != nil:
            self = .plugin(words[1], version: words[3])
        default: return nil
        }
    }
}

extension ScriptHeader.Need: CustomStringConvertible {
    /// As it is written behind `@needs`.
    public var description: String {
        switch self {
        case .plugin(let name, let version): "plugin \(name)" + (version.map { " >= \($0)" } ?? "")
        case .field(let name): "field \(name)"
        }
    }
}

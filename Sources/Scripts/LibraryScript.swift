public import Linter
public import ScriptSyntax

/// A script of a library: what it says of itself, and what can be seen of it without running it.
public struct LibraryScript: Sendable {
    /// The file.
    public let file: LibraryFile
    /// What it says of itself.
    public let header: ScriptHeader
    /// What it defines, reads and does.
    public let reading: ScriptReading

    /// The path below `scripts/` without its ending: `campaigns/win-back`.
    public var name: String { Self.name(ofPath: file.path) }

    /// The last part of the name, which does where no other script has it: `win-back`.
    public var shortName: String { name.split(separator: "/").last.map(String.init) ?? name }

    /// The name of the script with a path.
    static func name(ofPath path: String) -> String {
        String(path.dropFirst("scripts/".count).dropLast(".lua".count))
    }

    /// The names that it defines with a word.
    func names(_ word: String) -> [String] {
        reading.definitions.filter { $0.word == word }.map(\.name)
    }
}

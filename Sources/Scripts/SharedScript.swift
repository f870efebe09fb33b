internal import Basics
internal import Diagnostics
public import ScriptSyntax

/// A script as it goes from one workspace to another: its files, and the texts in languages that its messages
/// print.
public struct SharedScript: Sendable, Hashable {
    /// The version of the format of packed scripts.
    public static let format: Int64 = 1
    /// A packed script, or a folder of scripts, has at most so many bytes.
    public static let sizeLimit = 4 << 20
    /// A file of it has at most so many bytes; of a script as many as are loaded.
    public static func sizeLimit(of file: LibraryFile) -> Int { file.isScript ? 64 << 10 : 1 << 20 }
    /// It has at most so many texts in a language.
    static let textLimit = 5000
    /// It has at most so many files.
    public static let fileLimit = 500

    /// The files, the script that is meant first.
    public let files: [LibraryFile]
    /// The texts in languages.
    public let texts: LocaleTexts

    /// A script that was put together in a workspace, or read from a folder.
    ///
    /// - Throws: ``ScriptLibraryError`` where a path leads elsewhere than into scripts and templates, or
    /// there is too much.
    public init(files: [LibraryFile], texts: LocaleTexts) throws {
        guard files.count <= Self.fileLimit else {
            throw ScriptLibraryError.tooMany("it", "files", limit: Self.fileLimit)
        }
        var paths: Set<String> = []
        for file in files {
            guard Self.isPlain(file.path), file.isScript || file.isTemplate, paths.insert(file.path).inserted
            else { throw ScriptLibraryError.badPath(file.path) }
            // What a person reads of a script must be what Lua reads.
            guard !file.isScript || !file.text.contains(where: Self.deceives) else {
                throw ScriptLibraryError.deceptive(file.path)
            }
            let limit = Self.sizeLimit(of: file)
            guard file.text.utf8.count <= limit else {
                throw ScriptLibraryError.tooLarge(file.path, bytes: file.text.utf8.count, limit: limit)
            }
        }
        for name in texts.files.keys.sorted() {
            let language = LocaleTexts.language(ofName: name)
            guard Self.isPlain(name), LanguageTag(language)?.isKnown == true else {
                throw ScriptLibraryError.badPath(LocaleTexts.path(ofName: name))
            }
        }
        for (name, texts) in texts.files where texts.count > Self.textLimit {
            throw ScriptLibraryError.tooMany(
                LocaleTexts.path(ofName: name), "texts", limit: Self.textLimit)
        }
        self.files = files
        self.texts = texts
    }

    /// A script from the files of a folder, those with texts in a language among them.
    ///
    /// - Throws: ``ScriptLibraryError`` as ``init(files:texts:)`` does, and where such texts cannot be read.
    public init(files: [LibraryFile]) throws {
        let own = files.filter { !$0.isLocale }
        try self.init(
            files: own.filter(\.isScript) + own.filter { !$0.isScript },
            texts: try LocaleTexts(files.filter(\.isLocale)))
    }

    /// Whether nothing in a path leads elsewhere, or hides.
    private static func isPlain(_ path: String) -> Bool {
        guard path.utf8.count <= 200, !path.contains(where: { $0 == "\\" || steersOrHides($0) }) else {
            return false
        }
        return path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && !$0.hasPrefix(".")
        }
    }

    private static func deceives(_ character: Character) -> Bool {
        !character.isNewline && character != "\t" && steersTerminal(character)
    }

    private static func steersOrHides(_ character: Character) -> Bool {
        character.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
            default: false
            }
        }
    }

    /// The header of the script that is meant.
    public var header: ScriptHeader {
        guard let main = files.first(where: \.isScript) else { return ScriptHeader("") }
        return ScriptHeader(main.text)
    }

    /// What the headers of its scripts need, each once.
    var needs: [String] {
        Set(files.filter(\.isScript).flatMap { ScriptHeader($0.text).needs }.map(\.description)).sorted()
    }
}

extension ScriptHeader {
    /// Reads the header of a script's text.
    fileprivate init(_ text: String) { self.init(LuaChunk(parsing: text, path: "")) }
}

internal import Basics
internal import ScriptSyntax

// The shape of a packed script, a JSON object with these members in this order:
//
//     moonscript   the version of the format
//     name         campaigns/win-back
//     title, author, description, tags, needs, license
//                  as the header of the script says, for people who read the file
//     sha256       of the object without this member, in one line
//     files        a list of { path, sha256, lines }; the script that is meant comes first
//     texts        a list of { language, sha256, texts }: by key, what messages print in a language
//
// A file's text is its lines with a line feed between each two, so that a packed script reads and compares
// like one.

extension SharedScript {
    /// The text of the file: the same for the same script, byte for byte.
    public func packed() -> String {
        var members = self.members
        let place = members.firstIndex { $0.name == "files" } ?? members.endIndex
        members.insert(.init(name: "sha256", value: .text(Self.hash(of: members))), at: place)
        return JSON.object(members).text(indented: true) + "\n"
    }

    /// All of it but the hash.
    private var members: [JSON.Member] {
        let header = header
        let described: [(String, JSON)] = [
            ("moonscript", .integer(Self.format)), ("name", .text(name)), ("title", .text(header.title)),
            ("author", .text(header.author)), ("description", .text(header.description)),
            ("tags", .array(header.tags.map(JSON.text))), ("needs", .array(needs.map(JSON.text))),
            ("license", .text(header.license)), ("files", .array(files.map(Self.json))),
            ("texts", Self.json(texts)),
        ]
        return described.map { .init(name: $0.0, value: $0.1) }
    }

    /// The name of the script that is meant: `campaigns/win-back`.
    public var name: String { files.first.map { LibraryScript.name(ofPath: $0.path) } ?? "" }

    private static func json(_ file: LibraryFile) -> JSON {
        let lines = file.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return .object([
            .init(name: "path", value: .text(file.path)),
            .init(name: "sha256", value: .text(SHA256.hex(of: file.text))),
            .init(name: "lines", value: .array(lines.map { .text(String(Substring($0))) })),
        ])
    }

    private static func json(_ texts: LocaleTexts) -> JSON {
        .array(
            texts.files.sorted { $0.key < $1.key }.map { name, texts in
                .object([
                    .init(name: "language", value: .text(name)),
                    .init(name: "sha256", value: .text(hash(of: members(of: texts)))),
                    .init(name: "texts", value: .object(members(of: texts))),
                ])
            })
    }

    private static func members(of texts: [String: String]) -> [JSON.Member] {
        texts.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .text($0.value)) }
    }

    private static func hash(of members: [JSON.Member]) -> String {
        SHA256.hex(of: JSON.object(members).text())
    }

    /// Reads a packed script and compares it with its hashes.
    ///
    /// The hashes tell what was changed by mistake or on the way; whoever packs a script anew makes them
    /// anew.
    ///
    /// - Throws: ``ScriptLibraryError``: what is no packed script, comes from a later version, has places
    /// that no script may
    ///   have, or was changed, with the names of what differs.
    public init(unpacking text: String) throws {
        guard text.utf8.count <= Self.sizeLimit else {
            throw ScriptLibraryError.tooLarge("the file", bytes: text.utf8.count, limit: Self.sizeLimit)
        }
        let value: JSON
        do {
            value = try JSON(parsing: text)
        } catch {
            throw ScriptLibraryError.notShared("line \(error.line): \(error.message)")
        }
        guard case .integer(let format)? = value["moonscript"] else {
            throw ScriptLibraryError.notShared("it does not say 'moonscript'")
        }
        guard format == Self.format else { throw ScriptLibraryError.laterFormat(format) }
        let files = try Self.list(value, "files").map(Self.file)
        let texts = try Self.list(value, "texts").map(Self.texts)
        var all = LocaleTexts()
        for part in texts { all.files[part.language] = part.texts }
        try self.init(files: files.map(\.file), texts: all)
        guard files.first?.file.isScript == true else {
            throw ScriptLibraryError.notShared("its first file is no script")
        }
        let changed =
            files.filter { SHA256.hex(of: $0.file.text) != $0.hash }.map(\.file.path)
            + texts.filter { Self.hash(of: Self.members(of: $0.texts)) != $0.hash }.map {
                LocaleTexts.path(ofName: $0.language)
            }
        try check(value, changed)
    }

    /// Refuses what is not as it was packed: what was changed by its own hash, else what the object says
    /// beside that.
    private func check(_ value: JSON, _ changed: [String]) throws {
        guard case .object(let given) = value else { return }
        let own = members
        var changed = changed
        if changed.isEmpty {
            let said = own.filter { !["files", "texts"].contains($0.name) }
            changed = said.filter { value[$0.name] != $0.value }.map { "'\($0.name)'" }
        }
        guard changed.isEmpty else { throw ScriptLibraryError.tampered(changed) }
        let isSame =
            given.map(\.name) == own.map(\.name).flatMap { $0 == "files" ? ["sha256", $0] : [$0] }
            && value["sha256"] == .text(Self.hash(of: own))
        if !isSame { throw ScriptLibraryError.tampered(["its paths or the order of its parts"]) }
    }

    private static func list(_ value: JSON, _ name: String) throws -> [JSON] {
        guard case .array(let items)? = value[name] else {
            throw ScriptLibraryError.notShared("'\(name)' is no list")
        }
        return items
    }

    private static func file(_ value: JSON) throws -> (file: LibraryFile, hash: String) {
        guard case .text(let path)? = value["path"], case .text(let hash)? = value["sha256"] else {
            throw ScriptLibraryError.notShared("a file of it has no path or no hash")
        }
        let lines = try list(value, "lines").map { line in
            guard case .text(let text) = line else {
                throw ScriptLibraryError.notShared("\(path) has a line that is no text")
            }
            return text
        }
        return (LibraryFile(path: path, text: lines.joined(separator: "\n")), hash)
    }

    private static func texts(
        _ value: JSON
    ) throws -> (language: String, texts: [String: String], hash: String) {
        guard case .text(let language)? = value["language"], case .text(let hash)? = value["sha256"],
            let texts = value["texts"]
        else { throw ScriptLibraryError.notShared("texts of it have no language or no hash") }
        return (language, try LocaleTexts.flat(texts, in: LocaleTexts.path(ofName: language)), hash)
    }
}

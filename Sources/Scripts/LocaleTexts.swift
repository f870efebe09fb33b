internal import Basics
internal import Diagnostics

/// Texts in the languages of a workspace: by the name of their file, such as `en.default`, and by key.
public struct LocaleTexts: Sendable, Hashable {
    /// The texts by file and by key: `["zh": ["mail.view": "在浏览器中查看"]]`.
    public var files: [String: [String: String]] = [:]

    /// No texts.
    public init() {}

    /// The texts of such files.
    ///
    /// - Throws: ``ScriptLibraryError`` where a file is no strict JSON, or holds anything but texts.
    init(_ files: [LibraryFile]) throws {
        for file in files {
            let value: JSON
            do {
                value = try JSON(parsing: file.text)
            } catch {
                throw ScriptLibraryError.noTexts(file.path, reason: "line \(error.line): \(error.message)")
            }
            self.files[Self.name(ofPath: file.path)] = try Self.flat(value, in: file.path)
        }
    }

    /// The name of a file without its folder and its ending.
    static func name(ofPath path: String) -> String {
        String((path.split(separator: "/").last ?? "").dropLast(".json".count))
    }

    /// The path of a file with that name.
    static func path(ofName name: String) -> String { "templates/locales/\(name).json" }

    /// A key has fewer parts than this, as where messages are written.
    private static let depthLimit = 20

    /// The texts of a value whose keys nest, by keys with points.
    static func flat(_ value: JSON, in path: String) throws -> [String: String] {
        guard case .object(let members) = value else {
            throw ScriptLibraryError.noTexts(path, reason: "it is no object of texts")
        }
        if let long = members.first(where: { $0.name.split(separator: ".").count >= depthLimit }) {
            throw ScriptLibraryError.noTexts(path, reason: "'\(long.name.prefix(40))…' has too many points")
        }
        var texts: [String: String] = [:]
        for member in members {
            switch member.value {
            case .text(let text): texts[member.name] = text
            case .object:
                for (key, text) in try flat(member.value, in: path) { texts["\(member.name).\(key)"] = text }
            default: throw ScriptLibraryError.noTexts(path, reason: "'\(member.name)' is no text")
            }
        }
        return texts
    }

    /// The texts of some keys, with all forms of those that are chosen by a count.
    func only(_ keys: Set<String>) -> LocaleTexts {
        var texts = LocaleTexts()
        for (name, all) in files {
            let kept = all.filter { key, _ in keys.contains(key) || keys.contains(Self.parent(of: key)) }
            if !kept.isEmpty { texts.files[name] = kept }
        }
        return texts
    }

    private static func parent(of key: String) -> String {
        key.split(separator: ".").dropLast().joined(separator: ".")
    }

    /// The language of a file's name, without what marks the default: `en` of `en.default`.
    static func language(ofName name: String) -> String {
        name.hasSuffix(".default") ? String(name.dropLast(".default".count)) : name
    }
}

extension JSON {
    /// The object with a text at a key with points, behind the others where it was not there.
    func setting(_ key: Substring, to text: String) -> JSON {
        guard case .object(var members) = self else { return JSON.object([]).setting(key, to: text) }
        let name = String(key.prefix { $0 != "." })
        let rest = key.dropFirst(name.count + 1)
        let old = self[name] ?? .object([])
        let value = rest.isEmpty ? JSON.text(text) : old.setting(rest, to: text)
        if let place = members.lastIndex(where: { $0.name == name }) {
            members[place] = Member(name: name, value: value)
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }
}

internal import Basics
public import Foundation
public import Rules

/// What the person allowed the plugins of a workspace: `plugins/grants.json`.
///
/// It stands beside the plugins so that whoever reviews a workspace sees both.
public struct PluginGrants: Sendable, Equatable {
    /// The name of the file in `plugins/`.
    public static let fileName = "grants.json"

    /// What one plugin was allowed.
    public struct Grant: Sendable, Equatable {
        /// Whether it runs.
        public var isEnabled: Bool
        /// The version that was allowed, for people.
        public var version: String
        /// The hash of the folder that was allowed.
        public var hash: String
        /// What was allowed.
        public var permissions: Set<PluginPermission>

        /// A grant from its parts.
        public init(isEnabled: Bool, version: String, hash: String, permissions: Set<PluginPermission>) {
            self.isEnabled = isEnabled
            self.version = version
            self.hash = hash
            self.permissions = permissions
        }
    }

    /// The grants by the names of plugins.
    public var grants: [String: Grant] = [:]

    /// No grants.
    public init() {}

    /// Reads the file of a `plugins/` folder; a missing one grants nothing.
    ///
    /// - Throws: ``PluginError`` where the file is not what ``text`` writes.
    public init(in folder: URL) throws {
        let file = "plugins/\(Self.fileName)"
        guard let data = FileManager.default.contents(atPath: folder.appending(path: Self.fileName).path)
        else {
            return
        }
        let json: JSON
        do {
            json = try JSON(parsing: String(decoding: data, as: UTF8.self))
        } catch {
            throw PluginError.notJSON(
                file: file, reason: error.message, line: error.line, column: error.column)
        }
        guard case .object(let members) = json else {
            throw PluginError.wrong(file: file, key: "it", expected: "an object", got: json.described)
        }
        for member in members {
            let value = member.value
            guard case .boolean(let isEnabled)? = value["enabled"],
                case .text(let version)? = value["version"],
                case .text(let hash)? = value["hash"], case .array(let items)? = value["granted"]
            else {
                throw PluginError.wrong(
                    file: file, key: member.name, expected: "enabled, version, hash and granted",
                    got: value.described)
            }
            let permissions = try items.map { item in
                guard case .text(let text) = item, let permission = PluginPermission(text) else {
                    throw PluginError.wrong(
                        file: file, key: "\(member.name).granted", expected: "permissions such as field:city",
                        got: item.described)
                }
                return permission
            }
            grants[member.name] = Grant(
                isEnabled: isEnabled, version: version, hash: hash, permissions: Set(permissions))
        }
    }

    /// The text of the file.
    public var text: String {
        let members = grants.sorted { $0.key < $1.key }.map { name, grant in
            JSON.Member(
                name: name,
                value: .object([
                    JSON.Member(name: "enabled", value: .boolean(grant.isEnabled)),
                    JSON.Member(name: "version", value: .text(grant.version)),
                    JSON.Member(name: "hash", value: .text(grant.hash)),
                    JSON.Member(
                        name: "granted", value: .array(grant.permissions.sorted().map { .text($0.text) })),
                ]))
        }
        return JSON.object(members).text(indented: true) + "\n"
    }

    /// Changes the file, all or nothing; two programs that do so at once wait for each other.
    public static func change(in folder: URL, _ body: (inout PluginGrants) throws -> Void) throws {
        let lock = open(folder.appending(path: ".\(fileName).lock").path, O_CREAT | O_RDWR, 0o644)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            if lock >= 0 { close(lock) }
            throw PluginError.cannotWrite("plugins/\(fileName)", reason: String(cString: strerror(errno)))
        }
        // The lock goes with it.
        defer { close(lock) }
        var grants = try PluginGrants(in: folder)
        try body(&grants)
        do {
            try Data(grants.text.utf8).write(to: folder.appending(path: fileName), options: .atomic)
        } catch {
            throw PluginError.cannotWrite("plugins/\(fileName)", reason: String(cString: strerror(errno)))
        }
    }
}

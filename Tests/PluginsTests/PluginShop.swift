import Foundation
import TestSupport

extension Shop {
    /// Writes a plugin of the workspace: its manifest around `provides`, `permissions` and `more`, and its Lua.
    func writePlugin(
        _ name: String, provides: String, read: String = "{}", act: String = "[]", more: String = "",
        version: String = "1.0.0", _ lua: String
    ) throws {
        try write(
            """
            {
              "name": "\(name)", "version": "\(version)", "api": 1, "description": "A plugin.", "license": "MIT",
              "permissions": { "read": \(read), "act": \(act) },
              "provides": \(provides)\(more)
            }
            """, to: "plugins/\(name)/plugin.json")
        try write(lua, to: "plugins/\(name)/main.lua")
    }

    /// Lets a plugin run with all that it asks for.
    @discardableResult
    func enable(_ name: String) throws -> Program.Outcome {
        try run("plugins", "enable", name, "--yes")
    }

    /// Copies a plugin that the program ships, and lets it run with all that it asks for.
    func copyPlugin(_ name: String) throws {
        let folder = url.appending(path: "plugins")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: checkout.appending(path: "plugins/\(name)"), to: folder.appending(path: name))
        try enable(name)
    }
}

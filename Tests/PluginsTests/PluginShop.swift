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
}

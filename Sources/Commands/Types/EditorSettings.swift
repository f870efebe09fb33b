/// `.luarc.json`: how lua-language-server reads the scripts of a workspace.
enum EditorSettings {
    static let fileName = ".luarc.json"

    /// The file, for types that lie in `folder` of the workspace.
    static func text(typesIn folder: String) throws -> String {
        let builtins = try LuaManual.missing(LuaManual.libraries)
        // In rules a missing value is compared, counted with and indexed without an error.
        return """
            {
              "runtime.version": "Lua 5.4",
              "runtime.path": ["scripts/?.lua"],
              "runtime.builtin": { \(builtins.map { "\"\($0)\": \"disable\"" }.joined(separator: ", ")) },
              "workspace.library": ["\(folder)"],
              "workspace.checkThirdParty": false,
              "type.weakNilCheck": true,
              "diagnostics.disable": ["need-check-nil"]
            }

            """
    }
}

import Basics
import Diagnostics
import LuaRuntime
import Plugins
import Rules
import Testing

@Suite("plugin.json")
struct ManifestTests {
    private func manifest(_ text: String) throws -> PluginManifest {
        try PluginManifest(parsing: text, at: "plugins/rfm/plugin.json")
    }

    /// A manifest that has all that it must, and `more` beside it.
    private func text(_ more: String = "", name: String = "rfm") -> String {
        """
        { "name": "\(name)", "version": "1.0.0", "api": 1, "description": "Scores.", "license": "MIT"\(more) }
        """
    }

    private func message(_ text: String) -> String {
        do {
            _ = try manifest(text)
            return "no error"
        } catch {
            let diagnostic = (error as? any Diagnosable)?.diagnostic
            return [diagnostic?.message, diagnostic?.hint].compactMap { $0 }.joined(separator: "; ")
        }
    }

    @Test("a manifest says what a plugin asks for, may use, takes and provides")
    func whole() throws {
        let manifest = try manifest(
            text(
                """
                , "author": "Tea & Co.", "entry": "src/main.lua",
                "permissions": {
                  "read": { "fields": ["order_count"], "tables": ["orders", "tags"] }, "act": ["send"] },
                "limits": { "memory_mb": 32, "seconds": 0.5 },
                "options": {
                  "rule": { "type": "text", "values": ["r", "quintile"], "default": "r", "doc": "Which." } },
                "provides": { "traits": ["rfm_segment"], "follow_ups": ["thanks"] }
                """))
        #expect(manifest.entry == "src/main.lua")
        #expect(
            manifest.permissions.sorted().map(\.text) == [
                "field:order_count", "table:orders", "table:tags", "act:send",
            ])
        #expect(manifest.budgets.memory == 32 << 20)
        #expect(manifest.budgets[.line].seconds == 0.5)
        #expect(manifest.provides == [.trait: ["rfm_segment"], .followUp: ["thanks"]])
        #expect(
            try manifest.options(given: .object([])) == .object([.init(name: "rule", value: .text("r"))]))
    }

    @Test(
        "what is wrong in a manifest is one error that names the key",
        arguments: [
            (
                "{",
                "plugins/rfm/plugin.json is no JSON: expected a name in quotation marks, found the end of the text"
            ),
            ("[]", "'it' in plugins/rfm/plugin.json is an object, got a list"),
            ("{}", "'name' in plugins/rfm/plugin.json is a name such as \"rfm\", got nothing"),
        ])
    func wrong(text: String, expected: String) {
        #expect(message(text) == expected)
    }

    @Test("a name that is not the folder's, another interface and an unknown key are refused")
    func refused() {
        #expect(
            message(text(name: "btyd"))
                == "'name' in plugins/rfm/plugin.json is the name of its folder, 'rfm', got 'btyd'")
        #expect(
            message(text().replacing("\"api\": 1", with: "\"api\": 2"))
                == "plugin 'rfm' is written for interface 2, and this program has 1; take a newer moonletter")
        #expect(
            message(text(", \"provide\": {}"))
                == "unknown key 'provide' in plugins/rfm/plugin.json; did you mean 'provides'?")
        #expect(
            message(text(", \"permissions\": { \"act\": [\"sent\"] }"))
                == "'permissions.act' in plugins/rfm/plugin.json is a list of send, wait, wait_until, wait_for, tag, "
                + "untag, set, task, ticket, award, pause, exit, note, got 'sent'")
        #expect(
            message(text(", \"entry\": \"../main.lua\""))
                == "'entry' in plugins/rfm/plugin.json is a Lua file in the plugin's folder, got '../main.lua'"
        )
        #expect(
            message(
                text(", \"options\": { \"n\": { \"type\": \"integer\", \"default\": 1.5, \"doc\": \"N.\" } }")
            )
                == "'options.n.default' in plugins/rfm/plugin.json is a whole number, got 1.5")
    }

    @Test("an option of the workspace that there is not, or of another kind, is refused")
    func options() throws {
        let manifest = try manifest(
            text(
                ", \"options\": { \"days\": { \"type\": \"integer\", \"default\": 90, \"doc\": \"Days.\" } }")
        )
        func message(_ json: String) -> String? {
            do {
                _ = try manifest.options(given: try JSON(parsing: json))
                return nil
            } catch {
                return (error as? any Diagnosable)?.diagnostic.message
            }
        }
        #expect(message("{ \"days\": 30 }") == nil)
        #expect(
            message("{ \"days\": \"30\" }") == "the option 'days' of plugin 'rfm' is a whole number, got '30'"
        )
        #expect(message("{ \"day\": 30 }") == "plugin 'rfm' has no option 'day'")
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Sharing scripts")
struct SharingTests {
    @Test("a packed script has all that it uses and no more, the same bytes each time")
    func pack() throws {
        let shop = try Shop.withLibrary()
        let outcome = try shop.run("scripts", "pack", "thanks", "-o", "-")
        try expectGolden(outcome.output, "scripts/thanks.moonscript")
        #expect(try shop.run("scripts", "pack", "campaigns/thanks", "-o", "-").output == outcome.output)
        let written = try shop.run("scripts", "pack", "thanks")
        #expect(written.output.hasPrefix("wrote thanks.moonscript with\n  scripts/campaigns/thanks.lua\n"))
        #expect(try shop.folder.read("shop/thanks.moonscript") == outcome.output)
    }

    @Test("a script with an error is not packed")
    func broken() throws {
        let shop = try Shop.withLibrary()
        try shop.write("hello", to: "templates/other.liquid")
        try FileManager.default.removeItem(at: shop.url.appending(path: "templates/thanks.liquid"))
        try FileManager.default.removeItem(at: shop.url.appending(path: "templates/thanks.sms.liquid"))
        let outcome = try shop.run("scripts", "pack", "thanks")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("error: unknown template 'thanks'\n"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: shop.url.path + "/thanks.moonscript"))
    }

    @Test("a script that uses more than its header says is not packed")
    func undeclared() throws {
        let shop = try Shop.withLibrary()
        let script = try shop.folder.read("shop/scripts/campaigns/thanks.lua")
        try shop.write(
            script.replacing("--- @needs plugin rfm >= 1.2\n--- @needs field club_card\n", with: "")
                .replacing(
                    "segment[\"new buyers\"]", with: "segment[\"new buyers\"] & segment[\"rfm best\"]"),
            to: "scripts/campaigns/thanks.lua")
        #expect(
            try shop.run("scripts", "pack", "thanks").errors == """
                error: 'campaigns/thanks' uses what no header names: field club_card, plugin rfm >= 1.10.0
                  write '--- @needs field club_card' at its top

                """)
    }

    @Test("adding shows what it does and needs, tests it, and writes what was packed")
    func add() throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        let packed = try from.packThanks(into: to)
        let outcome = try to.run("scripts", "add", "thanks.moonscript", "--yes")
        #expect(outcome.status == 0, "\(outcome.errors)")
        try expectGolden(outcome.output, "scripts/add.txt")
        for path in ["scripts/campaigns/thanks.lua", "templates/partials/footer.liquid"] {
            #expect(try to.folder.read("shop/\(path)") == (try from.folder.read("shop/\(path)")))
        }
        #expect(
            try to.folder.read("shop/templates/locales/en.default.json") == """
                {
                  "foot": {
                    "bye": "Bye"
                  },
                  "order": {
                    "thanks": "many thanks"
                  }
                }

                """)
        #expect(try to.run("scripts", "pack", "thanks", "-o", "-").output == packed)
        let again = try to.run("scripts", "add", "thanks.moonscript")
        #expect(again.status == 0)
        #expect(again.output.hasSuffix("\nall of it is here already; nothing was written\n"))
    }

    @Test("without a terminal and --yes nothing is added")
    func unasked() throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        try from.packThanks(into: to)
        let before = try to.files()
        let outcome = try to.run("scripts", "add", "thanks.moonscript")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                error: nobody is at a terminal to be asked: Add it?
                  look at what is shown, then add --yes

                """)
        #expect(try to.files() == before)
    }

    @Test("at a terminal a person is asked")
    func asked() throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        try from.packThanks(into: to)
        let before = try to.files()
        for (answer, ending) in [("n", "nothing was added"), ("y", "wrote templates/locales/zh.json")] {
            let terminal = try ScriptedTerminal(
                "moonletter", ["scripts", "add", "thanks.moonscript"], in: to.url, columns: 60, rows: 60)
            try terminal.wait(for: "Add it? [y/n]")
            #expect(try to.files() == before)
            try terminal.type(answer)
            try terminal.press(.enter)
            try terminal.wait(for: ending)
            #expect(try terminal.waitForExit() == 0)
        }
        #expect(try to.run("scripts", "test", "thanks").status == 0)
    }

    @Test(
        "what was changed on the way is refused by its name",
        arguments: [
            ("        \"local words", "        \"local word", "scripts/campaigns/thanks.lua"),
            ("\"title\": \"Thank", "\"title\": \"Thanks to", "'title'"),
            ("    \"field club_card\",\n", "", "'needs'"),
            ("谢谢", "谢", "templates/locales/zh.json"),
            (
                "\"path\": \"scripts/traits.lua\"", "\"path\": \"scripts/trait.lua\"",
                "its paths or the order of its parts"
            ),
            (
                "\"license\": \"MIT\",", "\"license\": \"MIT\", \"x\": 1,",
                "its paths or the order of its parts"
            ),
            (
                "\"moonscript\": 1,\n", "\"moonscript\": 1, \"name\": \"campaigns/x\",\n",
                "its paths or the order of its parts"
            ),
        ])
    func tampered(old: String, new: String, name: String) throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        let packed = try from.packThanks(into: to)
        #expect(packed.contains(old))
        try to.write(packed.replacing(old, with: new), to: "thanks.moonscript")
        let outcome = try to.run("scripts", "add", "thanks.moonscript", "--yes")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                error: the script was changed after it was packed: \(name)
                  get it anew from whoever packed it; nothing was added

                """)
        #expect(try to.run("scripts").output.hasPrefix("there are no scripts"))
    }

    @Test(
        "what is no packed script is refused",
        arguments: [
            ("{", "error: this is no packed script: line 1: "),
            ("[]", "error: this is no packed script: it does not say 'moonscript'\n"),
            ("{\"moonscript\": 2}", "error: the script is packed in format 2, this version reads 1\n"),
            ("{\"moonscript\": 1}", "error: this is no packed script: 'files' is no list\n"),
            (
                "{\"moonscript\": 1, \"files\": [], \"texts\": []}",
                "error: this is no packed script: its first file is no script\n"
            ),
            (
                "{\"moonscript\": 1, \"files\": [{\"path\": 1}], \"texts\": []}",
                "error: this is no packed script: a file of it has no path or no hash\n"
            ),
            (
                "{\"moonscript\": 1, \"files\": [], \"texts\": [{\"language\": \"../../x\", \"sha256\": \"\", \"texts\": {}}]}",
                "error: 'templates/locales/../../x.json' is no place for a file of a script\n"
            ),
        ])
    func unreadable(text: String, error: String) throws {
        let shop = try Shop()
        try shop.write(text, to: "x.moonscript")
        let outcome = try shop.run("scripts", "add", "x.moonscript", "--yes")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix(error), "\(outcome.errors)")
    }

    @Test(
        "no path leads out of scripts/ and templates/",
        arguments: [
            "../x.lua", "/etc/x.lua", "scripts/../../x.lua", "scripts//x.lua", "scripts/./x.lua",
            "scripts/.x.lua", "scripts/x", "workspace.lua", "plugins/a/plugin.json", "scripts/x.liquid",
            "templates/x.lua", "scripts\\\\..\\\\x.lua", "scripts/a\\u0000.lua", "scripts/a\\u202e.lua",
            "templates/locales/en.json", "",
        ])
    func paths(path: String) throws {
        let shop = try Shop()
        try shop.write(
            """
            {"moonscript": 1, "texts": [], "files": [
              {"path": "\(path)", "sha256": "", "lines": ["return 1"]}]}
            """, to: "x.moonscript")
        let outcome = try shop.run("scripts", "add", "x.moonscript", "--yes")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("' is no place for a file of a script\n"), "\(outcome.errors)")
    }

    @Test("huge files, files that are no text, folders without scripts, and links are refused")
    func files() throws {
        let shop = try Shop()
        let folder = try TemporaryFolder()
        func refused(_ name: String, _ error: String) throws {
            let outcome = try shop.run("scripts", "add", folder.path(name), "--yes")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(error), "\(outcome.errors)")
        }
        try refused("none", "error: there is no file ")
        try folder.write(String(repeating: " ", count: (4 << 20) + 1), to: "huge.moonscript")
        try refused("huge.moonscript", " has 4,194,305 bytes; more than 4,194,304 are not taken\n")
        try folder.write(Data([0xFF, 0xFE, 0x41]), to: "bytes.moonscript")
        try refused("bytes.moonscript", "bytes.moonscript is not UTF-8 text\n")
        try folder.write("hello", to: "empty/README.md")
        try refused("empty", "empty has no script in a folder scripts/\n")
        try folder.write("return 1", to: "dir/scripts/a.lua")
        try folder.write(Data([0xFF]), to: "dir/scripts/b.lua")
        try refused("dir", "dir/scripts/b.lua is not UTF-8 text\n")
        try folder.write(String(repeating: "-", count: (64 << 10) + 1), to: "dir/scripts/b.lua")
        try refused("dir", "dir/scripts/b.lua has 65,537 bytes; more than 65,536 are not taken\n")
        try folder.write("return \"\u{1B}[2J\"", to: "dir/scripts/b.lua")
        try refused("dir", "scripts/b.lua has characters that steer a terminal")
        try FileManager.default.removeItem(atPath: folder.path("dir/scripts/b.lua"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("dir/scripts/b.lua"), withDestinationPath: "/etc/passwd")
        try refused("dir", "dir/scripts/b.lua is a link to a file outside of its folder\n")
        try FileManager.default.removeItem(atPath: folder.path("dir/scripts/b.lua"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("dir/templates"), withDestinationPath: "/etc")
        try refused("dir", "dir/templates is a link to a file outside of its folder\n")
        #expect(try shop.run("scripts").output.hasPrefix("there are no scripts"))
    }

    @Test("a script whose plugin or field is missing is refused before anything is asked")
    func needs() throws {
        let from = try Shop.withLibrary()
        let to = try Shop()
        try from.packThanks(into: to)
        let neither = try to.run("scripts", "add", "thanks.moonscript", "--yes")
        #expect(neither.status == 1)
        #expect(
            neither.errors == """
                error: this workspace does not have what the script needs: no field club_card, no plugin rfm
                  install the plugin, or import the field; nothing was added

                """)
        let old = try Shop.tiered()
        try old.addPlugin("rfm", "1.1.9")
        try from.packThanks(into: old)
        #expect(
            try old.run("scripts", "add", "thanks.moonscript", "--yes").errors.contains(
                "needs: plugin rfm is 1.1.9\n"))
    }

    @Test(
        "other content here is refused as long as nobody says --replace, and texts are put beside those here")
    func conflicts() throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        try from.packThanks(into: to)
        try to.write("return { thanks = \"Danke\" }\n", to: "scripts/lib/words.lua")
        try to.write(
            "{ \"mine\": \"my own\", \"order\": { \"thanks\": \"thank you\" } }\n",
            to: "templates/locales/en.json")
        let before = try to.files()
        let refused = try to.run("scripts", "add", "thanks.moonscript", "--yes")
        #expect(refused.status == 1)
        #expect(
            refused.errors == """
                error: this workspace has other content in scripts/lib/words.lua, templates/locales/en.json ('order.thanks')
                  compare the files, then add it with --replace; nothing was added

                """)
        #expect(try to.files() == before)
        let replaced = try to.run("scripts", "add", "thanks.moonscript", "--yes", "--replace")
        #expect(replaced.status == 0, "\(replaced.errors)")
        #expect(
            try to.folder.read("shop/templates/locales/en.json") == """
                {
                  "mine": "my own",
                  "order": {
                    "thanks": "many thanks"
                  },
                  "foot": {
                    "bye": "Bye"
                  }
                }

                """)
        #expect(try to.folder.read("shop/scripts/lib/words.lua") == "return { thanks = \"Thank you\" }\n")
    }

    @Test("a script that does not fit what is here is refused, and so is one whose tests do not pass here")
    func unfit() throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        try from.packThanks(into: to)
        try to.write(
            "segment \"new buyers\" { where = function(c) return false end }\n", to: "scripts/own.lua")
        let before = try to.files()
        let twice = try to.run("scripts", "add", "thanks.moonscript", "--yes")
        #expect(twice.status == 1)
        #expect(
            twice.errors.hasPrefix("error: there are two segments named 'new buyers'\n"), "\(twice.errors)")
        #expect(
            twice.errors.hasSuffix(
                """
                error: moonletter check finds 1 error in it
                  it was written for other scripts, templates or fields; nothing was added

                """))
        #expect(try to.files() == before)

        let third = try Shop()
        try third.write(
            """
            segment "none" { where = function(c) return day_ago(3) end }
            """, to: "dir/scripts/none.lua")
        let unknown = try third.run("scripts", "add", "dir", "--yes")
        #expect(unknown.errors.hasPrefix("error: unknown word 'day_ago'\n"), "\(unknown.errors)")
        try third.write(
            """
            segment "none" { where = function(c) return c.id == 0 end }
            test("\u{200B}somebody", function() expect(segment.none:includes(customer_like {})).is(true) end)
            """, to: "dir/scripts/none.lua")
        let failed = try third.run("scripts", "add", "dir", "--yes")
        #expect(failed.status == 1)
        #expect(failed.output.hasSuffix("1 test, 1 failed\n"))
        #expect(
            failed.errors == """
                error: its tests do not pass in this workspace
                  its settings or its other scripts differ; nothing was added

                """)
        #expect(try third.run("scripts").output.hasPrefix("there are no scripts"))
    }

    @Test("a folder is added with all its scripts, and what is hidden in it is not read")
    func folder() throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        try from.write("return 1", to: "scripts/.git/x.lua")
        let outcome = try to.run("scripts", "add", "../other", "--yes")
        #expect(outcome.errors == "error: there is no file ../other\n  check the name\n")
        let added = try to.run("scripts", "add", from.url.path, "--yes")
        #expect(added.status == 0, "\(added)")
        #expect(added.output.hasSuffix("wrote templates/locales/zh.json\n"))
        #expect(try to.run("scripts").output == (try from.run("scripts").output))
    }

    @Test("where one file cannot be written, none is")
    func whole() throws {
        let (from, to) = (try Shop.withLibrary(), try Shop.ready())
        try from.packThanks(into: to)
        // A file stands where a folder for templates goes, and scripts are written before templates.
        try to.write("", to: "templates/partials")
        let before = try to.files()
        let outcome = try to.run("scripts", "add", "thanks.moonscript", "--yes")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors.hasPrefix("error: templates/partials/footer.liquid cannot be made: "),
            "\(outcome.errors)")
        #expect(try to.files() == before)
    }
}

extension Shop {
    /// The paths of all files and folders of the workspace, but those of the database.
    fileprivate func files() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url.path).filter { !$0.contains("crm.sqlite") }
            .sorted()
    }
}

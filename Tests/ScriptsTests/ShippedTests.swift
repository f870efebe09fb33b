import Foundation
import TestSupport
import Testing

@Suite("Scripts that come with the program")
struct ShippedTests {
    /// A workspace with the scripts and templates of the checkout.
    private func workspace() throws -> Shop {
        let shop = try Shop()
        for room in ["scripts", "templates"] {
            let place = shop.url.appending(path: room)
            try FileManager.default.removeItem(at: place)
            try FileManager.default.copyItem(at: checkout.appending(path: room), to: place)
        }
        return shop
    }

    @Test("docs/gallery.md is what `moonletter scripts list --format markdown` prints")
    func gallery() throws {
        let outcome = try workspace().run("scripts", "list", "--format", "markdown")
        let file = checkout.appending(path: "docs/gallery.md")
        if ProcessInfo.processInfo.environment["MOONLETTER_RECORD"] == "1" {
            try Data(outcome.output.utf8).write(to: file)
        }
        #expect(outcome.output == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test("docs/sharing.md shows what the program prints")
    func sharing() throws {
        let page = try String(contentsOf: checkout.appending(path: "docs/sharing.md"), encoding: .utf8)
        let (from, to) = (try workspace(), try Shop())
        let packed = try from.run("scripts", "pack", "win-back")
        #expect(page.contains("```\n$ moonletter scripts pack win-back\n\(packed.output)```\n"))
        try to.write(from.folder.read("shop/win-back.moonscript"), to: "win-back.moonscript")
        let added = try to.run("scripts", "add", "win-back.moonscript", "--yes")
        #expect(
            page.replacing("Add it? [y/n] y\n", with: "").contains(
                "```\n$ moonletter scripts add win-back.moonscript\n\(added.output)```\n"))
        let script = try from.folder.read("shop/scripts/campaigns/win-back.lua")
        let end = try #require(script.range(of: "\n\n"))
        #expect(page.contains("```lua\n\(script[..<end.lowerBound])\n```\n"))
    }

    @Test("each says what it is, has tests that pass, and is found clean")
    func headers() throws {
        let shop = try workspace()
        let list = try JSONDecoder().decode(
            [Listed].self, from: Data(shop.run("scripts", "list", "--format", "json").output.utf8))
        #expect(list.count >= 12)
        for script in list {
            #expect(
                ![script.title, script.author, script.description, script.license].contains(""),
                "\(script.name)")
            #expect(!script.tags.isEmpty && script.tests > 0, "\(script.name)")
        }
        let check = try shop.run("check")
        #expect(check.status == 0, "\(check.output)")
        let tests = try shop.run("test")
        #expect(tests.status == 0, "\(tests.output)")
    }

    @Test("each can be packed, and taken over by an empty workspace")
    func packed() throws {
        let shop = try workspace()
        let names = try JSONDecoder().decode(
            [Listed].self, from: Data(shop.run("scripts", "list", "--format", "json").output.utf8)
        ).map(\.name)
        for name in names {
            let packed = try shop.run("scripts", "pack", name, "-o", "-")
            #expect(packed.status == 0 && packed.errors == "", "\(packed.errors)")
            let other = try Shop()
            try other.write(packed.output, to: "x.moonscript")
            let added = try other.run("scripts", "add", "x.moonscript", "--yes")
            #expect(added.status == 0, "\(added)")
        }
    }

    private struct Listed: Decodable {
        var name: String
        var title: String
        var author: String
        var description: String
        var license: String
        var tags: [String]
        var tests: Int
    }
}

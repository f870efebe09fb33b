import Foundation
import TestSupport
import Testing

/// Zip files are made by Python, where there is one.
private let hasPython =
    ["/usr/bin", "/usr/local/bin"].contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }
    || (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/python3")
    }

@Suite("Zip files of plugins", .enabled(if: hasPython, "needs python3"))
struct ArchiveTests {
    /// Writes a zip file of these members.
    private func zip(_ members: [(String, String)], _ shop: Shop) throws -> String {
        let list = members.map { "z.writestr(\(literal($0.0)), \(literal($0.1)))" }.joined(separator: "\n")
        try shop.write(
            "import zipfile\nz = zipfile.ZipFile('p.zip', 'w')\n\(list)\nz.close()\n", to: "zip.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "zip.py"]
        process.currentDirectoryURL = shop.url
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return "p.zip"
    }

    private func literal(_ text: String) -> String {
        "'''" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'''"
    }

    private let manifest = """
        { "name": "greeter", "version": "1.0.0", "api": 1, "description": "Greets.", "license": "MIT",
          "provides": { "words": ["greet"] } }
        """
    private let code = "plugin.word \"greet\" { call = function(name) return \"Hello \" .. name end }\n"

    @Test(
        "a zip file with a plugin's files, or with one folder of them, is installed", arguments: ["", "会员/"])
    func installed(folder: String) throws {
        let shop = try Shop()
        let file = try zip([("\(folder)plugin.json", manifest), ("\(folder)main.lua", code)], shop)
        let outcome = try shop.run("plugins", "install", file, "--yes")
        #expect(outcome.output.hasSuffix("installed plugins/greeter\n"), "\(outcome)")
        #expect(try shop.run("repl", "-e", "greet \"you\"").output.contains("Hello you"))
    }

    @Test(
        "a zip file that names a place outside of it installs nothing",
        arguments: ["../evil.lua", "/tmp/evil.lua", "a/../../evil.lua", "..\\\\evil.lua"])
    func outside(path: String) throws {
        let shop = try Shop()
        let file = try zip([("plugin.json", manifest), ("main.lua", code), (path, "x")], shop)
        let outcome = try shop.run("plugins", "install", file, "--yes")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("which is outside of it"), "\(outcome)")
        let left = try FileManager.default.contentsOfDirectory(
            atPath: shop.url.appending(path: "plugins").path)
        #expect(left == [])
    }

    @Test("a file that is no zip file, and one whose text turns its direction, install nothing")
    func broken() throws {
        let shop = try Shop()
        try shop.write("no zip", to: "p.zip")
        #expect(try shop.run("plugins", "install", "p.zip", "--yes").errors.contains("p.zip is no zip file"))
        let file = try zip([("plugin.json", manifest), ("main.lua", code + "-- \u{202E}x\n")], shop)
        let outcome = try shop.run("plugins", "install", file, "--yes")
        #expect(
            outcome.errors.contains(
                "has a character that steers a terminal or turns the direction of its text, in line 2"),
            "\(outcome)")
    }

    @Test("a plugin that cannot run beside those that run is not installed")
    func conflict() throws {
        let shop = try Shop()
        for name in ["one", "two"] {
            try shop.writePlugin(
                name, provides: "{ \"traits\": [\"shared\"] }",
                "plugin.trait \"shared\" { of = function(c) return 1 end }")
        }
        #expect(try shop.enable("two").status == 0)
        let outcome = try shop.enable("one")
        #expect(outcome.status == 1 && outcome.errors.contains("'shared'"), "\(outcome)")
        #expect(try shop.run("plugins", "list").output.contains("not allowed yet"))
    }
}

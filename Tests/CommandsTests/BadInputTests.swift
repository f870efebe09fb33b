import Foundation
import TestSupport
import Testing

/// What a person sees for each kind of bad input: the files in `Tests/Golden/errors` hold the whole outputs.
@Suite("Bad input")
struct BadInputTests {
    /// A file that an import refuses, or takes only in part.
    struct BadFile: Sendable, CustomTestStringConvertible {
        var title: String
        var kind = "customers"
        var name: String
        var bytes: [UInt8]
        var arguments: [String] = []
        var testDescription: String { title }

        init(
            _ title: String, _ name: String, _ text: String, kind: String = "customers",
            _ arguments: String...
        ) {
            self.init(title, name, Array(text.utf8), kind: kind, arguments)
        }

        init(
            _ title: String, _ name: String, _ bytes: [UInt8], kind: String = "customers",
            _ arguments: [String]
        ) {
            self.title = title
            self.kind = kind
            self.name = name
            self.bytes = bytes
            self.arguments = arguments
        }
    }

    static let refused = [
        BadFile("a JSON file", "customers.json", "[{\"id\": 1, \"email\": \"a@example.com\"}]\n"),
        BadFile(
            "a binary file", "photo.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], []),
        BadFile("a spreadsheet", "customers.xlsx", Array("PK\u{3}\u{4}".utf8) + [20, 0, 6, 0, 8, 0], []),
        BadFile("an empty file", "empty.csv", ""),
        BadFile("a header without a usable column", "odd.csv", "colour,shape\nred,round\n"),
        BadFile(
            "bytes that are not UTF-8, as they were said to be", "latin.csv",
            Array("id,name\n1,Fran".utf8) + [0xE7] + Array("ois\n".utf8), ["--encoding", "utf-8"]),
        BadFile(
            "dates that could be read two ways", "dates.csv",
            "order_number,email,date,amount\nA1,a@example.com,3/4/2024,5\n",
            kind: "orders"),
        BadFile(
            "two columns that mean one field", "twice.csv", "id,email,邮箱\n1,a@example.com,b@example.com\n"),
        BadFile("a map to a field that does not exist", "map.csv", "id,x\n1,2\n", "--map", "y=city"),
        BadFile(
            "a row with too many fields, all or nothing", "wide.csv",
            "id,email\n1,a@example.com\n2,b@example.com,extra\n", "--all-or-nothing"),
    ]

    @Test("an import that is refused says why in one error and changes nothing", arguments: refused)
    func refusedFile(_ file: BadFile) throws {
        let shop = try Shop()
        let before = try shop.dump()
        try shop.folder.write(Data(file.bytes), to: "shop/\(file.name)")
        let outcome = try Program.run(["import", file.kind, file.name] + file.arguments, in: shop.url)
        #expect(outcome.status == 1)
        #expect(try shop.dump() == before)
        try expectGolden(
            "$ \((["moonletter import", file.kind, file.name] + file.arguments).joined(separator: " "))\n"
                + outcome.output + outcome.errors,
            "errors/\(file.title.replacing(" ", with: "-").replacing(",", with: "")).txt")
    }

    @Test("rows that cannot be taken are named by line and reason, and the others are stored")
    func rejectedRows() throws {
        let shop = try Shop()
        try shop.write(
            """
            order_number,customer_id,date,amount,status
            A1,1,2024-02-29,10.00,paid
            A2,1,2023-02-30,10.00,paid
            A3,1,2024-03-01,10.00,paid,extra
            A4,,2024-03-01,10.00,paid
            A5,1,2024-03-01,ten,paid
            A6,1,2024-03-01,10.00,lost

            """, to: "orders.csv")
        let outcome = try shop.run("import", "orders", "orders.csv")
        #expect(outcome.status == 0)
        try expectGolden(
            outcome.output + "\n$ cat rejected/orders-orders.csv\n"
                + shop.folder.read("shop/rejected/orders-orders.csv"),
            "rejected-rows.txt")
    }

    /// Scripts that do not load, or that a dry run stops at.
    static let badScripts: [(title: String, script: String)] = [
        (
            "a syntax error",
            """
            segment "a" {
              where = function(c)
                if c.order_count > 0 the return true end
              end,
            }
            """
        ),
        (
            "a rule that returns a string",
            """
            segment "a" { where = function(c) return "yes" end }
            campaign "b" { audience = segment.a, journey = function(c) send { template = "hello" } end }
            """
        ),
        (
            "an unknown segment",
            """
            segment "dormant" { where = function(c) return true end }
            campaign "b" {
              audience = segment.dormnat,
              journey = function(c) send { template = "hello" } end,
            }
            """
        ),
        (
            "an unknown field",
            """
            segment "a" {
              where = function(c)
                return c.total_spnet > 5
              end,
            }
            campaign "b" { audience = segment.a, journey = function(c) send { template = "hello" } end }
            """
        ),
        ("a campaign without an audience", "campaign \"b\" { journey = function(c) end }\n"),
        (
            "two campaigns of one name",
            """
            segment "a" { where = function(c) return true end }
            campaign "b" { audience = segment.a, journey = function(c) end }
            campaign "b" { audience = segment.a, journey = function(c) end }
            """
        ),
    ]

    @Test("a script that cannot run is one error with its line, and no run file", arguments: badScripts)
    func badScript(title: String, script: String) throws {
        let shop = try Shop()
        try shop.fill()
        try FileManager.default.removeItem(at: shop.url.appending(path: "scripts/hello.lua"))
        try shop.write(script, to: "scripts/rules.lua")
        let before = try shop.dump()
        let outcome = try shop.run("dry-run")
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(try shop.dump() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: shop.url.path + "/runs") == [])
        try expectGolden(
            "$ moonletter dry-run\n" + outcome.errors, "errors/\(title.replacing(" ", with: "-")).txt")
    }

    @Test("a database of another program is not touched")
    func foreignDatabase() throws {
        let shop = try Shop()
        let other = shop.url.appending(path: "crm.sqlite").path
        try FileManager.default.removeItem(atPath: other)
        try sqlite(other, "CREATE TABLE notes (text)")
        let before = try shop.dump()
        let outcome = try shop.run("segment", "all")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                error: \(other) is a database of another program
                  Moonletter only opens databases that it made; import the data from CSV files instead

                """)
        #expect(try shop.dump() == before)
    }

    @Test("a text file in place of the database is named as such")
    func notADatabase() throws {
        let shop = try Shop()
        try shop.write(String(repeating: "no database\n", count: 100), to: "crm.sqlite")
        let outcome = try shop.run("doctor")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("crm.sqlite is not an SQLite database"))
    }

    @Test("a database of a newer version is not touched")
    func newerSchema() throws {
        let shop = try Shop()
        let path = shop.url.appending(path: "crm.sqlite").path
        try sqlite(path, "INSERT INTO grdb_migrations VALUES ('999 from the future')")
        let before = try shop.dump()
        let outcome = try shop.run("import", "customers", "x.csv")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors == """
                error: \(path) was made by a newer version of Moonletter
                  update Moonletter

                """)
        #expect(try shop.dump() == before)
    }

    @Test("a folder that cannot be written is named, also where only the folder is read-only")
    func readOnlyFolder() throws {
        let shop = try Shop()
        try shop.fill()
        let before = try shop.dump()
        try shop.write("id,email\n9,i@example.com\n", to: "more.csv")
        for name in try FileManager.default.contentsOfDirectory(atPath: shop.url.path) {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o555], ofItemAtPath: shop.url.appending(path: name).path)
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: shop.folder.url.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: shop.url.path)
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: shop.url.path)
        }
        let outcome = try Program.runUnprivileged(["import", "customers", "more.csv"], in: shop.url)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("crm.sqlite cannot be written"), "\(outcome.errors)")
        #expect(try shop.dump() == before)
    }

    @Test("a full disk is one error, and nothing was changed", .enabled(if: TinyDisk.isPossible))
    func fullDisk() throws {
        let disk = try TinyDisk(bytes: 2 << 20)
        let made = try Program.run(["init", "shop"], in: disk.url)
        #expect(made.status == 0, "\(made.errors)")
        let shop = disk.url.appending(path: "shop")
        var lines = "id,name,email\n"
        for number in 0..<40_000 { lines += "\(number),Customer \(number),c\(number)@example.com\n" }
        let source = try TemporaryFolder()
        let path = try source.write(lines, to: "many.csv")
        let outcome = try Program.run(["import", "customers", path], in: shop)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("is full; nothing was changed"), "\(outcome.errors)")
        #expect(try Program.run(["doctor"], in: shop).status == 0)
    }

    @Test("outside of a workspace every command says so")
    func noWorkspace() throws {
        let folder = try TemporaryFolder()
        for arguments in [["segment", "a"], ["dry-run"], ["doctor"], ["import", "customers", "a.csv"]] {
            let outcome = try Program.run(arguments, in: folder.url)
            #expect(outcome.status == 1)
            #expect(
                outcome.errors == """
                    error: there is no workspace here: no workspace.lua in this folder or above it
                      go into a workspace, name one with --workspace DIR, or make one with: moonletter init DIR

                    """)
        }
    }

    private func sqlite(_ path: String, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test(
        "a script or template that is a link out of its folder is refused, and nothing of the file is shown")
    func links() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.folder.write("my secret = 1", to: "secret.txt")
        for name in ["scripts/other.lua", "templates/other.liquid"] {
            let link = shop.url.appending(path: name)
            try FileManager.default.createSymbolicLink(
                at: link, withDestinationURL: shop.folder.url.appending(path: "secret.txt"))
            let outcome = try shop.run("dry-run")
            #expect(outcome.status == 1)
            #expect(
                outcome.errors == """
                    error: \(name) is a link to a file outside of its folder
                      copy the file into the folder

                    """)
            try FileManager.default.removeItem(at: link)
        }
        try FileManager.default.createSymbolicLink(
            atPath: shop.url.path + "/scripts/again.lua", withDestinationPath: "../scripts/hello.lua")
        #expect(
            try shop.run("segment", "everyone").errors.contains("there are two segments named 'everyone'"))
    }
}

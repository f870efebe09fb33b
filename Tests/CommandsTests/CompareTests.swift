import Foundation
import TestSupport
import Testing

@Suite("Comparing runs")
struct CompareTests {
    /// Another folder of scripts and templates: everybody but customer 1, and other words.
    private func copy(_ shop: Shop) throws {
        let script = try shop.folder.read("shop/scripts/hello.lua")
        try shop.folder.write(script.replacing("c.id ~= 4", with: "c.id ~= 1"), to: "other/scripts/hello.lua")
        for name in ["hello.sms", "news"] {
            try shop.folder.write(
                try shop.folder.read("shop/templates/\(name).liquid"), to: "other/templates/\(name).liquid")
        }
        try shop.folder.write(
            """
            ---
            subject: "Hi {{ customer.name }}"
            ---
            <p>Dear {{ customer.name }},</p>
            <p>write to a@example.com</p>

            """, to: "other/templates/hello.liquid")
    }

    @Test("two runs are compared from their files, with the texts where they are kept")
    func files() throws {
        let shop = try Shop.ofTwoCampaigns()
        #expect(try shop.run("dry-run", "hello", "--days", "3", "--bodies").status == 0)
        try shop.write(
            "---\nsubject: \"Hello {{ customer.name }}\"\n---\n<p>Good day {{ customer.name }},</p>\n",
            to: "templates/hello.liquid")
        #expect(
            try shop.run("dry-run", "--days", "2", "--bodies", "--from", "2026-12-01 23:00").status == 0)
        #expect(try shop.run("dry-run", "hello", "--days", "3").status == 0)
        var text = ""
        for arguments in [
            ["2026-12-01-hello", "runs/2026-12-01-2-campaigns.run"],
            ["2026-12-01-hello.run", "2026-12-01-hello-2"],
            ["2026-12-01-hello", "2026-12-01-hello"],
        ] {
            let outcome = try Program.run(["compare"] + arguments, in: shop.url)
            #expect(outcome.status == 0 && outcome.errors == "")
            text += "$ moonletter compare \(arguments.joined(separator: " "))\n\(outcome.output)\n"
        }
        for format in ["json", "jsonl", "csv"] {
            let arguments = ["2026-12-01-hello", "2026-12-01-hello-2", "--format", format, "--exit-code"]
            let outcome = try Program.run(["compare"] + arguments, in: shop.url)
            #expect(outcome.status == 1 && outcome.errors == "")
            text += "$ moonletter compare \(arguments.joined(separator: " "))\n\(outcome.output)\n"
        }
        try expectGolden(text, "compare/files.txt")
        #expect(
            try shop.run("compare", "2026-12-01-hello", "2026-12-01-hello", "--exit-code").status == 0)
    }

    @Test("the scripts and templates of another folder are compared on the spot, and no run is kept")
    func folders() throws {
        let shop = try Shop.ofTwoCampaigns()
        try copy(shop)
        let outcome = try shop.run("compare", "--with", "../other", "--days", "3")
        #expect(outcome.status == 0 && outcome.errors == "")
        try expectGolden(outcome.output, "compare/folders.txt")
        let one = try shop.run("compare", "--with", "../other", "news", "--days", "0", "--format", "csv")
        #expect(one.status == 0)
        #expect(one.output.split(separator: "\n").count == 3)
        #expect(try shop.run("compare", "--with", ".", "--exit-code").status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: shop.url.path + "/runs") == [])
    }

    @Test("what cannot be compared is an error that says why")
    func errors() throws {
        let shop = try Shop.ofTwoCampaigns()
        try copy(shop)
        try shop.folder.write("campaign {", to: "other/scripts/hello.lua")
        try shop.folder.write("", to: "empty/readme.txt")
        #expect(
            try shop.run("compare", "--with", "../empty").errors == """
                error: ../empty has no scripts/
                  name a folder with scripts/ and templates/, such as another workspace

                """)
        let broken = try shop.run("compare", "--with", "../other")
        #expect(broken.status == 1)
        #expect(broken.errors.contains("1 | campaign {"))
        #expect(broken.errors.contains("with the scripts and templates of ../other"))
        #expect(
            try shop.run("compare", "a", "b").errors == """
                error: there is no run file a
                  name one of those in runs/, or make one with: moonletter dry-run

                """)
        #expect(
            try shop.run("compare", "crm.sqlite", "b").errors == """
                error: crm.sqlite is not a run file
                  name a file that moonletter dry-run has made

                """)
        #expect(try shop.run("compare", "a").status == 64)
        #expect(try shop.run("compare", "a", "b", "--days", "3").status == 64)
    }

    @Test("the hash of a run is the same on any number of threads, and another one for another seed")
    func threads() throws {
        let shop = try Shop.ofTwoCampaigns()
        let rows = (10...5000).map { "\($0),Customer \($0),c\($0)@example.com,2026-01-02" }
        try shop.write(
            "id,name,email,registered_at\n" + rows.joined(separator: "\n") + "\n", to: "more.csv")
        #expect(try shop.run("import", "customers", "more.csv").status == 0)
        try shop.write(
            """
            campaign "hello" {
              kind = "transactional",
              audience = segment.everyone,
              variants = { a = 1, b = 1 },
              journey = function(c) send { template = "hello" } wait(hours(1)) send { template = "news" } end,
            }
            segment "everyone" { where = function(c) return true end }
            """, to: "scripts/hello.lua")
        func hash(_ arguments: String...) throws -> String {
            let outcome = try Program.run(
                ["dry-run", "--days", "1", "--format", "json"] + arguments, in: shop.url)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            return try #require(object?["decisions_hash"] as? String)
        }
        let first = try hash("--threads", "1")
        for threads in ["2", "3"] { #expect(try hash("--threads", threads) == first) }
        #expect(try hash("--threads", "2", "--bodies") == first)
        #expect(try hash("--seed", "2") != first)
    }
}

extension Shop {
    /// With two campaigns, the first of two messages.
    static func ofTwoCampaigns() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            campaign "hello" {
              audience = segment.everyone,
              journey = function(c)
                send { template = "hello" }
                wait(days(1))
                send { template = "hello", channel = "sms" }
              end,
            }
            campaign "news" {
              audience = segment.everyone,
              journey = function(c) send { template = "news" } end,
            }
            segment "everyone" { where = function(c) return c.id ~= 4 end }
            """, to: "scripts/hello.lua")
        try shop.write("---\nsubject: News\n---\n<p>News</p>\n", to: "templates/news.liquid")
        return shop
    }
}

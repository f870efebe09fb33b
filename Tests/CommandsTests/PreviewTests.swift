import Foundation
import TestSupport
import Testing

@Suite("moonletter preview")
struct PreviewTests {
    private let folder: TemporaryFolder
    private let shop: URL

    init() throws {
        folder = try TemporaryFolder()
        shop = folder.url.appending(path: "shop")
        #expect(try Program.run(["init", "shop"], in: folder.url).status == 0)
        try folder.write(
            """
            id,name,email,phone,language
            1,Ann,ann@example.com,,en
            2,,bob@example.com,,
            3,Maximiliane von Habsburg,max@example.com,,de
            4,Cy,,13812345678,en
            5,Di,di@example.com,,en
            """, to: "customers.csv")
        #expect(
            try Program.run(["import", "customers", "../customers.csv"], in: shop).status == 0)
        try folder.write(
            """
            campaign "news" {
              audience = function(c) return c.id > 0 end,
              content = function(c) return { tea = "Lapsang <Souchong>" } end,
              journey = function(c) send { template = "news" } end,
            }
            """, to: "shop/scripts/news.lua")
        try folder.write(
            """
            ---
            subject: "{{ customer.name }}, {{ tea }} is back"
            preheader: Only this week
            from_name: Tea & Co.
            reply_to: tea@example.com
            ---
            <p>Dear {{ customer.name | default: "friend" }},</p><p>{{ tea }} is back. It is smoked over pine wood, and there is little of it this year.</p>
            """, to: "shop/templates/news.liquid")
        try folder.write("{{ tea }}!", to: "shop/templates/news.sms.liquid")
    }

    private func preview(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(["preview", "news", "--now", "2026-12-01 09:00"] + arguments, in: shop)
    }

    @Test("in the terminal it shows customers who differ, each with the reason")
    func text() throws {
        let outcome = try preview("--sample", "3")
        #expect(outcome.errors == "")
        #expect(
            outcome.output == """
                ── customer 2 · news · email · b***@example.com
                   news by email, no customer.name, no language, no name
                   From: Tea & Co.
                   Reply to: tea@example.com
                   Subject: , Lapsang <Souchong> is back
                   Preview: Only this week

                   Dear friend,

                   Lapsang <Souchong> is back. It is smoked over pine wood, and there is little
                   of it this year.
                   ! {{ customer.name }} is empty (templates/news.liquid:2:14)

                ── customer 3 · news · email · m***@example.com
                   language de, longest name
                   From: Tea & Co.
                   Reply to: tea@example.com
                   Subject: Maximiliane von Habsburg, Lapsang <Souchong> is back
                   Preview: Only this week

                   Dear Maximiliane von Habsburg,

                   Lapsang <Souchong> is back. It is smoked over pine wood, and there is little
                   of it this year.

                ── customer 4 · news · sms · 138****5678
                   language en, news by sms, shortest name
                   Length: 1 part of GSM-7

                   Lapsang <Souchong>!


                """)
    }

    @Test(
        "the page shows every message in a frame of its own, in a real browser",
        .enabled(if: Browser.isInstalled))
    func html() throws {
        let outcome = try preview("--sample", "3", "--format", "html")
        let path = try folder.write(outcome.output, to: "page.html")
        let page = try Browser.document(at: path)
        #expect(page.components(separatedBy: "<iframe ").count == 3)
        #expect(page.contains("<h1>news</h1>"))
        #expect(page.contains("Maximiliane von Habsburg, Lapsang &lt;Souchong&gt; is back"))
        #expect(page.contains("<pre>Lapsang &lt;Souchong&gt;!</pre>"))
        #expect(!page.contains("<script"))
    }

    @Test("as a mail it has the text and the HTML, and goes to nobody")
    func mail() throws {
        let outcome = try preview("--customer", "3", "--format", "eml")
        let lines = outcome.output.components(separatedBy: "\r\n")
        #expect(lines.contains("To: <m***@example.com>"))
        #expect(lines.contains("Reply-To: <tea@example.com>"))
        #expect(lines.contains("Subject: Maximiliane von Habsburg, Lapsang <Souchong> is back"))
        #expect(lines.contains { $0.hasPrefix("Dear Maximiliane von Habsburg,") })
        #expect(lines.contains { $0.hasPrefix("<p>Dear Maximiliane von Habsburg,</p>") })
    }

    @Test(
        "what there is not is an error with the next step",
        arguments: [
            (["--customer", "99"], "error: there is no customer 99"),
            (["--customer", "4", "--format", "eml"], "error: the campaign has no e-mail for this customer"),
        ])
    func errors(_ arguments: [String], _ expected: String) throws {
        let outcome = try Program.run(["preview", "news"] + arguments, in: shop)
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix(expected))
        #expect(try Program.run(["preview", "new"], in: shop).errors.contains("did you mean 'news'?"))
    }
}

/// Debian's Chromium without a window.
enum Browser {
    private static let program = "/usr/bin/chromium"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    /// The page as the browser holds it when it has loaded.
    static func document(at path: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "file://\(path)"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

public import Foundation
internal import Testing

/// A workspace for one test, and the program run in it.
public struct Shop {
    /// The folder that the workspace `shop` lies in.
    public let folder: TemporaryFolder

    /// A new workspace with `now` at noon of 1 December 2026 in Shanghai.
    public init() throws {
        folder = try TemporaryFolder()
        let made = try Program.run(["init", "shop"], in: folder.url)
        #expect(made.status == 0, "\(made.errors)")
        let settings = try folder.read("shop/workspace.lua")
            .replacing("-- now = \"2026-12-01 09:00\"", with: "now = \"2026-12-01 12:00\"")
        try folder.write(settings, to: "shop/workspace.lua")
    }

    /// The workspace.
    public var url: URL { folder.url.appending(path: "shop") }

    /// Runs the program in the workspace.
    public func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.run(arguments, in: url)
    }

    /// Writes a file of the workspace and gives its path.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> String {
        try folder.write(text, to: "shop/\(name)")
    }

    /// Imports the files `KIND.csv`, in this order; each of their rows has to be right.
    public func importFiles(_ kinds: String...) throws {
        for kind in kinds {
            let made = try run("import", kind, "\(kind).csv")
            #expect(made.status == 0 && made.output.contains(" 0  rejected"), "\(made)")
        }
    }

    /// Adds a line to the settings.
    public func set(_ line: String) throws {
        let settings = try folder.read("shop/workspace.lua")
        try write(settings.replacing("\n}", with: "\n    \(line),\n}"), to: "workspace.lua")
    }

    /// Every table of the database as text, for "nothing was changed".
    public func dump() throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-readonly", url.appending(path: "crm.sqlite").path, ".dump"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// Imports customers and consents for the other tests to work on.
    public func fill() throws {
        try write(
            """
            id,name,email,phone,preferred_channel,city,registered_at
            1,王小明,ming@example.com,13800000001,email,上海,2026-11-30 10:00
            2,Ann Lee,ann@example.com,,,London,2026-01-02
            3,,nobody@example.com,13800000003,sms,北京,2025-05-05
            4,No Address,,,,深圳,2025-05-05
            5,O'Neil <b>,oneil@example.com,,email,Cork,2026-11-30 11:00

            """, to: "customers.csv")
        try write(
            """
            customer_id,channel,status,time
            1,email,granted,2026-11-30
            2,email,granted,2026-01-02
            2,email,withdrawn,2026-02-02
            3,sms,granted,2026-01-01
            5,email,granted,2026-11-30

            """, to: "consents.csv")
        try importFiles("customers", "consents")
        try write(
            """
            segment "everyone" { where = function(c) return true end }

            campaign "hello" {
              description = "A greeting for everyone",
              audience = segment.everyone,
              journey = function(c)
                send { template = "hello" }
              end,
            }
            """, to: "scripts/hello.lua")
        try write(
            "---\nsubject: \"Hello {{ customer.name }}\"\n---\n<p>Dear {{ customer.name }},</p>\n",
            to: "templates/hello.liquid")
        try write("Hello {{ customer.name | default: 'you' }}", to: "templates/hello.sms.liquid")
    }
}

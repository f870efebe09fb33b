import Foundation
import REPL
import Reports
import Rules
import Store
import TestSupport
import Testing

@testable import Commands

/// A small workspace, and a prompt in it without a terminal.
struct CompletionWorld {
    private let shop: Shop
    private let bench: WorkspaceBench
    private let workspace: Workspace

    /// The workspace that all tests look at; nobody changes it.
    nonisolated(unsafe) static let shared = Result { try CompletionWorld() }

    init() throws {
        shop = try Shop()
        for (name, text) in Self.files { try shop.write(text, to: name) }
        try shop.importFiles("customers", "orders", "tags", "interests")
        workspace = try Workspace(at: shop.url.path)
        bench = WorkspaceBench(workspace)
    }

    /// Does something at a prompt of its own.
    func look<Result>(_ body: (PromptSession, CollectedOutput) throws -> Result) throws -> Result {
        let output = CollectedOutput()
        return try workspace.openStore().look(asOf: bench.clock().now) { view in
            try body(try PromptSession(bench, view, output: output, format: .text), output)
        }
    }

    private static let files = [
        "customers.csv": """
        id,name,email,phone,city,level,gender,birthday,registered_at,company,Shoe size
        1,王小明,ming@example.com,13800000001,上海,gold,male,1990-12-04,2026-01-30 10:00,,42
        2,Ann Lee,ann@example.com,,London,silver,female,1985-03-02,2026-01-02,Lee & Co,37
        3,王芳,fang@example.com,13800000003,上海,,female,,2025-05-05,,38
        4,Bob "Bobby" O'Neil,bob@example.com,,Saint-Émilion,gold,male,,2025-05-05,,44
        5,Ann Other,other@example.com,,上海,silver,,,2026-11-30 11:00,call 13900000000,39
        6,李雷,,,北京,gold,male,,2026-11-30 11:00,,41

        """,
        "orders.csv": """
        order_number,customer_id,placed_at,amount,status,source
        A1,1,2026-02-01 10:00,300,paid,shop
        A2,1,2026-11-01 10:00,80.50,completed,app
        A3,2,2026-03-01 10:00,6000,shipped,shop
        A4,4,2026-11-20 10:00,20,cancelled,shop

        """,
        "tags.csv": "customer_id,tag\n1,VIP\n2,VIP\n2,fair 2026\n4,\"says \"\"hi\"\"\"\n",
        "interests.csv": "customer_id,interest\n1,outdoor\n2,outdoor\n3,tea\n",
        "scripts/segments.lua": """
        segment "buyers" {
          description = "Bought at least once",
          where = function(c) return c.order_count > 0 end,
        }
        segment "vip" {
          description = "Tagged VIP",
          where = function(c) return c:has_tag "VIP" end,
        }
        segment "birthday soon" {
          where = function(c) return c:birthday_within(days(7)) end,
        }
        segment "生日" { where = segment["birthday soon"] & segment.buyers }
        trait "stage" {
          doc = "How far a customer has come",
          of = function(c) return c.order_count > 0 and "buyer" or "lead" end,
        }

        """,
        "scripts/win-back.lua": """
        campaign "win-back" {
          description = "A voucher for quiet buyers",
          audience = segment.buyers - segment.vip,
          every = "monday at 10:00",
          channels = { "email", "sms" },
          holdout = 0.1,
          journey = function(c) send { template = "win-back" } end,
        }
        follow_up "low score" {
          on = "feedback",
          action = function(c, event) task { title = "Call" } end,
        }

        """,
        "templates/win-back.liquid": "---\nsubject: \"Hello {{ customer.name }}\"\n---\n<p>Hello</p>\n",
        "templates/win-back.sms.liquid": "Hello",
        "templates/welcome.zh.liquid": "---\nsubject: \"你好\"\n---\n<p>你好</p>\n",
    ]
}

/// What a prompt prints.
final class CollectedOutput: PromptOutput {
    let width: Int?
    let style = Style.plain
    private(set) var text = ""

    init(width: Int? = 100) {
        self.width = width
    }

    func show(_ lines: [String], paged: Bool) { text += lines.map { $0 + "\n" }.joined() }
    func note(_ text: String) { self.text += text + "\n" }
    func edit(_ file: String) {}
    func ask(_ question: String) -> Bool? { nil }

    /// What has been printed since it was taken last.
    func take() -> String {
        defer { text = "" }
        return text
    }
}

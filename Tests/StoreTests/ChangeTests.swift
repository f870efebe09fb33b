import Catalog
import Diagnostics
import GRDB
import Store
import TestSupport
import Testing

@Suite("Changes of many customers")
struct ChangeTests {
    private let folder: TemporaryFolder
    private let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(creating: folder.path("crm.sqlite"), currency: "CNY")
        try store.write { db in
            try db.execute(
                sql: """
                    INSERT INTO customers (id, level, erased_at) VALUES (1, 'gold', NULL), (2, NULL, NULL), (3, 'silver', NULL),
                        (4, NULL, 50), (5, 'silver', NULL), (6, 'silver', NULL);
                    INSERT INTO attribute_definitions VALUES (1, 'shoe', 'number', 'd'), (2, 'vip', 'boolean', 'd'),
                        (3, 'size', 'text', 'd'), (4, 'seen', 'instant', 'd'), (5, 'since', 'date', 'd'),
                        (6, 'kids', 'integer', 'd');
                    INSERT INTO attribute_values VALUES (1, 1, 42.0), (2, 1, 38.5), (4, 1, 40.0);
                    INSERT INTO tags VALUES (1, 'VIP', 10), (4, 'VIP', 10);
                    """)
        }
    }

    /// The rows of a query as SQLite's shell shows them.
    private func rows(_ sql: String) throws -> [String] {
        try store.write { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { $0.isNull ? "" : "\($0)" }.joined(separator: "|")
            }
        }
    }

    private func tables() throws -> [String] {
        try ["customers", "tags", "attribute_values", "tasks", "customer_facts", "audit_log"].flatMap {
            try rows("SELECT * FROM \($0)")
        }
    }

    private let everyone: [Int64] = [1, 2, 3, 4, 5, 6, 99, 1]

    private var changes: [CustomerChange] {
        [
            CustomerChange(.tag("VIP"), of: everyone), CustomerChange(.untag("VIP"), of: [1, 2, 4]),
            CustomerChange(.set(field: "level", .text("gold")), of: everyone),
            CustomerChange(.set(field: "shoe", .integer(42)), of: everyone),
            CustomerChange(.set(field: "shoe", .null), of: [2, 4]),
            CustomerChange(.set(field: "level", .null), of: [1]),
            CustomerChange(.task(title: "致电", owner: "张经理", due: 900), of: [2, 3]),
        ]
    }

    @Test("a preview tells what would change and changes nothing; what is made is the same")
    func previewAndApply() throws {
        func examples(
            _ all: [(Int64, Value, Value)]
        ) -> [ChangeOutcome.Example] {
            all.map { ChangeOutcome.Example(customer: $0.0, before: $0.1, after: $0.2) }
        }
        let gold = Value.text("gold")
        let silver = Value.text("silver")
        let call = Value.text("致电")
        let expected = [
            ChangeOutcome(
                changes[0].action, asked: 7, changed: 4,
                examples: examples([2, 3, 5].map { ($0, .null, .text("VIP")) })),
            ChangeOutcome(
                changes[1].action, asked: 3, changed: 2,
                examples: examples([1, 2].map { ($0, .text("VIP"), .null) })),
            ChangeOutcome(
                changes[2].action, asked: 7, changed: 4,
                examples: examples([(2, .null, gold), (3, silver, gold), (5, silver, gold)])),
            ChangeOutcome(
                changes[3].action, asked: 7, changed: 4,
                examples: examples([
                    (2, .number(38.5), .number(42)), (3, .null, .number(42)), (5, .null, .number(42)),
                ])),
            ChangeOutcome(
                changes[4].action, asked: 2, changed: 1, examples: examples([(2, .number(42), .null)])),
            ChangeOutcome(changes[5].action, asked: 1, changed: 1, examples: examples([(1, gold, .null)])),
            ChangeOutcome(
                changes[6].action, asked: 2, changed: 2,
                examples: examples([(2, .null, call), (3, .null, call)])),
        ]
        let before = try tables()
        #expect(try store.preview(changes, at: 100) == expected)
        #expect(try tables() == before)
        #expect(try store.apply(changes, by: "王芳", at: 100) == expected)
        #expect(
            try rows("SELECT * FROM tags ORDER BY 1") == [
                "3|\"VIP\"|100", "4|\"VIP\"|10", "5|\"VIP\"|100", "6|\"VIP\"|100",
            ])
        #expect(
            try rows("SELECT id, level FROM customers") == [
                "1|", "2|\"gold\"", "3|\"gold\"", "4|", "5|\"gold\"", "6|\"gold\"",
            ])
        #expect(
            try rows("SELECT customer_id, value FROM attribute_values") == [
                "1|42.0", "3|42.0", "4|40.0", "5|42.0", "6|42.0",
            ])
        #expect(
            try rows("SELECT customer_id, title, owner, due_at, created_at, status FROM tasks") == [
                "2|\"致电\"|\"张经理\"|900|100|\"open\"", "3|\"致电\"|\"张经理\"|900|100|\"open\"",
            ])
        #expect(try rows("SELECT customer_id FROM customer_facts WHERE open_task_count = 1") == ["2", "3"])
        #expect(try store.verifyFacts() == [])
        // Nothing is left to be done but the tasks.
        #expect(try store.preview(changes, at: 100).map(\.changed) == [2, 2, 1, 1, 1, 1, 2])
    }

    @Test("each change leaves who did what to how many in the audit log")
    func auditLog() throws {
        _ = try store.apply(Array(changes.suffix(2)), by: "王芳", at: 100)
        try store.audit(
            "reveal", ["addresses": .integer(1), "share": .number(0.5), "of": .null], by: "b", at: 101)
        #expect(
            try store.auditLog(limit: 9) == [
                AuditEntry(
                    at: 101, actor: "b", action: "reveal", detail: #"{"addresses":1,"of":null,"share":0.5}"#),
                AuditEntry(
                    at: 100, actor: "王芳", action: "task",
                    detail: #"{"changed":2,"customers":2,"due":900,"owner":"张经理","title":"致电"}"#),
                AuditEntry(
                    at: 100, actor: "王芳", action: "set",
                    detail: #"{"changed":1,"customers":1,"field":"level","value":null}"#),
            ])
        #expect(try store.auditLog(limit: 1).map(\.action) == ["reveal"])
    }

    @Test(
        "a change that cannot be made is refused with the field, what it holds and the value",
        arguments: [
            (.set(field: "levle", .text("x")), "unknown field 'levle' of a customer"),
            (.set(field: "email", .text("x")), "'email' cannot be set here"),
            (.set(field: "total_spent", .integer(1)), "'total_spent' cannot be set here"),
            (.set(field: "id", .integer(1)), "'id' cannot be set here"),
            (.set(field: "level", .integer(3)), "'level' holds a text of 1 to 500 characters, got 3"),
            (.set(field: "level", .text("")), "'level' holds a text of 1 to 500 characters, got ''"),
            (.set(field: "gender", .text("x")), "'gender' holds female, male, other, got 'x'"),
            (
                .set(field: "preferred_channel", .text("fax")),
                "'preferred_channel' holds email, sms, wecom, got 'fax'"
            ),
            (
                .set(field: "birthday", .text("2026-02-30")),
                "'birthday' holds a date such as 2026-11-22, got '2026-02-30'"
            ),
            (
                .set(field: "time_zone", .text("Mars/Base")),
                "'time_zone' holds the name of a time zone such as Asia/Shanghai, got 'Mars/Base'"
            ),
            (
                .set(field: "language", .text("?")),
                "'language' holds a language tag such as zh or en-GB, got '?'"
            ),
            (.set(field: "shoe", .text("42")), "'shoe' holds a number, got '42'"),
            (.set(field: "vip", .integer(2)), "'vip' holds true or false, got 2"),
            (.set(field: "kids", .number(1.5)), "'kids' holds a whole number, got 1.5"),
            (.set(field: "seen", .text("now")), "'seen' holds an instant, got 'now'"),
            (.set(field: "since", .integer(5)), "'since' holds a date such as 2026-11-22, got 5"),
            (.tag(""), "a tag has 1 to 100 characters in one line, got 0"),
            (.untag("a\nb"), "a tag has 1 to 100 characters in one line, got 3"),
            (
                .task(title: "", owner: nil, due: nil),
                "the title of a task has 1 to 500 characters in one line, got 0"
            ),
        ] as [(CustomerChange.Action, String)])
    func refusals(_ action: CustomerChange.Action, _ message: String) throws {
        let before = try tables()
        let all = [CustomerChange(.tag("new"), of: [1]), CustomerChange(action, of: [1])]
        for make in [{ try store.preview(all, at: 1) }, { try store.apply(all, by: "a", at: 1) }] {
            do {
                _ = try make()
                Issue.record("nothing was refused")
            } catch let refusal as Diagnostic {
                #expect(refusal.message == message)
                #expect(refusal.hint != nil || message.contains("characters in one line"))
            }
        }
        #expect(try tables() == before)
    }

    @Test("who reads keeps the customers as they were while another connection changes them")
    func readers() throws {
        try store.read(asOf: 1_000) { snapshot throws in
            #expect(try snapshot.tags().entries == [Frequencies.Entry(.text("VIP"), 2)])
            let second = try Store(opening: store.path)
            let change = [CustomerChange(.tag("new"), of: [1, 2])]
            #expect(try second.preview(change, at: 500).map(\.changed) == [2])
            #expect(try second.apply(change, by: "a", at: 500).map(\.changed) == [2])
            #expect(try snapshot.tags().entries == [Frequencies.Entry(.text("VIP"), 2)])
        }
        let tags = try store.read(asOf: 1_000) { try $0.tags().entries }
        #expect(tags == [Frequencies.Entry(.text("VIP"), 2), Frequencies.Entry(.text("new"), 2)])
    }
}

// A row needs a statement of SQLite.
#if canImport(GRDBSQLite)
    import Diagnostics
    import GRDBSQLite
    import LuaRuntime
    import Testing

    @Suite("Rows of customers")
    struct RowTests {
        /// Three customers in a database in memory.
        private final class Customers {
            private var connection: OpaquePointer?
            private(set) var statement: OpaquePointer?

            init() {
                sqlite3_open(":memory:", &connection)
                sqlite3_exec(
                    connection,
                    """
                    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, spent INTEGER, vip INTEGER, score REAL, data BLOB);
                    INSERT INTO customers VALUES (1, '张经理', 1999, 1, 0.5, x'00'), (2, NULL, NULL, 0, NULL, NULL),
                        (7, 'a' || char(0) || 'b', -1, NULL, 2.0, NULL);
                    """, nil, nil, nil)
                sqlite3_prepare_v2(
                    connection,
                    "SELECT id, name, spent, vip, score, data FROM customers WHERE id > ?1 ORDER BY id", -1,
                    &statement, nil)
            }

            deinit {
                sqlite3_finalize(statement)
                sqlite3_close(connection)
            }
        }

        private static let fields: [(name: String, column: LuaColumn)] = [
            ("name", .plain), ("spent", .scaled(divisor: 100)), ("vip", .boolean), ("score", .plain),
            ("data", .plain),
        ]

        private let state: LuaState

        init() throws {
            state = try LuaState()
        }

        private func makeRow() -> LuaRow {
            let greet = state.makeFunction("c:greet") { call in
                call.returns(.text("hello \(try call.arguments(.customer("c")))"))
            }
            return LuaRow(state, methods: [("greet", .function(greet))]) { call in
                throw LuaError("unknown field '\(try call.withoutSubject.arguments(.text("name")))'")
            }
        }

        @Test("every row shows its own values, missing where there is none")
        func values() throws {
            let customers = Customers()
            let statement = try #require(customers.statement)
            let row = makeRow()
            row.start(statement, fields: Self.fields, after: 0, last: .max)
            let script = try state.load(
                "local c = ... return { { c.name }, { c.spent }, { c.vip }, { c.score }, { c.data }, c:greet() }",
                name: "x")
            var lines: [String] = []
            while let id = try row.next() {
                lines.append("\(id): \(written(try state.call(script, .row(row))))")
            }
            #expect(
                lines == [
                    "1: {{'张经理'}, {float 19.99}, {true}, {float 0.5}, {}, 'hello 1'}",
                    "2: {{}, {}, {false}, {}, {}, 'hello 2'}",
                    "7: {{'a\u{0}b'}, {float -0.01}, {}, {float 2.0}, {}, 'hello 7'}",
                ])
            row.start(statement, fields: Self.fields, after: 2, last: .max)
            #expect(try row.next() == 7)
            #expect(try row.next() == nil)
        }

        @Test("a predicate answers true, false or nothing; anything else is told apart")
        func predicates() throws {
            let customers = Customers()
            let row = makeRow()
            row.start(try #require(customers.statement), fields: Self.fields, after: 0, last: .max)
            #expect(try row.next() == 1)
            let cases: [(String, Bool?)] = [
                ("c.spent > 10", true), ("c.spent > 20", false), ("nil", false), ("c.name", nil), ("0", nil),
                ("not c.vip", false),
            ]
            for (expression, answer) in cases {
                #expect(try answered("return \(expression)", row) == answer, "\(expression)")
            }
            let error = #expect(throws: LuaFilterError.self) { try answered("\nreturn c.nmae", row) }
            guard case .raised(let raised)? = error?.cause else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.customer == 1)
            #expect(raised.message == "unknown field 'nmae'")
            #expect(raised.location?.description == "scripts/a.lua:2")
        }

        /// The answer of a predicate for the row; nil where it is neither true nor false.
        private func answered(_ body: String, _ row: LuaRow) throws -> Bool? {
            var filter = LuaFilter()
            _ = filter.predicate(try state.load("local c = ... \(body)", name: "scripts/a.lua"))
            do {
                return try row.holds(filter)
            } catch let error as LuaFilterError {
                guard case .notABoolean = error.cause else { throw error }
                return nil
            }
        }

        @Test("a row cannot be changed, and only a row is a customer")
        func locked() throws {
            let customers = Customers()
            let row = makeRow()
            row.start(try #require(customers.statement), fields: Self.fields, after: 0, last: .max)
            _ = try row.next()
            state.define(
                "customer",
                .function(
                    state.makeFunction("customer") { $0.returns(.integer(try $0.arguments(.customer("c")))) })
            )
            #expect(
                written(try state.call(try state.load("return customer(...)", name: "x"), .row(row))) == "1")
            let write = try state.load("local c = ... c.name = 'x'", name: "x")
            #expect(throws: LuaError.self) { try state.call(write, .row(row)) }
            #expect(
                state.failure(of: "customer {}")
                    == "scripts/rule.lua:1: customer takes a customer as argument 1, got a table")
            #expect(
                state.failure(of: "customer()")
                    == "scripts/rule.lua:1: customer takes a customer as argument 1, got nothing")
        }

        @Test(
            "a row that a script kept raises: in the next turn, after the last, after a restart and after the walk is gone"
        )
        func kept() throws {
            let keep = try state.load("kept = ...", name: "x")
            let read = "return kept.name"
            let failure =
                "scripts/rule.lua:1: this customer was kept past its turn; keep the values you need instead"
            let customers = Customers()
            let statement = try #require(customers.statement)
            do {
                let row = makeRow()
                row.start(statement, fields: Self.fields, after: 0, last: .max)
                _ = try row.next()
                try state.call(keep, .row(row))
                #expect(state.failure(of: read) == "no error")
                _ = try row.next()
                #expect(state.failure(of: read) == failure)
                row.start(statement, fields: Self.fields, after: 2, last: .max)
                _ = try row.next()
                try state.call(keep, .row(row))
                row.start(statement, fields: Self.fields, after: 0, last: .max)
                #expect(state.failure(of: read) == failure)
                while try row.next() != nil { try state.call(keep, .row(row)) }
                #expect(state.failure(of: read) == failure)
                row.start(statement, fields: Self.fields, after: 0, last: .max)
                _ = try row.next()
                try state.call(keep, .row(row))
                #expect(state.failure(of: read) == "no error")
            }
            #expect(state.failure(of: read) == failure)
        }
    }
#endif

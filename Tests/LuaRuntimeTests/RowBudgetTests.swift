// A row needs a statement of SQLite.
#if canImport(GRDBSQLite)
    import Diagnostics
    import GRDBSQLite
    import LuaRuntime
    import Testing

    @Suite("Budgets of rules")
    struct RowBudgetTests {
        private let state: LuaState
        private let row: LuaRow
        private let customers = Numbers(1...50)

        init() throws {
            var budgets = LuaBudgets.standard
            budgets[.predicate] = LuaLimits(memory: 8 << 20, steps: 200_000, seconds: 60)
            state = try LuaState(budgets: budgets)
            state.define("work", .function(try state.load(BudgetTests.work, name: "scripts/work.lua")))
            state.define(
                "hooked", .function(try state.loadTrusted("return debug.gethook() ~= nil", name: "hooked")))
            row = LuaRow(state, methods: []) {
                $0.returns(.integer(try $0.arguments(.customer("c"), .any("name")).0))
            }
        }

        private func start(after: Int64 = 0) throws {
            row.start(try #require(customers.statement), fields: [], after: after, last: 50)
        }

        private func filter(_ bodies: String...) throws -> LuaFilter {
            var filter = LuaFilter()
            var all: Int?
            for body in bodies {
                let part = filter.predicate(
                    try state.load("local c = ... \(body)", name: "scripts/rule.lua"))
                all = all.map { filter.both($0, part) } ?? part
            }
            return filter
        }

        private func scan(_ filter: LuaFilter) throws -> [Int64] {
            let ids = UnsafeMutableBufferPointer<Int64>.allocate(capacity: 100)
            defer { ids.deallocate() }
            return Array(ids.prefix(try row.scan(filter, into: ids).found))
        }

        @Test("every row of a scan has a budget of its own, which its parts share")
        func renewed() throws {
            try start()
            #expect(try scan(try filter("work() return true")) == Array(1...50))
            try start()
            #expect(try scan(try filter("return c.id > 10", "work() return true")) == Array(11...50))
            try start()
            let error = #expect(throws: LuaFilterError.self) {
                try scan(try filter("work() return true", "work() return true"))
            }
            guard case .raised(let raised)? = error?.cause else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(raised.stop == .steps(200_000, .predicate))
            #expect(error?.customer == 1 && error?.part == 1)
        }

        @Test("the customer at whom a rule was ended is told; a state that lives again asks those after")
        func stopped() throws {
            for body in ["while true do end", "pcall(function() while true do end end) return true"] {
                let filter = try filter("if c.id == 7 then \(body) end return true")
                try start()
                let error = #expect(throws: LuaFilterError.self) { try scan(filter) }
                #expect(error?.customer == 7)
                guard case .raised(let raised)? = error?.cause else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(raised.message == "too long: a rule may take 200,000 steps for a customer")
                #expect(raised.location?.description == "scripts/rule.lua:1")
                try start(after: 7)
                #expect(throws: LuaFilterError.self) { try scan(filter) }
                state.revive()
                try start(after: 7)
                #expect(try scan(filter) == Array(8...50))
            }
        }

        @Test("asking about one row at a time has a budget for each question")
        func questions() throws {
            let filter = try filter("work() return true")
            try start()
            while try row.next() != nil { #expect(try row.holds(filter)) }
        }

        @Test("a row that took long leaves no hook behind for those after it")
        func hooks() throws {
            // The hook comes while the first customer is asked, and goes before the second is.
            let filter = try filter("if c.id == 1 then repeat until hooked() end return hooked()")
            try start()
            let hooked = try scan(filter)
            #expect(hooked.first == 1)
            #expect(hooked.count < 25)
        }

        @Test("a rule that is ended within another's question ends both")
        func nested() throws {
            let inner = try filter("while true do end")
            let row = row
            state.define(
                "belongs",
                .function(
                    state.makeFunction("belongs") { call in
                        call.returns(.boolean((try? row.holds(inner)) ?? false))
                    }))
            try start()
            let error = #expect(throws: LuaFilterError.self) {
                try scan(try filter("pcall(belongs) passed = true return true"))
            }
            #expect(error?.customer == 1)
            state.revive()
            #expect(written(try state.run("return passed")) == "nil")
        }
    }
#endif

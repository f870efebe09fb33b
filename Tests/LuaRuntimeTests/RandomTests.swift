// A row needs a statement of SQLite.
#if canImport(GRDBSQLite)
    import Foundation
    import GRDBSQLite
    import LuaRuntime
    import Testing

    @Suite("Random numbers of rules")
    struct RandomTests {
        private static let rule = "return function(c) return math.random(1 << 30) end"

        /// Asks the rules about every customer, one after the other; what each said.
        private func numbers(
            seed: UInt64 = 1, rules: [String] = [rule], from: Int64 = 0, to: Int64 = 40
        ) throws -> [String] {
            let state = try LuaState(budgets: .standard, seed: seed)
            let customers = Numbers(1...40)
            let row = LuaRow(state, methods: []) { _ in throw LuaError("no such field") }
            row.start(try #require(customers.statement), fields: [], after: from, last: to)
            let functions = try rules.enumerated().map { number, rule in
                try state.run(rule, name: "scripts/rule\(number).lua").function
            }
            var lines: [String] = []
            while let id = try row.next() {
                for function in functions {
                    lines.append("\(id): \(written(try state.call(function, .row(row), within: .predicate)))")
                }
            }
            return lines
        }

        @Test("a rule gives each customer the same number, whichever customers were asked before")
        func customers() throws {
            let all = try numbers()
            #expect(all == (try numbers()))
            #expect(Array(all.dropFirst(20)) == (try numbers(from: 20)))
            #expect(Array(all.prefix(3)) == (try numbers(to: 3)))
            #expect(Set(all.map { $0.split(separator: " ").last }).count == 40)
        }

        @Test("a rule gives each customer the same number, whichever rules were asked before")
        func rules() throws {
            let greedy = "return function(c) for i = 1, 100 do math.random() end return math.random(5) end"
            let seeding = "return function(c) math.randomseed(7) return math.random(5) end"
            // The rule is the first script in one run, and the second of three in the other.
            let alone = try numbers(rules: ["return function() end", Self.rule])
            let among = try numbers(rules: [greedy, Self.rule, seeding, Self.rule])
            let its = stride(from: 1, to: alone.count, by: 2).map { alone[$0] }
            #expect(its == stride(from: 1, to: among.count, by: 4).map { among[$0] })
            // Another place of a script has numbers of its own.
            #expect(its != stride(from: 3, to: among.count, by: 4).map { among[$0] })
        }

        @Test("seeds differ, and so do the numbers of a call")
        func seeds() throws {
            #expect(try numbers(seed: 1) != numbers(seed: 2))
            #expect(try numbers(seed: 0) != numbers(seed: .max))
            let ten = "return function(c) local t = {} for i = 1, 10 do t[i] = math.random() end return t end"
            for line in try numbers(rules: [ten]) {
                let numbers = line.split(separator: "float ").dropFirst()
                #expect(Set(numbers).count == 10)
            }
        }

        @Test("a customer's number is the same in a scan, in a single question and in a filter of parts")
        func scan() throws {
            let state = try LuaState(budgets: .standard, seed: 3)
            let customers = Numbers(1...40)
            let row = LuaRow(state, methods: []) { _ in throw LuaError("no such field") }
            let half = try state.run("return function(c) return math.random() < 0.5 end").function
            let other = try state.run("\nreturn function(c) return math.random(10) > 0 end").function
            func chosen(_ filter: LuaFilter) throws -> [Int64] {
                row.start(try #require(customers.statement), fields: [], after: 0, last: 40)
                let ids = UnsafeMutableBufferPointer<Int64>.allocate(capacity: 100)
                defer { ids.deallocate() }
                return Array(ids.prefix(try row.scan(filter, into: ids).found))
            }
            var one = LuaFilter()
            _ = one.predicate(half)
            var many = LuaFilter()
            let (first, second, third) = (many.predicate(other), many.predicate(half), many.predicate(other))
            _ = many.both(many.both(first, second), third)
            let ids = try chosen(one)
            #expect(ids.count > 5 && ids.count < 35)
            #expect(ids == (try chosen(many)))
            row.start(try #require(customers.statement), fields: [], after: 0, last: 40)
            var asked: [Int64] = []
            while let id = try row.next() {
                if try row.holds(one) { asked.append(id) }
            }
            #expect(asked == ids)
        }

        @Test("each step of a coroutine rolls the dice of the customer that it began with")
        func steps() throws {
            var rolls: [Double] = []
            let state = try LuaState()
            let customers = Numbers(1...3)
            let row = LuaRow(state, methods: []) { _ in throw LuaError("no such field") }
            row.start(try #require(customers.statement), fields: [], after: 0, last: 3)
            let kind = state.makeKind("a thing", [])
            state.define(
                "wait", .function(state.makeFunction("wait") { try $0.waits(for: LuaObject(kind: kind)) }))
            state.define(
                "note",
                .function(
                    state.makeFunction("note") { call in
                        rolls.append(try call.arguments(.number("n")))
                        return call.returnsNothing()
                    }))
            let journey = try state.run(
                "return function(c) note(math.random()) wait() note(math.random()) wait() note(math.random()) end"
            ).function
            func walk() throws -> [Double] {
                rolls = []
                row.start(try #require(customers.statement), fields: [], after: 0, last: 3)
                while try row.next() != nil {
                    let coroutine = try LuaCoroutine(state, journey)
                    _ = try coroutine.resume(.row(row))
                    _ = try coroutine.resume()
                    _ = try coroutine.resume()
                }
                return rolls
            }
            let first = try walk()
            #expect(Set(first).count == 9)
            #expect(try walk() == first)
        }

        @Test("a rule that asks another rule goes on with its own numbers")
        func nested() throws {
            let state = try LuaState()
            let customers = Numbers(1...2)
            let row = LuaRow(state, methods: []) { _ in throw LuaError("no such field") }
            row.start(try #require(customers.statement), fields: [], after: 0, last: 2)
            _ = try row.next()
            let inner = try state.load("for i = 1, 5 do math.random() end", name: "scripts/inner.lua")
            state.define(
                "ask",
                .function(
                    state.makeFunction("ask") { call in
                        call.returns(try call.state.call(inner, .row(row)))
                    }))
            let script = { (asks: String) in
                "return function(c) \(asks) local a = math.random() \(asks) return { a, math.random() } end"
            }
            let plain = try state.run(script("")).function
            let asking = try state.run(script("ask()")).function
            #expect(
                written(try state.call(plain, .row(row))) == written(try state.call(asking, .row(row))))
        }
    }

    extension LuaValue {
        /// A function; an error where it is something else.
        var function: LuaFunction {
            get throws {
                guard case .function(let function) = self else { throw LuaError("no function") }
                return function
            }
        }
    }
#endif

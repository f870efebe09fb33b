// Measures the Lua runtime and the compiler of rules alone, without the commands around them; Benchmarks/bench.py runs it.
//
//     RuntimeBench scan DATABASE SQL PREDICATE.lua armed|unarmed COLUMN…    rows that hold, then seconds
//     RuntimeBench load SCRIPT.lua TIMES                                     seconds to load and run it so often
//     RuntimeBench compile SCRIPT.lua AUDIENCE TIMES                         median seconds to turn it into SQL
//     RuntimeBench render MESSAGE.liquid|.lua DATA.json OUTPUT.json TIMES    median seconds to write it for every customer
//     RuntimeBench simulate TIMES                                            nanoseconds of a predicate, by simulated rows
//     RuntimeBench parts WORKSPACE RUN                                       seconds of each part of a dry run, alone
//
// The SQL takes an id from which it starts (?1) and one where it ends (?2). `unarmed` has no limits on steps and time
// and no watchdog.
import Foundation
import GRDBSQLite
import LuaRuntime

func fail(_ what: String) -> Never {
    FileHandle.standardError.write(Data("RuntimeBench: \(what)\n".utf8))
    exit(1)
}

func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

func scan(_ words: [String]) throws {
    var database: OpaquePointer?
    guard sqlite3_open_v2(words[0], &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK
    else { fail("cannot open \(words[0])") }
    sqlite3_exec(database, "PRAGMA mmap_size = \(1 << 40)", nil, nil, nil)
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(database, words[1], -1, &statement, nil) == SQLITE_OK, let statement else {
        fail(String(cString: sqlite3_errmsg(database)))
    }
    let state = try LuaState(budgets: .standard, seed: 1, isLimited: words[3] == "armed")
    guard
        case .function(let predicate) = try state.call(try state.load(text(words[2]), name: "predicate.lua"))
    else { fail("\(words[2]) returns no function") }
    let row = LuaRow(state, methods: []) { _ in throw LuaError("unknown column") }
    row.start(statement, fields: words[4...].map { ($0, .plain) }, after: .min, last: .max)
    var filter = LuaFilter()
    _ = filter.predicate(predicate)
    var found = 0
    let clock = ContinuousClock()
    let time = try clock.measure {
        try withUnsafeTemporaryAllocation(of: Int64.self, capacity: 4096) { ids in
            var hasMore = true
            while hasMore {
                let batch = try row.scan(filter, into: ids)
                found += batch.found
                hasMore = batch.hasMore
            }
        }
    }
    print(found, time / .seconds(1))
}

func load(_ words: [String]) throws {
    let script = try text(words[0])
    guard let times = Int(words[1]) else { fail("\(words[1]) is no number") }
    let state = try LuaState()
    let time = try ContinuousClock().measure {
        for _ in 0..<times { try state.call(try state.load(script, name: "script.lua")) }
    }
    print(time / .seconds(1))
}

let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case "scan" where words.count > 4: try scan(Array(words.dropFirst()))
case "load" where words.count == 3: try load(Array(words.dropFirst()))
case "compile" where words.count == 4: try compile(Array(words.dropFirst()))
case "render" where words.count == 5: try render(Array(words.dropFirst()))
case "simulate" where words.count == 2: try simulate(Array(words.dropFirst()))
case "parts" where words.count == 3: try parts(Array(words.dropFirst()))
default:
    fail(
        """
        usage: RuntimeBench scan DATABASE SQL PREDICATE.lua armed|unarmed COLUMN… | load SCRIPT.lua TIMES \
        | compile SCRIPT.lua AUDIENCE TIMES | render MESSAGE.liquid|.lua DATA.json OUTPUT.json TIMES | simulate TIMES \
        | parts WORKSPACE RUN
        """)
}

import Foundation
import TestSupport
import Testing

@Suite("From a CSV file to a dry run")
struct FirstStepsTests {
    @Test("a greeting goes to those who agreed, and says of each other customer why not")
    func dryRun() throws {
        let shop = try Shop()
        try shop.fill()
        let run = try shop.run("dry-run", "hello")
        #expect(run.status == 0, "\(run.errors)")
        try expectGolden(run.output, "hello.txt")
        let json = try shop.run("dry-run", "hello", "--format", "json")
        try expectGolden(json.output, "hello.json")
        let lines = try shop.run("dry-run", "hello", "--format", "jsonl")
        try expectGolden(lines.output, "hello.jsonl")
        let table = try shop.run("dry-run", "hello", "--format", "csv", "--reveal")
        try expectGolden(table.output, "hello.csv")
    }
}

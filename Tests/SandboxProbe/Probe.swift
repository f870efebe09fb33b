import Foundation

/// Runs one hostile script in a process of its own and prints what became of it, as JSON:
///
///     SandboxProbe predicate Cases/loops.lua --put 'while true do end'
@main
enum Probe {
    static func main() {
        do {
            try run()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(2)
        }
    }

    private static func run() throws {
        let order = try ProbeOrder(Array(CommandLine.arguments.dropFirst()))
        var each = EachWord()
        let report = try order.kind == nil ? each.run() : HostileCall(order).run()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
    }
}

import Commands
import Diagnostics
internal import RuleCompiler
@testable import Rules
import Simulator
import Store

/// What a question about customers gave.
enum Outcome: Equatable, CustomStringConvertible {
    /// The ids in the order in which they were found.
    case members([Int64])
    /// The error as a person sees it: text, place, caret, next step and customer.
    case failure(String)

    var description: String {
        switch self {
        case .members(let ids): "\(ids.count) members: \(ids)"
        case .failure(let text): text
        }
    }
}

/// Scripts, loaded with pushdown or without, over the customers of a snapshot.
struct Asker {
    let host: RuleHost
    private let scripts: [ScriptFile]
    private let snapshot: Snapshot

    /// - Throws: what is wrong with the scripts.
    init(_ scripts: [ScriptFile], _ world: RandomWorld, _ snapshot: Snapshot, pushdown: Bool) throws {
        self.scripts = scripts
        self.snapshot = snapshot
        let source = RuleSource(scripts: scripts, clock: world.clock, pushdown: pushdown)
        host = try source.makeHost()
        host.attach(snapshot)
    }

    /// How customers are asked about.
    enum Way {
        /// All in one scan over so many ranges, as segments are counted.
        case scan(ranges: Int)
        /// One by one, as a dry run goes.
        case walk
    }

    /// Who belongs to the audience.
    func members(_ audience: String, by way: Way) -> Outcome {
        outcome(of: audience) { expression in
            switch way {
            case .scan(let ranges):
                guard let ids = try snapshot.customerIDs() else { return [] }
                let scan = AudienceScan(ids: ids, ranges: ranges)
                try scan.work(host, expression)
                return try scan.members()
            case .walk:
                let audience = try host.audience(expression)
                // With another audience beside it, as a dry run of several campaigns has.
                let walk = try CustomerWalk(host, for: [audience, try host.audience(expression)])
                var ids: [Int64] = []
                while let id = try walk.next() {
                    if try walk.isIn(audience) { ids.append(id) }
                }
                return ids
            }
        }
    }

    /// How much of an audience SQL answers: "whole", "partly" or "not at all"; nil for what is none.
    func pushed(_ audience: String) -> String? {
        guard let expression = try? host.expression(audience) else { return nil }
        let compiled = host.compile(expression).audience
        return compiled.isWhole ? "whole" : compiled.wanted == nil ? "not at all" : "partly"
    }

    private func outcome(
        of audience: String, _ body: (SegmentExpression) throws -> [Int64]
    ) -> Outcome {
        do {
            return .members(try body(try host.expression(audience)))
        } catch {
            return .failure(
                Self.text(of: error, scripts + [ScriptFile(path: "the command line", text: audience)]))
        }
    }

    /// An error with the excerpt of its script.
    static func text(of error: any Error, _ scripts: [ScriptFile]) -> String {
        let renderer = DiagnosticRenderer { name in scripts.first { $0.path == name }?.text }
        guard let error = error as? any Diagnosable else { return "\(error)" }
        return renderer.render(error.diagnostic)
    }
}

import Foundation
import LuaRuntime

/// What a probe is asked for.
struct ProbeOrder {
    /// The kind of call; nil for every host function with every wrong argument.
    var kind: LuaBudgets.Kind?
    var path = ""
    /// What stands in the place of `@@`.
    var filling: String?
    var interruptAfter: Int?
    var budgets = LuaBudgets.standard

    init(_ words: [String]) throws {
        var words = words[...]
        if words.first == "--each" { return }
        guard words.count >= 2, let kind = LuaBudgets.Kind(rawValue: words.removeFirst()) else {
            throw ProbeError("SandboxProbe KIND PATH [--put TEXT] [--interrupt-after MS] [--unlimited] …")
        }
        self.kind = kind
        path = words.removeFirst()
        while let option = words.popFirst() {
            switch option {
            case "--put": filling = words.popFirst()
            case "--interrupt-after": interruptAfter = words.popFirst().flatMap(Int.init)
            case "--unlimited": raiseBudgets()
            case "--budget": try setBudget(words.popFirst() ?? "")
            default: throw ProbeError("unknown option \(option)")
            }
        }
    }

    /// The script as it stands in the file, with the filling.
    func text() throws -> String {
        let text = try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
        return filling.map { text.replacing("@@", with: $0) } ?? text
    }

    private mutating func raiseBudgets() {
        budgets.memory = 8 << 30
        for kind in LuaBudgets.Kind.allCases {
            budgets[kind] = LuaLimits(memory: 4 << 30, steps: 1_000_000_000_000_000_000, seconds: 3600)
        }
    }

    /// `steps=20000000`, `seconds=0.5` or `memory=1000000` of the kind that is asked for.
    private mutating func setBudget(_ text: String) throws {
        let parts = text.split(separator: "=")
        guard let kind, parts.count == 2, let number = Double(parts[1]) else {
            throw ProbeError("a budget is written as steps=1000000")
        }
        switch parts[0] {
        case "steps": budgets[kind].steps = Int(number)
        case "seconds": budgets[kind].seconds = number
        case "memory": budgets[kind].memory = Int(number)
        default: throw ProbeError("there is no budget of \(parts[0])")
        }
    }
}

/// The probe itself was asked for something it cannot do.
struct ProbeError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

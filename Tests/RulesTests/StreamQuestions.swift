import Diagnostics
import LuaRuntime

@testable import Rules

/// Questions about customers, and a way through the customers along which they are asked.
struct StreamQuestions {
    /// What rules of every question share.
    private static let prelude = """
        local kept = {}
        local function keep(name, value) kept[name] = value return type(value) end
        local function texts(list, a, b)
          local all = {}
          for i, row in ipairs(list) do all[i] = tostring(row[a]) .. "/" .. tostring(row[b]) end
          return table.concat(all, " ")
        end

        """

    /// Where the walk goes next.
    enum Way {
        case next
        case to(Int64)
        case nowhere
    }

    /// A customer, and what is asked there.
    struct Visit {
        var way: Way
        var questions: [Int]
    }

    let expressions: [String]
    let visits: [Visit]

    /// The answers along the way.
    func answers(_ host: RuleHost, _ walk: CustomerWalk) throws -> [String] {
        let functions = expressions.map { "function(c) return { \($0) } end" }
        let text = Self.prelude + "local list = { \(functions.joined(separator: ",\n")) }\n"
        host.lineText = text
        let made = try host.state.call(
            try host.state.load(text + "return function(c, i) return list[i](c) end", name: "x"))
        guard case .function(let function) = made else { throw LuaError("no function") }
        var log: [String] = []
        for visit in visits {
            switch visit.way {
            case .next: _ = try walk.next()
            case .to(let customer): _ = try walk.go(to: customer)
            case .nowhere: break
            }
            guard walk.row.current != nil else { continue }
            for question in visit.questions {
                let answer: String
                do {
                    answer = try host.explaining {
                        try host.state.call(function, .row(walk.row), .value(.integer(Int64(question + 1))))
                            .shown
                    }
                } catch let error as any Diagnosable {
                    let diagnostic = error.diagnostic
                    answer = "error: \(diagnostic.message) = \(diagnostic.hint ?? "")"
                }
                log.append("\(walk.current) \(expressions[question]): \(answer)")
            }
        }
        return log
    }
}

/// How many questions gave what, to see that predicates and worlds are as meant.
struct Tally: Sendable {
    private var counts: [String: Int] = [:]
    private(set) var mismatches: [String] = []

    static func + (a: Tally, b: Tally) -> Tally {
        var sum = a
        sum.counts.merge(b.counts) { $0 + $1 }
        sum.mismatches += b.mismatches
        return sum
    }

    mutating func add(_ outcome: Outcome, of count: Int, _ style: PredicateGenerator.Style) {
        switch outcome {
        case .failure: self.count("\(style) error")
        case .members([]): self.count("\(style) none")
        case .members(let ids): self.count(ids.count == count ? "\(style) all" : "\(style) some")
        }
        self.count("\(style)")
        self.count("asked")
    }

    /// Notes how much of a question SQL answers.
    mutating func add(pushed: String?, _ style: PredicateGenerator.Style) {
        if let pushed { count("\(style) \(pushed)") }
    }

    mutating func count(_ what: String) { counts[what, default: 0] += 1 }

    mutating func note(mismatch: String) { mismatches.append(mismatch) }

    subscript(what: String) -> Int { counts[what] ?? 0 }

    /// The share of a style's questions that gave this, from 0 to 1.
    func share(_ what: String, of style: PredicateGenerator.Style) -> Double {
        Double(self["\(style) \(what)"]) / Double(max(1, self["\(style)"]))
    }

    /// A line a style.
    var text: String {
        let lines = [PredicateGenerator.Style.marketer, .wild].map { style in
            func shares(_ all: [String]) -> String {
                all.map { "\($0) \((share($0, of: style) * 1000).rounded() / 10) %" }.joined(separator: ", ")
            }
            return """
                \(style): \(self["\(style)"]) asked, \(shares(["error", "none", "some", "all"])); \
                pushed \(shares(["whole", "partly", "not at all"]))
                """
        }
        let others = ["refused at load", "ended by force", "further mismatches"].map { "\(self[$0]) \($0)" }
        return (lines + [others.joined(separator: ", ")]).joined(separator: "\n")
    }
}

internal import Catalog
internal import Store

extension RunSummary {
    /// One step of a journey, and where journeys went from it.
    public struct JourneyStep: Codable {
        /// Script and line; null for the entry.
        public var script: String?
        /// The word of the step: `send`, `wait_for`, …; `enter` for the entry.
        public var word: String
        /// The line of the script; null where it is not known.
        public var text: String?
        /// How far the line is set in, counted in steps from the journey's outermost lines.
        public var depth: Int
        /// How often journeys came to it.
        public var count: Int
        /// Where they went; of several steps of a line, those of the last have it.
        public var next: [Next]

        /// What is missing is null, so that every step has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(script, forKey: .script)
            try container.encode(word, forKey: .word)
            try container.encode(text, forKey: .text)
            try container.encode(depth, forKey: .depth)
            try container.encode(count, forKey: .count)
            try container.encode(next, forKey: .next)
        }
    }

    /// A way from a step to the next.
    public struct Next: Codable {
        /// What the step was answered with: `sent`, `not sent`, an event, `nothing`; empty for other steps.
        public var answer: String
        /// Script and line of the next step; null where the journey ended.
        public var script: String?
        /// The word of the next step, or how the journey ended.
        public var word: String
        /// How many journeys went there.
        public var count: Int

        /// A missing place is null, so that every way has the same keys.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(answer, forKey: .answer)
            try container.encode(script, forKey: .script)
            try container.encode(word, forKey: .word)
            try container.encode(count, forKey: .count)
        }
    }

    /// The steps of a campaign's journey in the order of its script, those of other scripts behind; the entry
    /// first.
    static func journey(_ flow: [RunFlow], _ scripts: ScriptLines, _ masking: Masking) -> [JourneyStep] {
        var counts: [Step: Int] = [:]
        var ways: [String: [Next]] = [:]
        for flow in flow {
            if let target = flow.target { counts[Step(target, flow.word, scripts), default: 0] += flow.count }
            ways[flow.source ?? "", default: []].append(
                Next(answer: flow.answer, script: flow.target, word: flow.word, count: flow.count))
        }
        let entries = ways[""] ?? []
        let home = entries.lazy.compactMap(\.script).first.map { ScriptLines.parts(of: $0).file }
        let steps = counts.keys.sorted { a, b in
            if a.file != b.file, a.file == home || b.file == home { return a.file == home }
            return (a.file, a.line, a.column, a.word) < (b.file, b.line, b.column, b.word)
        }
        let entry = JourneyStep(
            script: nil, word: "enter", text: nil, depth: 0, count: entries.reduce(0) { $0 + $1.count },
            next: entries)
        guard entry.count > 0 else { return [] }
        return [entry]
            + steps.enumerated().map { place, step in
                let isLast = place + 1 == steps.count || steps[place + 1].place != step.place
                let outer = Set(
                    steps.filter { $0.file == step.file && $0.indent < step.indent }.map(\.indent))
                return JourneyStep(
                    script: step.place, word: step.word,
                    text: scripts.quoted(step.place).map { masking.show(text: $0, to: nil, on: nil) },
                    depth: outer.count, count: counts[step] ?? 0, next: isLast ? ways[step.place] ?? [] : [])
            }
    }

    /// A step by where it stands.
    private struct Step: Hashable {
        let place: String
        let file: String
        let line: Int
        /// How many characters stand before the word, of several steps of a line.
        let column: Int
        let word: String
        /// How many blanks the line begins with.
        let indent: Int

        init(_ place: String, _ word: String, _ scripts: ScriptLines) {
            let text = scripts[place] ?? ""
            self.place = place
            (file, line) = ScriptLines.parts(of: place)
            column = text.firstRange(of: word).map { text[..<$0.lowerBound].count } ?? 0
            self.word = word
            indent = text.prefix { $0 == " " || $0 == "\t" }.count
        }
    }
}

internal import Basics
internal import Diagnostics

/// A journey as a picture: its steps from above to below in the order of the script, set in as the script's
/// lines are, and the ways between them.
///
/// Behind each step stand its ways, one in a row. The way to the next step goes straight down; a way over
/// other steps goes through a lane at the right, a way back through one at the left, and a way out of the
/// journey ends in its row. Lengths are in pixels.
struct JourneyDiagram: Encodable {
    /// A step.
    struct Node: Encodable {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
        /// `send · line 18`
        var caption: String
        var count: String
        var lines: [Text]
    }

    /// A text and where it begins, on its base line.
    struct Text: Encodable {
        var x: Int
        var y: Int
        var text: String
    }

    /// A way from a step.
    struct Way: Encodable {
        /// The path that an SVG draws.
        var path: String
        /// How wide it is drawn, by its share of all journeys.
        var stroke: Double
        var hasArrow: Bool
        var label: Text?
        /// How the journey ended; nil where it goes on.
        var end: End?
    }

    /// An end of journeys: a text in a frame.
    struct End: Encodable {
        var x: Int
        var y: Int
        var width: Int
        var text: String
        /// `goal`, `stop` for errors, `plain` for others.
        var kind: String
    }

    let width: Int
    let height: Int
    let nodes: [Node]
    let ways: [Way]
    /// The same in sentences.
    let sentences: [String]

    /// Where a step leads: the answers by which journeys went there, and how many.
    private struct Exit {
        /// The place of the next step; nil where journeys ended.
        var target: Int?
        /// How they ended, as ``RunFlow/word`` has it; nil where they go on.
        var ending: String?
        var answers: [(text: String, count: Int)] = []

        var end: String { ending.map(endingPhrase) ?? "" }
        var count: Int { answers.reduce(0) { $0 + $1.count } }
        var label: String {
            answers.map { $0.text.isEmpty ? grouped($0.count) : "\($0.text) \(grouped($0.count))" }
                .joined(separator: " · ")
        }
    }

    private enum Size {
        static let box = 330
        static let indent = 12
        static let deepest = 5
        static let lane = 14
        static let margin = 4
        static let row = 24
        static let line = 16
        /// Of a text in the box, in display cells of 7.25 pixels.
        static let cells = 42
        static let stem = 18
    }

    /// The picture; nil where nobody entered.
    init?(_ steps: [RunSummary.JourneyStep]) {
        guard let entry = steps.first else { return nil }
        let exits = Self.exits(steps)
        let (right, rightCount) = Self.lanes(exits) { $0 < $1 - 1 }
        let (left, leftCount) = Self.lanes(exits) { $0 >= $1 }
        let start = Size.margin + leftCount * Size.lane + (leftCount > 0 ? 6 : 0)
        let edge = start + Size.box
        var nodes: [Node] = []
        var y = Size.margin
        for (place, step) in steps.enumerated() {
            let x = start + min(step.depth, Size.deepest) * Size.indent
            let cells = (edge - x) * Size.cells / Size.box
            // Blanks that set parts of a script below each other have no meaning in one line.
            let line = (step.text ?? "").split(separator: " ").joined(separator: " ")
            let text = line.isEmpty ? [] : Array(wrapped(line, to: cells).prefix(3))
            let node = Node(
                x: x, y: y, width: edge - x, height: 26 + text.count * Size.line + (text.isEmpty ? 0 : 4),
                caption: Self.caption(step), count: grouped(step.count),
                lines: text.enumerated().map { Text(x: x + 10, y: y + 34 + $0 * Size.line, text: $1) })
            nodes.append(node)
            y += node.height + exits[place].count * Size.row + 12
        }
        var ways: [Way] = []
        for (place, exits) in exits.enumerated() {
            for (row, exit) in exits.enumerated() {
                let lane = Lane(from: place, to: exit.target ?? place)
                ways.append(
                    Self.way(
                        exit, row, of: nodes[place], to: exit.target.map { nodes[$0] },
                        isNext: exit.target == place + 1,
                        right: right[lane].map { edge + 8 + $0 * Size.lane },
                        left: left[lane].map { start - 8 - $0 * Size.lane }, all: entry.count))
            }
        }
        self.nodes = nodes
        self.ways = ways
        width = edge + Size.margin + (rightCount > 0 ? 8 + rightCount * Size.lane : 0)
        height = y - 8
        sentences = zip(steps, exits).map { step, exits in
            let ways = exits.map { exit in
                let next = exit.target.map { Self.caption(steps[$0]) } ?? exit.end
                return "\(exit.label) → \(next)"
            }
            return "\(Self.caption(step)): \(([grouped(step.count)] + ways).joined(separator: "; "))"
        }
    }

    private static func caption(_ step: RunSummary.JourneyStep) -> String {
        guard let script = step.script else { return step.word }
        let line = ScriptLines.parts(of: script).line
        return line == 0 ? step.word : "\(step.word) · line \(line)"
    }

    /// The exits of each step: ends first, then ways over steps and back, and the way to the next last.
    private static func exits(_ steps: [RunSummary.JourneyStep]) -> [[Exit]] {
        var places: [String: Int] = [:]
        for (place, step) in steps.enumerated() {
            // Of several steps of a line a way leads to the one of its word.
            if let script = step.script { places["\(script) \(step.word)"] = place }
        }
        return steps.enumerated().map { place, step in
            var exits: [Exit] = []
            for next in step.next {
                let target = next.script.flatMap { places["\($0) \(next.word)"] }
                let ending = target == nil ? next.word : nil
                let answer = (text: withoutControls(next.answer), count: next.count)
                if let known = exits.firstIndex(where: { $0.target == target && $0.ending == ending }) {
                    exits[known].answers.append(answer)
                } else {
                    exits.append(Exit(target: target, ending: ending, answers: [answer]))
                }
            }
            // Of several steps of a line the last has the ways, and the others lead to it.
            if exits.isEmpty, place + 1 < steps.count, steps[place + 1].script == step.script {
                exits = [Exit(target: place + 1, answers: [("", step.count)])]
            }
            let ends = exits.filter { $0.target == nil }
            let next = exits.filter { $0.target == place + 1 }
            let others = exits.filter { $0.target != nil && $0.target != place + 1 }
            return ends + others.sorted { ($0.target ?? 0) > ($1.target ?? 0) } + next
        }
    }

    private struct Lane: Hashable {
        var from: Int
        var to: Int
    }

    /// A lane for each way that `isMeant` by its places, none beside another in the same one; and how many
    /// there are.
    private static func lanes(
        _ exits: [[Exit]], _ isMeant: (Int, Int) -> Bool
    ) -> (lanes: [Lane: Int], count: Int) {
        let ways = exits.enumerated().flatMap { place, exits in
            exits.compactMap { exit in exit.target.map { Lane(from: place, to: $0) } }
        }.filter { isMeant($0.from, $0.to) }
        // Short ways are nearer to the steps.
        let sorted = ways.sorted { a, b in
            (abs(a.to - a.from), a.from, a.to) < (abs(b.to - b.from), b.from, b.to)
        }
        var lanes: [Lane: Int] = [:]
        var taken: [[Lane]] = []
        for way in sorted {
            func meets(_ other: Lane) -> Bool {
                min(way.from, way.to) <= max(other.from, other.to)
                    && min(other.from, other.to) <= max(way.from, way.to)
            }
            let free = taken.firstIndex { !$0.contains(where: meets) } ?? taken.count
            if free == taken.count { taken.append([]) }
            taken[free].append(way)
            lanes[way] = free
        }
        return (lanes, taken.count)
    }

    private static func way(
        _ exit: Exit, _ row: Int, of node: Node, to target: Node?, isNext: Bool, right: Int?, left: Int?,
        all: Int
    ) -> Way {
        let stem = node.x + Size.stem
        let bottom = node.y + node.height
        let y = bottom + row * Size.row + 14
        let labelX = stem + 18
        let labelEnd = labelX + Int(Double(displayWidth(of: exit.label)) * 6.6) + 8
        let share = min(1, Double(exit.count) / Double(max(1, all)))
        var way = Way(
            path: "", stroke: RunPageValues.rounded(1.25 + 2.5 * share), hasArrow: true,
            label: Text(x: labelX, y: y + 4, text: exit.label), end: nil)
        let branch = "M\(stem) \(bottom)V\(y - 6)Q\(stem) \(y) \(stem + 6) \(y)H\(stem + 14)"
        guard let target else {
            let end = Int(Double(displayWidth(of: exit.end)) * 6.6) + 20
            let edge = node.x + node.width
            way.end = End(
                x: edge - end, y: y - 10, width: end, text: exit.end,
                kind: exit.ending == "goal" ? "goal" : exit.ending == "error" ? "stop" : "plain")
            way.path = branch + (labelEnd < edge - end ? "M\(labelEnd) \(y)H\(edge - end)" : "")
            way.hasArrow = false
            return way
        }
        if isNext {
            way.path = "M\(stem) \(bottom)V\(target.y - 1)"
            way.label?.x = stem + 12
        } else if let right {
            let entry = target.y + 14
            way.path =
                "\(branch)M\(labelEnd) \(y)H\(right - 6)Q\(right) \(y) \(right) \(y + 6)"
                + "V\(entry - 6)Q\(right) \(entry) \(right - 6) \(entry)H\(target.x + target.width + 1)"
        } else if let left {
            let entry = target.y + 14
            way.path =
                "M\(stem) \(bottom)V\(y - 6)Q\(stem) \(y) \(stem - 6) \(y)H\(left + 6)"
                + "Q\(left) \(y) \(left) \(y - 6)"
                + "V\(entry + 6)Q\(left) \(entry) \(left + 6) \(entry)H\(target.x - 1)"
        }
        return way
    }
}

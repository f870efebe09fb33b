import Basics
import Testing

@testable import Reports

@Suite("The picture of a journey")
struct JourneyDiagramTests {
    private func step(
        _ line: Int?, _ word: String, count: Int = 1, depth: Int = 0, text: String = "wait(1)",
        _ next: [(answer: String, line: Int?, word: String, count: Int)]
    ) -> RunSummary.JourneyStep {
        RunSummary.JourneyStep(
            script: line.map { "scripts/a.lua:\($0)" }, word: word, text: line == nil ? nil : text,
            depth: depth,
            count: count,
            next: next.map { next in
                RunSummary.Next(
                    answer: next.answer, script: next.line.map { "scripts/a.lua:\($0)" }, word: next.word,
                    count: next.count)
            })
    }

    @Test("ways lead on, over steps, back and out, and are told in words")
    func ways() throws {
        let diagram = try #require(
            JourneyDiagram([
                step(nil, "enter", count: 9, [("", 2, "send", 9)]),
                step(2, "send", count: 12, [("sent", 3, "wait_for", 8), ("not sent", 5, "tag", 4)]),
                step(
                    3, "wait_for", count: 8, depth: 1,
                    [("click", nil, "goal", 2), ("nothing", 2, "send", 3), ("nothing", nil, "under way", 3)]),
                step(5, "tag", count: 4, [("", nil, "end", 4)]),
            ]))
        #expect(
            diagram.sentences == [
                "enter: 9; 9 → send · line 2",
                "send · line 2: 12; not sent 4 → tag · line 5; sent 8 → wait_for · line 3",
                "wait_for · line 3: 8; click 2 → goal met; nothing 3 → under way; nothing 3 → send · line 2",
                "tag · line 5: 4; 4 → end",
            ])
        #expect(diagram.ways.map { $0.end?.text } == [nil, nil, nil, "goal met", "under way", nil, "end"])
        #expect(diagram.ways.map(\.hasArrow) == [true, true, true, false, false, true, false])
    }

    @Test("steps of random journeys lie in the picture and below each other, and arrows end at their edges")
    func layout() throws {
        var random = SplitMix64(seed: 18)
        for _ in 0..<300 {
            let count = Int.random(in: 2...15, using: &random)
            var steps = [step(nil, "enter", [("", 1, "send", 1)])]
            for line in 1..<count {
                let next = (0..<Int.random(in: 1...3, using: &random)).map { number in
                    let target = Int.random(in: 0..<count, using: &random)
                    return (
                        answer: "answer \(number)", line: target == 0 ? nil : target,
                        word: target == 0 ? "end" : "send", count: Int.random(in: 1...9999, using: &random)
                    )
                }
                let text = String(
                    repeating: "send { template } ", count: Int.random(in: 1...9, using: &random))
                let depth = Int.random(in: 0...8, using: &random)
                steps.append(step(line, "send", depth: depth, text: text, next))
            }
            let diagram = try #require(JourneyDiagram(steps))
            #expect(diagram.nodes.count == count)
            var bottom = 0
            for node in diagram.nodes {
                #expect(node.x >= 0 && node.x + node.width <= diagram.width)
                #expect(node.y >= bottom)
                bottom = node.y + node.height
                #expect(node.lines.allSatisfy { $0.y > node.y && $0.y < bottom })
            }
            #expect(bottom < diagram.height)
            for way in diagram.ways where way.hasArrow {
                let numbers = way.path.matches(of: #/[VH](-?\d+)$/#).compactMap { Int($0.1) }
                let end = try #require(numbers.last)
                let isAtEdge = diagram.nodes.contains {
                    end == $0.y - 1 || end == $0.x - 1 || end == $0.x + $0.width + 1
                }
                #expect(isAtEdge, "\(way.path)")
            }
            for way in diagram.ways {
                let right = way.path.matches(of: #/H(-?\d+)/#).compactMap { Int($0.1) }
                #expect(right.allSatisfy { $0 >= 0 && $0 <= diagram.width }, "\(way.path)")
            }
        }
    }
}

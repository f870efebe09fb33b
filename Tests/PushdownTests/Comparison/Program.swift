import Rules
import Store

/// Scripts and a question about one of their segments.
struct Program {
    var files: [RandomScripts.File]
    var audience: Piece

    var scripts: [ScriptFile] { files.map(\.script) }

    /// What the question gives with pushdown and without, with new hosts; nil where a script was ended by
    /// force, for how far it had come by then is not to be compared.
    func outcomes(_ world: RandomWorld, _ snapshot: Snapshot, by way: Asker.Way) -> (
        with: Outcome, without: Outcome
    )? {
        var isStopped = false
        func outcome(pushdown: Bool) -> Outcome {
            do {
                let asker = try Asker(scripts, world, snapshot, pushdown: pushdown)
                defer { isStopped = isStopped || asker.host.isStopped }
                return asker.members(audience.text, by: pushdown ? way : .scan(ranges: 1))
            } catch {
                return .failure(Asker.text(of: error, scripts))
            }
        }
        let outcomes = (outcome(pushdown: true), outcome(pushdown: false))
        return isStopped ? nil : outcomes
    }

    /// The smallest program found by taking out one piece after the other for which `isWanted` still holds.
    func shrunk(attempts: Int = 2000, _ isWanted: (Program) -> Bool) -> Program {
        var best = self
        var attempts = attempts
        var hasShrunk = true
        while hasShrunk {
            hasShrunk = false
            for file in best.files.indices.reversed() where best.files.count > 1 {
                var smaller = best
                smaller.files.remove(at: file)
                attempts -= 1
                if isWanted(smaller) { (best, hasShrunk) = (smaller, true) }
            }
            // The audience counts as one more file.
            for place in 0...best.files.count {
                var number = 0
                while attempts > 0, let piece = best[place].piece(number) {
                    for replacement in piece.replacements {
                        var smaller = best
                        smaller[place] = best[place].replacing(number, with: replacement)
                        attempts -= 1
                        guard isWanted(smaller) else { continue }
                        (best, hasShrunk) = (smaller, true)
                        break
                    }
                    number += 1
                }
            }
            if attempts <= 0 { break }
        }
        return best
    }

    private subscript(place: Int) -> Piece {
        get { place < files.count ? files[place].piece : audience }
        set {
            if place < files.count { files[place].piece = newValue } else { audience = newValue }
        }
    }
}

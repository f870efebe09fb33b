import Rules

/// The scripts of one batch: traits and segments that all share, and a file for each segment that is asked
/// about.
struct RandomScripts: Sendable {
    /// A script as pieces.
    struct File: Sendable {
        let path: String
        var piece: Piece
    }

    /// A question and the script it is about; the audience is Lua, such as `segment.s1`.
    struct Question: Sendable {
        let style: PredicateGenerator.Style
        var file: File
        var audience: Piece
    }

    var shared: [File]
    var questions: [Question]

    /// The batch of a seed. What a question asks depends on the seed and its place alone.
    init(seed: UInt64, count: Int, style: PredicateGenerator.Style?) {
        var dice = Dice(seed: seed)
        let traits = Self.traits(&dice)
        let segments = Self.segments(&dice, traits.names)
        shared = [traits.file, segments.file, Self.library(&dice, traits.names)]
        questions = (1...count).map { number in
            let style = style ?? (dice.chance(45) ? .marketer : .wild)
            var generator = PredicateGenerator(dice: Dice(seed: dice.seed()), style: style)
            generator.traits = traits.names
            generator.segments = segments.names
            return Self.question("s\(number)", generator)
        }
    }

    private static func question(_ name: String, _ start: PredicateGenerator) -> Question {
        var generator = start
        var pieces = generator.preamble()
        let depth = generator.dice.number(0...4)
        // The function itself is no statement, so that it is never taken out alone.
        let function = Piece.simple("function(c)\n\(bare: generator.body(.boolean, depth))\nend")
        let other = generator.dice.one(of: generator.segments)
        let sign = generator.dice.one(of: ["&", "|", "-"])
        var audience = Piece.prefix("segment.\(name)")
        switch generator.dice.below(12) {
        case 0:
            pieces.append(.statement("local part = segment \"\(name)part\" { where = \(bare: function) }"))
            let members = generator.dice.one(of: [
                "part \(sign) segment.\(other)", "~part", "segment.\(other) \(sign) ~part",
            ])
            pieces.append(.statement("segment \"\(name)\" { where = \(members) }"))
        case 1:
            pieces.append(.statement("segment \"\(name)\" { where = \(bare: function) }"))
            audience = .prefix("segment.\(name) \(sign) ~segment.\(other)")
        case 2:
            // Typed at the command line, where nothing of the script is in sight.
            var typed = PredicateGenerator(dice: generator.dice, style: generator.style)
            typed.traits = generator.traits
            typed.segments = generator.segments
            pieces = []
            audience = .simple("function(c) \(bare: typed.body(.boolean, depth)) end")
        default: pieces.append(.statement("segment \"\(name)\" { where = \(bare: function) }"))
        }
        return Question(
            style: generator.style,
            file: File(path: "scripts/\(name).lua", piece: .statement("\(pieces)")), audience: audience)
    }

    private static func traits(_ dice: inout Dice) -> (file: File, names: [PredicateGenerator.Local]) {
        var names: [PredicateGenerator.Local] = []
        var pieces: [Piece] = []
        let kinds: [PredicateGenerator.Kind] = [.number, .text, .boolean, .text]
        for (index, kind) in kinds.enumerated() {
            var generator = PredicateGenerator(
                dice: Dice(seed: dice.seed()), style: dice.chance(75) ? .marketer : .wild)
            let name = "trait\(index + 1)"
            // Those before it, and now and then itself.
            generator.traits = names + (dice.chance(5) ? [.init(name: name, kind: kind)] : [])
            if dice.chance(20) { generator.segments = segmentNames }
            let body = generator.body(kind, 2)
            pieces.append(.statement("trait \"\(name)\" { of = function(c)\n\(bare: body)\nend }"))
            names.append(.init(name: name, kind: kind))
        }
        return (File(path: "scripts/a-traits.lua", piece: .statement("\([memory] + pieces)")), names)
    }

    private static let segmentNames = (1...6).map { "base\($0)" }

    private static func segments(
        _ dice: inout Dice, _ traits: [PredicateGenerator.Local]
    ) -> (file: File, names: [String]) {
        let names = segmentNames
        var pieces: [Piece] = []
        for name in names {
            var generator = PredicateGenerator(
                dice: Dice(seed: dice.seed()), style: dice.chance(75) ? .marketer : .wild)
            generator.traits = traits
            // Those before it; the last one also asks any, itself and those in a circle included.
            generator.segments =
                name == names.last && dice.chance(30) ? names : Array(names.prefix { $0 != name })
            let sign = dice.one(of: ["&", "|", "-"])
            if pieces.count > 2, dice.chance(20) {
                pieces.append(
                    .statement(
                        "segment \"\(name)\" { where = segment.base1 \(sign) \(dice.one(of: ["", "~"]))segment.base2 }"
                    ))
            } else {
                let body = generator.body(.boolean, 2)
                pieces.append(.statement("segment \"\(name)\" { where = function(c)\n\(bare: body)\nend }"))
            }
        }
        return (File(path: "scripts/b-segments.lua", piece: .statement("\([memory] + pieces)")), names)
    }

    /// What scripts require: a table of constants and a function.
    private static func library(_ dice: inout Dice, _ traits: [PredicateGenerator.Local]) -> File {
        var generator = PredicateGenerator(
            dice: Dice(seed: dice.seed()), style: dice.chance(75) ? .marketer : .wild)
        generator.traits = traits
        let body = generator.body(.boolean, 2)
        let piece = Piece.statement(
            """
            local lib = { cities = { Wuhan = true, ["北京"] = true, gold = 5, shop = false } }
            function lib.check(c)
            \(bare: body)
            end
            return lib
            """)
        return File(path: "scripts/lib/shared.lua", piece: .statement("\([memory, piece])"))
    }

    private static let memory = Piece.statement("local function remembered(key) return key or \"none\" end")
}

extension RandomScripts.File {
    var script: ScriptFile { ScriptFile(path: path, text: piece.text) }
}

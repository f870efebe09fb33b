import Basics

/// A text cut into words, signs and literals by a rough rule of its own.
struct Tokens {
    private(set) var parts: [String] = []

    static let alphabet =
        """
        and break do else elseif end false for function goto if in local nil not or repeat return then true until
        while + - * / // % ^ # & ~ | << >> == ~= <= >= < > = ( ) { } [ ] :: ; : , . .. ... a b c _ENV const close
        1 0x1F 2.5 "s" [[l]] f() a.b {} function() x=1 <const> ::a:: end end ; local x
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    init(cutting text: String) {
        var part = ""
        func kind(_ character: Character) -> Int {
            character.isLetter || character.isNumber || character == "_" ? 1 : character.isWhitespace ? 2 : 3
        }
        for character in text {
            if let last = part.last,
                kind(last) != kind(character) || kind(character) == 3 && !"=.<>/~:-[]".contains(last)
            {
                parts.append(part)
                part = ""
            }
            part.append(character)
        }
        parts.append(part)
    }

    var text: String { parts.joined() }

    /// Up to 300 parts from the beginning, so that texts differ in where they end.
    func slice(_ random: inout SplitMix64) -> Tokens {
        var copy = self
        if random.chance(40) { copy.parts = Array(parts.prefix(1 + random.below(parts.count))) }
        return copy
    }

    /// Removes, doubles, swaps or replaces one part.
    mutating func mutate(_ random: inout SplitMix64) {
        guard !parts.isEmpty else { return }
        let place = random.below(parts.count)
        switch random.below(5) {
        case 0: parts.remove(at: place)
        case 1: parts.insert(parts[place], at: place)
        case 2: parts.swapAt(place, random.below(parts.count))
        case 3: parts[place] = random.pick(Self.alphabet)
        default: parts.insert(" \(random.pick(Self.alphabet)) ", at: place)
        }
    }
}

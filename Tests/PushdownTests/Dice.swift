import Basics

/// Choices by a seed: the same seed chooses the same.
struct Dice {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// A number from 0 to `count - 1`.
    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &random) }

    /// Whether something happens that happens so often in a hundred.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[below(choices.count)] }

    mutating func number<Integer: FixedWidthInteger>(_ range: ClosedRange<Integer>) -> Integer {
        Integer.random(in: range, using: &random)
    }

    mutating func double(_ range: ClosedRange<Double>) -> Double {
        Double.random(in: range, using: &random)
    }

    /// A seed for dice of their own.
    mutating func seed() -> UInt64 { random.next() }
}

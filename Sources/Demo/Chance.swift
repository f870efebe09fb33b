internal import Basics

/// The random decisions about one customer, from a seed of their own.
///
/// Only whole numbers and the four operations of IEEE 754 are used: `log` and its like differ in the last
/// bit from one C library to the next, and the data must not.
struct Chance {
    private var generator: SplitMix64

    /// The decisions of one topic, so that a draw more in one leaves the others as they are.
    init(seed: UInt64, topic: String, customer: Int64) {
        var hash = StableHash(topic)
        hash.combine(Int64(bitPattern: seed))
        hash.combine(customer)
        generator = SplitMix64(seed: hash.value)
    }

    /// 64 random bits.
    mutating func bits() -> UInt64 {
        generator.next()
    }

    /// A number in 0 ..< bound; 0 for a bound below 1.
    mutating func below(_ bound: Int) -> Int {
        // The high half of the product: no division, and a bias far below what anyone could count.
        Int(generator.next().multipliedFullWidth(by: UInt64(max(bound, 1))).high)
    }

    /// A number of the range.
    mutating func within(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.count)
    }

    /// A number in [0, 1).
    mutating func unit() -> Double {
        Double(generator.next() >> 11) * 0x1p-53
    }

    /// Whether something of this probability happens.
    mutating func happens(_ probability: Double) -> Bool {
        unit() < probability
    }

    /// One of the choices, by weight.
    mutating func pick<Element>(_ choices: Weighted<Element>) -> Element {
        choices.element(at: below(choices.total))
    }

    /// One of the elements, each as likely as the others. There must be one.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// An instant of the half-open interval, or its start where it is empty.
    mutating func instant(from start: Int64, before end: Int64) -> Int64 {
        start + Int64(below(Int(end - start)))
    }
}

/// Elements with whole-number weights.
struct Weighted<Element: Sendable>: Sendable {
    private let elements: [Element]
    private let sums: [Int]
    /// The sum of the weights.
    let total: Int

    /// Choices with their weights. There must be one with a weight above 0.
    init(_ choices: [(Element, Int)]) {
        elements = choices.map(\.0)
        var sum = 0
        sums = choices.map { choice in
            sum += choice.1
            return sum
        }
        total = sum
    }

    /// The element whose share of the total covers the position.
    func element(at position: Int) -> Element {
        elements[firstIndex(in: sums, from: 0, above: position)]
    }
}

/// The first index from `start` on whose sum is above the value; the last index where there is none.
func firstIndex(in sums: [Int], from start: Int, above value: Int) -> Int {
    var low = start
    var high = sums.count - 1
    while low < high {
        let middle = (low + high) / 2
        if sums[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
}

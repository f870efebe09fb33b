internal import Basics
internal import Catalog

/// Numbers of a column, for what depends on their order: medians, percentiles, bins.
///
/// Each is held as a whole number of the same order, 8 bytes; floats by their bits.
struct NumberSample {
    /// The numbers as whole numbers that compare as they do; in no order.
    private(set) var keys: [Int64] = []
    private var isFloat = false
    // Where a pivot lies must not follow from the data, or some order of them would take quadratic time.
    private var random = SplitMix64(seed: 0)

    var count: Int { keys.count }

    mutating func add(_ number: Int64) {
        keys.append(isFloat ? Self.key(Double(number)) : number)
    }

    mutating func add(_ number: Double) {
        if !isFloat {
            isFloat = true
            for place in keys.indices { keys[place] = Self.key(Double(keys[place])) }
        }
        keys.append(Self.key(number))
    }

    /// The whole number that stands for a value in this sample; NULL and texts have none.
    func key(of value: Value) -> Int64? {
        switch value {
        case .integer(let number): isFloat ? Self.key(Double(number)) : number
        case .number(let number): isFloat ? Self.key(number) : Int64(exactly: number.rounded(.up))
        case .null, .text: nil
        }
    }

    /// The number at a place of their order, from 0 on. Cost: linear, whatever their order.
    mutating func number(at place: Int) -> Value {
        let key = select(place)
        return isFloat ? .number(Self.number(key)) : .integer(key)
    }

    /// The middle number, or the mean of the two in the middle; NULL of none.
    mutating func median() -> Value {
        guard count > 0 else { return .null }
        let upper = number(at: count / 2)
        if !count.isMultiple(of: 2) { return upper }
        switch (number(at: count / 2 - 1), upper) {
        case (.integer(let a), .integer(let b)):
            let (sum, isOver) = a.addingReportingOverflow(b)
            if !isOver, sum.isMultiple(of: 2) { return .integer(sum / 2) }
            return .number(isOver ? Double(a) / 2 + Double(b) / 2 : Double(sum) / 2)
        case (.number(let a), .number(let b)): return .number(a / 2 + b / 2)
        case (let a, _): return a
        }
    }

    /// Hoare's FIND (https://doi.org/10.1145/366622.366647).
    private mutating func select(_ place: Int) -> Int64 {
        var random = random
        defer { self.random = random }
        return keys.withUnsafeMutableBufferPointer { keys in
            var low = 0
            var high = keys.count - 1
            while low < high {
                let pivot = keys[Int.random(in: low...high, using: &random)]
                var left = low
                var right = high
                while left <= right {
                    while keys[left] < pivot { left += 1 }
                    while keys[right] > pivot { right -= 1 }
                    guard left <= right else { break }
                    keys.swapAt(left, right)
                    left += 1
                    right -= 1
                }
                if place <= right {
                    high = right
                } else if place >= left {
                    low = left
                } else {
                    break
                }
            }
            return keys[place]
        }
    }

    /// The bits of a float turned so that they compare as whole numbers do; `-0.0` is `0.0`.
    private static func key(_ number: Double) -> Int64 {
        let bits = Int64(bitPattern: (number == 0 ? 0 : number).bitPattern)
        return bits ^ ((bits >> 63) & .max)
    }

    private static func number(_ key: Int64) -> Double {
        Double(bitPattern: UInt64(bitPattern: key ^ ((key >> 63) & .max)))
    }
}

package import Catalog

/// How a value of each customer follows from those of all, in one pass.
package enum PopulationRule: Hashable, Sendable {
    /// 1 for the first, and so on.
    case rank(isDescending: Bool, Ties)
    /// The part of the customers, from 1, that the value lies in.
    case quantiles(Quantiles)
    /// The value divided by the sum of all.
    case share
    /// How many customers have the value.
    case count

    /// What customers of one value get.
    package enum Ties: String, CaseIterable, Sendable {
        /// A rank each, in the order of their numbers.
        case first
        /// The same rank; the next is as much higher as there are of them.
        case min
        /// The same rank; the next is one higher.
        case dense
    }

    /// Parts of the customers by their values.
    package struct Quantiles: Hashable, Sendable {
        /// What is cut.
        package enum Basis: String, CaseIterable, Sendable {
            /// The values.
            case value
            /// Their ranks, so that all parts are of one size.
            case rank
        }

        /// The side of a part to which a cut point belongs.
        package enum Side: String, CaseIterable, Sendable {
            case left, right
        }

        /// How many.
        package var parts: Int
        package var basis = Basis.value
        package var closed = Side.right
        /// Added to each cut point.
        package var offset = 0.0
        /// Whether the first part has the greatest values.
        package var isDescending = false
        /// Of ranks: the field in whose order customers of one value stand, and then by number; by number alone where nil.
        package var ties: String?
    }

    /// What the values are.
    package var type: ValueType {
        switch self {
        case .rank, .quantiles, .count: .integer
        case .share: .number
        }
    }
}

extension PopulationRule {
    /// The values that follow from those of customers in the order of their numbers; `before` says which of two of one
    /// value stands first, by their places. Nil where there is no sum to divide by.
    ///
    /// Cost: that of a sort.
    func values(of numbers: [Double], _ before: ((Int, Int) -> Bool)? = nil) -> [Double]? {
        switch self {
        case .rank(let isDescending, let ties):
            let order = Self.order(numbers) { isDescending ? $0 > $1 : $0 < $1 }
            return Self.ranks(numbers, order, ties)
        case .quantiles(let quantiles):
            return quantiles.parts(of: quantiles.basis == .value ? numbers : Self.firstRanks(numbers, before))
        case .share:
            let sum = Self.sum(numbers)
            return sum == 0 || !sum.isFinite ? nil : numbers.map { $0 / sum }
        case .count:
            let counts = Dictionary(numbers.map { ($0, 1.0) }, uniquingKeysWith: +)
            return numbers.map { counts[$0] ?? 0 }
        }
    }

    /// Places by their values, those of one value in their own order.
    private static func order(_ numbers: [Double], _ precedes: (Double, Double) -> Bool) -> [Int] {
        numbers.indices.sorted { a, b in
            if precedes(numbers[a], numbers[b]) { return true }
            return numbers[a] == numbers[b] && a < b
        }
    }

    private static func ranks(_ numbers: [Double], _ order: [Int], _ ties: Ties) -> [Double] {
        var ranks = Array(repeating: 0.0, count: numbers.count)
        var rank = 0
        for (index, place) in order.enumerated() {
            let isTied = index > 0 && numbers[order[index - 1]] == numbers[place]
            switch ties {
            case .first: rank = index + 1
            case .min: if !isTied { rank = index + 1 }
            case .dense: if !isTied { rank += 1 }
            }
            ranks[place] = Double(rank)
        }
        return ranks
    }

    private static func firstRanks(_ numbers: [Double], _ before: ((Int, Int) -> Bool)?) -> [Double] {
        guard let before else { return ranks(numbers, order(numbers, <), .first) }
        let order = numbers.indices.sorted { a, b in
            numbers[a] == numbers[b] ? before(a, b) : numbers[a] < numbers[b]
        }
        return ranks(numbers, order, .first)
    }

    /// The sum, with what each addition loses added at the end (A. Neumaier, 1974), so that it hangs on no order.
    private static func sum(_ numbers: [Double]) -> Double {
        var (sum, lost) = (0.0, 0.0)
        for number in numbers {
            let next = sum + number
            lost += abs(sum) >= abs(number) ? (sum - next) + number : (number - next) + sum
            sum = next
        }
        return sum + lost
    }
}

extension PopulationRule.Quantiles {
    /// The values between the parts: quantiles of type 7, by linear interpolation, as R, NumPy and pandas have them
    /// (R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, 1996).
    func cuts(of numbers: [Double]) -> [Double] {
        let sorted = numbers.sorted()
        guard let last = sorted.last else { return [] }
        return (1..<parts).map { part in
            // Of whole numbers, so that no rounding moves a cut past a value that it falls on.
            let (place, rest) = ((sorted.count - 1) * part).quotientAndRemainder(dividingBy: parts)
            let low = sorted[place]
            let high = place + 1 < sorted.count ? sorted[place + 1] : last
            let share = Double(rest) / Double(parts)
            return (rest == 0 || low == high ? low : (1 - share) * low + share * high) + offset
        }
    }

    /// The part of each value.
    func parts(of numbers: [Double]) -> [Double] {
        let cuts = cuts(of: numbers)
        return numbers.map { number in
            // Cuts rise, and so does whether they lie below.
            var (low, high) = (0, cuts.count)
            while low < high {
                let middle = (low + high) / 2
                let isBelow = closed == .right ? cuts[middle] < number : cuts[middle] <= number
                if isBelow { low = middle + 1 } else { high = middle }
            }
            return Double(isDescending ? parts - low : low + 1)
        }
    }
}

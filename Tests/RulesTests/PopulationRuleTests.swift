import Testing

@testable import Rules

@Suite("Values over the whole population")
struct PopulationRuleTests {
    @Test(
        "a rank says how many stand before, from either end, and ties as they are asked for",
        arguments: [
            (false, PopulationRule.Ties.first, [3.0, 2, 4, 1]), (false, .min, [3, 2, 3, 1]),
            (false, .dense, [3, 2, 3, 1]), (true, .first, [1, 3, 2, 4]), (true, .min, [1, 3, 1, 4]),
            (true, .dense, [1, 2, 1, 3]),
        ])
    func ranks(isDescending: Bool, ties: PopulationRule.Ties, expected: [Double]) {
        #expect(PopulationRule.rank(isDescending: isDescending, ties).values(of: [5, 3, 5, 1]) == expected)
    }

    /// `numpy.quantile([1, 1, 1, 2, 3, 10], [1/3, 2/3])` is `[1, 2 + 1/3]`, and R's `quantile` gives the same.
    @Test("cut points are interpolated, and a part may be empty")
    func cuts() {
        var quantiles = PopulationRule.Quantiles(parts: 3)
        let numbers = [3.0, 1, 10, 1, 2, 1]
        let cuts = quantiles.cuts(of: numbers)
        #expect(cuts[0] == 1 && abs(cuts[1] - (2 + 1.0 / 3)) < 1e-12)
        #expect(quantiles.parts(of: numbers) == [3, 1, 3, 1, 2, 1])
        quantiles.isDescending = true
        #expect(quantiles.parts(of: numbers) == [1, 3, 1, 3, 2, 3])
        quantiles = PopulationRule.Quantiles(parts: 4)
        #expect(quantiles.cuts(of: [1, 1, 1, 1, 9]) == [1, 1, 1])
        #expect(quantiles.parts(of: [1, 1, 1, 1, 9]) == [1, 1, 1, 1, 4])
        #expect(quantiles.cuts(of: []) == [] && quantiles.parts(of: []) == [])
        #expect(quantiles.parts(of: [7]) == [1])
    }

    /// Cut points one above the quantiles, and parts that begin with them: how the R package rfm scores.
    @Test("a part that is closed on its left begins with its cut point, which an offset moves")
    func left() {
        var quantiles = PopulationRule.Quantiles(parts: 3)
        (quantiles.closed, quantiles.offset) = (.left, 1)
        #expect(quantiles.parts(of: [3, 1, 10, 1, 2, 1]) == [2, 1, 3, 1, 2, 1])
    }

    /// `pandas.qcut(range(1, 11), 5)`
    @Test("a cut point that falls on a value belongs to the part that ends there")
    func onValue() {
        let quantiles = PopulationRule.Quantiles(parts: 5)
        #expect(quantiles.parts(of: (0...10).map(Double.init)) == [1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
        for parts in 2...40 {
            let cuts = PopulationRule.Quantiles(parts: parts).cuts(of: (0...(parts * 7)).map(Double.init))
            #expect(cuts == (1..<parts).map { Double($0 * 7) })
        }
    }

    /// `pandas.qcut(pandas.Series([2, 2, 2, 2, 5]).rank(method="first"), 5)`
    @Test("parts of ranks are of one size, those of one value in the order told")
    func ranked() {
        var quantiles = PopulationRule.Quantiles(parts: 5)
        quantiles.basis = .rank
        let rule = PopulationRule.quantiles(quantiles)
        #expect(rule.values(of: [2, 2, 5, 2, 2]) == [1, 2, 5, 3, 4])
        #expect(rule.values(of: [2, 2, 5, 2, 2]) { $0 > $1 } == [4, 3, 5, 2, 1])
    }

    @Test("shares add up to one, and there are none of nothing")
    func shares() {
        #expect(PopulationRule.share.values(of: [1, 3]) == [0.25, 0.75])
        #expect(PopulationRule.share.values(of: [1e16, 1, -1e16, 1])?[1] == 0.5)
        #expect(PopulationRule.share.values(of: [2, -2]) == nil)
        #expect(PopulationRule.share.values(of: []) == nil)
    }

    @Test("a count says how many have the value")
    func counts() {
        #expect(PopulationRule.count.values(of: [3, 1, 3, 0.5, 3]) == [3, 1, 3, 1, 3])
        #expect(PopulationRule.count.values(of: []) == [])
    }
}

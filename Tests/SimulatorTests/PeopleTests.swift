import Testing

@testable import Simulator

@Suite("People who share addresses")
struct PeopleTests {
    @Test(
        "customers are one person who share an address directly or through others, in whatever order that is told"
    )
    func groups() {
        let groups: [[Int64]] = [[7, 9], [2, 7], [4, 5], [9, 12], [5, 4]]
        for shared in [groups, groups.reversed()] {
            let people = People(sharing: shared)
            #expect([2, 4, 5, 6, 7, 9, 12].filter { !people.isAlone($0) } == [2, 4, 5, 7, 9, 12])
            #expect(people.people(in: 0...100) == [2, 4] && people.customers(of: 4) == [4, 5])
            #expect(people.customers(of: 2) == [2, 7, 9, 12])
            #expect(people.customers(of: 6) == [6])
            #expect(people.isAlone(6) && !people.isAlone(12))
            #expect(people.people(in: 1...3) == [2] && people.people(in: 2...4) == [2, 4])
            #expect(people.people(in: 5...100) == [] && people.people(in: -3...1) == [])
        }
    }
}

import Basics
import Calendars
import Diagnostics
import Testing

@Suite("Festivals")
struct FestivalTests {
    /// The instants at which it is so many days before the festival, from one on, as the wall clock shows them.
    private func instants(_ rule: Anniversary, from text: String) throws -> [String] {
        let festival = try Festival("spring-festival", on: ["2027-02-06", "2026-02-17", "2026-02-17"])
        var clock = try zoneClock("Asia/Shanghai")
        var last = try instant(text) - 1
        var found: [String] = []
        while let next = festival.next(rule, after: last, in: &clock) {
            found.append(shown(next, &clock))
            last = next
        }
        return found
    }

    @Test("a festival comes on each of its dates in order, so many days before and at the time of the rule")
    func order() throws {
        let week = try Anniversary(daysBefore: 7, at: TimeOfDay("10:00"))
        let day = try Anniversary(at: TimeOfDay("0:00"))
        let both = ["Tue 2026-02-10 10:00+08:00", "Sat 2027-01-30 10:00+08:00"]
        #expect(try instants(week, from: "2026-01-01 00:00+08:00") == both)
        #expect(try instants(week, from: "2026-02-10 10:00+08:00") == both)
        #expect(try instants(week, from: "2026-02-10 10:01+08:00") == [both[1]])
        #expect(try instants(day, from: "2027-01-01 00:00+08:00") == ["Sat 2027-02-06 00:00+08:00"])
        #expect(try instants(day, from: "2027-02-07 00:00+08:00") == [])
    }

    @Test("a date that no calendar has is an error that names it")
    func badDate() {
        do {
            _ = try Festival("spring-festival", on: ["2026-02-30"])
            Issue.record("no error")
        } catch {
            #expect(
                error.diagnostic.message
                    == "'2026-02-30' is no day of a festival: the calendar has no such day, or it is written in another way"
            )
            #expect(error.diagnostic.hint == "write a day of the calendar such as 2026-10-01")
        }
    }
}

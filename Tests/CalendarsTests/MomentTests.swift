import Basics
import Calendars
import Diagnostics
import Testing

@Suite("Moments")
struct MomentTests {
    @Test(
        "a date with a time is meant on the wall clock of the workspace, unless it has an offset",
        arguments: [
            ("2026-12-01 10:00", "Europe/Berlin", "Tue 2026-12-01 10:00+01:00"),
            ("2026-12-01T10:00:30", "Europe/Berlin", "Tue 2026-12-01 10:00:30+01:00"),
            ("2026-12-01 9:30", "Asia/Shanghai", "Tue 2026-12-01 09:30+08:00"),
            ("2026-12-01 10:00Z", "Europe/Berlin", "Tue 2026-12-01 11:00+01:00"),
            ("2026-12-01T10:00:00+08:00", "Europe/Berlin", "Tue 2026-12-01 03:00+01:00"),
            ("2026-12-01 10:00 -0530", "UTC", "Tue 2026-12-01 15:30+00:00"),
            ("2026-12-01 10:00-05", "UTC", "Tue 2026-12-01 15:00+00:00"),
            ("2026-03-29 02:30", "Europe/Berlin", "Sun 2026-03-29 03:00+02:00"),
            ("2026-10-25 02:30", "Europe/Berlin", "Sun 2026-10-25 02:30+02:00"),
            ("2011-12-30 12:00", "Pacific/Apia", "Sat 2011-12-31 00:00+14:00"),
        ])
    func read(text: String, zone: String, expected: String) throws {
        var clock = try zoneClock(zone)
        let moment = try Moment(text)
        #expect(shown(moment.instant(in: &clock), &clock) == expected)
    }

    @Test(
        "a moment is written as it is read",
        arguments: [
            ("2026-12-01T9:30", "2026-12-01 09:30"), ("2026-12-01 09:30:05", "2026-12-01 09:30:05"),
            ("2026-12-01 09:30 +00:00", "2026-12-01 09:30Z"),
            ("2026-12-01 09:30-0330", "2026-12-01 09:30-03:30"),
        ])
    func written(text: String, expected: String) throws {
        let moment = try Moment(text)
        #expect(moment.description == expected)
        #expect(try Moment(expected) == moment)
    }

    @Test(
        "what is no moment is told with the next step",
        arguments: [
            ("", "expected a date with a time, got nothing", #"write, for example, "2026-12-01 10:00""#),
            (
                "2026-12-01",
                "'2026-12-01' is no date with a time: it ends before a time of day",
                #"write, for example, "2026-12-01 10:00""#
            ),
            (
                "2026-02-29 10:00", "'2026-02-29 10:00' is no date with a time: '2026-02-29' is no date",
                "write a day of the calendar such as 2026-10-01"
            ),
            (
                "2026-12-01 24:00", "'2026-12-01 24:00' is no date with a time: '24:00' is no time of day",
                "write hours and minutes of a day of 24 hours, such as 9:30 or 18:00"
            ),
            (
                "2026-12-01 10:00 CET",
                "'2026-12-01 10:00 CET' is no date with a time: expected an offset such as Z or +08:00, found 'CET'",
                #"write, for example, "2026-12-01 10:00""#
            ),
            (
                "2026-12-01 10:00+15:00",
                "'2026-12-01 10:00+15:00' is no date with a time: expected an offset such as Z or +08:00, found '+15:00'",
                #"write, for example, "2026-12-01 10:00""#
            ),
            (
                "2026-12-01 10:00+8:00",
                "'2026-12-01 10:00+8:00' is no date with a time: expected an offset such as Z or +08:00, found '+8:00'",
                #"write, for example, "2026-12-01 10:00""#
            ),
            (
                "2026-12-01 10:00 Z Z",
                "'2026-12-01 10:00 Z Z' is no date with a time: it is whole before 'Z'",
                "remove 'Z' and what follows it"
            ),
        ])
    func errors(text: String, message: String, hint: String) throws {
        let error = try #require(throws: CalendarError.self) { try Moment(text) }
        #expect(error.diagnostic.message == message)
        #expect(error.diagnostic.hint == hint)
    }
}

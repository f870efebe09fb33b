import Basics
import Calendars
import Diagnostics
import Testing

@Suite("Schedules")
struct ScheduleTests {
    private static func runs(_ text: String, _ zone: String, after: String, _ count: Int) throws -> [String] {
        var clock = try zoneClock(zone)
        let schedule = try Schedule(text)
        var instant = try instant(after)
        return try (0..<count).map { _ in
            instant = try #require(schedule.next(after: instant, in: &clock))
            return shown(instant, &clock)
        }
    }

    @Test(
        "a sentence says when a campaign runs",
        arguments: [
            ("day at 10:00", ["Tue 2026-12-01 10:00+08:00", "Wed 2026-12-02 10:00+08:00"]),
            ("day at 8:00 and 18:30", ["Tue 2026-12-01 18:30+08:00", "Wed 2026-12-02 08:00+08:00"]),
            ("day at 0:00", ["Wed 2026-12-02 00:00+08:00", "Thu 2026-12-03 00:00+08:00"]),
            ("2 days at 10:00", ["Tue 2026-12-01 10:00+08:00", "Thu 2026-12-03 10:00+08:00"]),
            (
                "weekday at 9:00",
                [
                    "Wed 2026-12-02 09:00+08:00", "Thu 2026-12-03 09:00+08:00",
                    "Fri 2026-12-04 09:00+08:00", "Mon 2026-12-07 09:00+08:00",
                ]
            ),
            (
                "weekend at 09:00",
                [
                    "Sat 2026-12-05 09:00+08:00", "Sun 2026-12-06 09:00+08:00",
                    "Sat 2026-12-12 09:00+08:00",
                ]
            ),
            ("monday at 10:00", ["Mon 2026-12-07 10:00+08:00", "Mon 2026-12-14 10:00+08:00"]),
            ("Monday and THURSDAY at 10:00", ["Thu 2026-12-03 10:00+08:00", "Mon 2026-12-07 10:00+08:00"]),
            (
                "monday, wednesday and friday at 10:00",
                [
                    "Wed 2026-12-02 10:00+08:00",
                    "Fri 2026-12-04 10:00+08:00", "Mon 2026-12-07 10:00+08:00",
                ]
            ),
            ("week on monday at 10:00", ["Mon 2026-12-07 10:00+08:00", "Mon 2026-12-14 10:00+08:00"]),
            ("2 weeks on monday at 10:00", ["Mon 2026-12-14 10:00+08:00", "Mon 2026-12-28 10:00+08:00"]),
            ("month on the 1st at 10:00", ["Tue 2026-12-01 10:00+08:00", "Fri 2027-01-01 10:00+08:00"]),
            (
                "month on the 1st and 15th at 8:00",
                ["Tue 2026-12-15 08:00+08:00", "Fri 2027-01-01 08:00+08:00"]
            ),
            (
                "month on the 30th at 8:00",
                [
                    "Wed 2026-12-30 08:00+08:00", "Sat 2027-01-30 08:00+08:00",
                    "Sun 2027-02-28 08:00+08:00", "Tue 2027-03-30 08:00+08:00",
                ]
            ),
            (
                "month on the 31st at 8:00",
                [
                    "Thu 2026-12-31 08:00+08:00", "Sun 2027-01-31 08:00+08:00",
                    "Sun 2027-02-28 08:00+08:00", "Wed 2027-03-31 08:00+08:00", "Fri 2027-04-30 08:00+08:00",
                ]
            ),
            ("last day of the month at 18:00", ["Thu 2026-12-31 18:00+08:00", "Sun 2027-01-31 18:00+08:00"]),
            (
                "first day of the month at 18:00",
                ["Tue 2026-12-01 18:00+08:00", "Fri 2027-01-01 18:00+08:00"]
            ),
            (
                "last weekday of the month at 10:00",
                [
                    "Thu 2026-12-31 10:00+08:00",
                    "Fri 2027-01-29 10:00+08:00",
                ]
            ),
            (
                "third weekday of the month at 10:00",
                [
                    "Thu 2026-12-03 10:00+08:00",
                    "Tue 2027-01-05 10:00+08:00",
                ]
            ),
            (
                "last friday of the month at 10:00",
                [
                    "Fri 2026-12-25 10:00+08:00",
                    "Fri 2027-01-29 10:00+08:00",
                ]
            ),
            (
                "first monday of the month at 10:00",
                [
                    "Mon 2026-12-07 10:00+08:00",
                    "Mon 2027-01-04 10:00+08:00",
                ]
            ),
            ("hour", ["Tue 2026-12-01 10:00+08:00", "Tue 2026-12-01 11:00+08:00"]),
            ("30 minutes", ["Tue 2026-12-01 09:30+08:00", "Tue 2026-12-01 10:00+08:00"]),
            (
                "6 hours",
                [
                    "Tue 2026-12-01 12:00+08:00", "Tue 2026-12-01 18:00+08:00",
                    "Wed 2026-12-02 00:00+08:00",
                ]
            ),
        ] as [(String, [String])])
    func sentences(text: String, expected: [String]) throws {
        // A Tuesday; the run itself is never its own next.
        let runs = try Self.runs(text, "Asia/Shanghai", after: "2026-12-01 09:00:00+08:00", expected.count)
        #expect(runs == expected)
    }

    @Test(
        "a line of cron means what crontab(5) says",
        arguments: [
            ("0 10 * * 1-5", ["Tue 2026-12-01 10:00+08:00", "Wed 2026-12-02 10:00+08:00"]),
            (
                "0 0 13 * 5",
                [
                    "Fri 2026-12-04 00:00+08:00", "Fri 2026-12-11 00:00+08:00",
                    "Sun 2026-12-13 00:00+08:00",
                ]
            ),
            (
                "0 0 */2 * 1",
                [
                    "Mon 2026-12-07 00:00+08:00", "Mon 2026-12-21 00:00+08:00",
                    "Mon 2027-01-11 00:00+08:00",
                ]
            ),
            ("0 0 * * 7", ["Sun 2026-12-06 00:00+08:00", "Sun 2026-12-13 00:00+08:00"]),
            ("0 0 * * 0", ["Sun 2026-12-06 00:00+08:00", "Sun 2026-12-13 00:00+08:00"]),
            (
                "0 0 * * 5-7",
                [
                    "Fri 2026-12-04 00:00+08:00", "Sat 2026-12-05 00:00+08:00",
                    "Sun 2026-12-06 00:00+08:00", "Fri 2026-12-11 00:00+08:00",
                ]
            ),
            (
                "15,45 */12 1 JAN-mar/2 *",
                [
                    "Fri 2027-01-01 00:15+08:00", "Fri 2027-01-01 00:45+08:00",
                    "Fri 2027-01-01 12:15+08:00", "Fri 2027-01-01 12:45+08:00", "Mon 2027-03-01 00:15+08:00",
                ]
            ),
            ("0 9 * * mon,Wed", ["Wed 2026-12-02 09:00+08:00", "Mon 2026-12-07 09:00+08:00"]),
            ("0 0 29 2 *", ["Tue 2028-02-29 00:00+08:00", "Sun 2032-02-29 00:00+08:00"]),
            (
                "0 0 31 * *",
                [
                    "Thu 2026-12-31 00:00+08:00", "Sun 2027-01-31 00:00+08:00",
                    "Wed 2027-03-31 00:00+08:00",
                ]
            ),
            ("@yearly", ["Fri 2027-01-01 00:00+08:00", "Sat 2028-01-01 00:00+08:00"]),
            ("@monthly", ["Fri 2027-01-01 00:00+08:00", "Mon 2027-02-01 00:00+08:00"]),
            ("@weekly", ["Sun 2026-12-06 00:00+08:00", "Sun 2026-12-13 00:00+08:00"]),
            ("@daily", ["Wed 2026-12-02 00:00+08:00", "Thu 2026-12-03 00:00+08:00"]),
            ("@Hourly", ["Tue 2026-12-01 10:00+08:00", "Tue 2026-12-01 11:00+08:00"]),
        ] as [(String, [String])])
    func cron(text: String, expected: [String]) throws {
        let runs = try Self.runs(text, "Asia/Shanghai", after: "2026-12-01 09:00+08:00", expected.count)
        #expect(runs == expected)
    }

    @Test(
        "a skipped run happens behind the gap, a doubled time runs once, and what repeats goes on",
        arguments: [
            (
                "day at 2:30", "Europe/Berlin", "2026-03-28 12:00+01:00",
                ["Sun 2026-03-29 03:00+02:00", "Mon 2026-03-30 02:30+02:00"]
            ),
            (
                "day at 2:00, 2:30 and 3:00", "Europe/Berlin", "2026-03-28 12:00+01:00",
                ["Sun 2026-03-29 03:00+02:00", "Mon 2026-03-30 02:00+02:00"]
            ),
            (
                "day at 2:30", "Europe/Berlin", "2026-10-24 12:00+02:00",
                ["Sun 2026-10-25 02:30+02:00", "Mon 2026-10-26 02:30+01:00"]
            ),
            ("day at 2:30", "Europe/Berlin", "2026-10-25 02:00+01:00", ["Mon 2026-10-26 02:30+01:00"]),
            ("day at 3:00", "Europe/Berlin", "2026-10-25 02:59+02:00", ["Sun 2026-10-25 03:00+01:00"]),
            (
                "hour", "Europe/Berlin", "2026-03-29 00:59+01:00",
                ["Sun 2026-03-29 01:00+01:00", "Sun 2026-03-29 03:00+02:00", "Sun 2026-03-29 04:00+02:00"]
            ),
            (
                "hour", "Europe/Berlin", "2026-10-25 01:30+02:00",
                ["Sun 2026-10-25 02:00+02:00", "Sun 2026-10-25 02:00+01:00", "Sun 2026-10-25 03:00+01:00"]
            ),
            (
                "*/30 2 * * *", "Europe/Berlin", "2026-10-25 01:30+02:00",
                [
                    "Sun 2026-10-25 02:00+02:00", "Sun 2026-10-25 02:30+02:00", "Sun 2026-10-25 02:00+01:00",
                    "Sun 2026-10-25 02:30+01:00", "Mon 2026-10-26 02:00+01:00",
                ]
            ),
            (
                "0,30 2 * * *", "Europe/Berlin", "2026-10-25 01:30+02:00",
                ["Sun 2026-10-25 02:00+02:00", "Sun 2026-10-25 02:30+02:00", "Mon 2026-10-26 02:00+01:00"]
            ),
            (
                "*/30 2 * * *", "Europe/Berlin", "2026-03-29 01:30+01:00",
                ["Sun 2026-03-29 03:00+02:00", "Mon 2026-03-30 02:00+02:00"]
            ),
            (
                "30 minutes", "Australia/Lord_Howe", "2026-10-04 01:00+10:30",
                ["Sun 2026-10-04 01:30+10:30", "Sun 2026-10-04 02:30+11:00", "Sun 2026-10-04 03:00+11:00"]
            ),
            (
                "day at 2:15", "Australia/Lord_Howe", "2026-10-03 12:00+10:30",
                ["Sun 2026-10-04 02:30+11:00", "Mon 2026-10-05 02:15+11:00"]
            ),
            (
                "day at 1:45", "Australia/Lord_Howe", "2026-04-04 12:00+11:00",
                ["Sun 2026-04-05 01:45+11:00", "Mon 2026-04-06 01:45+10:30"]
            ),
            (
                "day at 2:30", "America/New_York", "2026-03-08 00:00-05:00",
                ["Sun 2026-03-08 03:00-04:00", "Mon 2026-03-09 02:30-04:00"]
            ),
            (
                "day at 1:30", "America/New_York", "2026-11-01 00:00-04:00",
                ["Sun 2026-11-01 01:30-04:00", "Mon 2026-11-02 01:30-05:00"]
            ),
            (
                "day at 0:00", "America/Sao_Paulo", "2018-11-03 12:00-03:00",
                ["Sun 2018-11-04 01:00-02:00", "Mon 2018-11-05 00:00-02:00"]
            ),
            (
                "day at 10:00", "Pacific/Apia", "2011-12-29 09:00-10:00",
                ["Thu 2011-12-29 10:00-10:00", "Sat 2011-12-31 00:00+14:00", "Sat 2011-12-31 10:00+14:00"]
            ),
            (
                "friday at 10:00", "Pacific/Apia", "2011-12-29 09:00-10:00",
                ["Sat 2011-12-31 00:00+14:00", "Fri 2012-01-06 10:00+14:00"]
            ),
            (
                "day at 23:59", "Asia/Shanghai", "2026-12-31 23:58:59+08:00",
                ["Thu 2026-12-31 23:59+08:00", "Fri 2027-01-01 23:59+08:00"]
            ),
        ] as [(String, String, String, [String])])
    func daylight(text: String, zone: String, after: String, expected: [String]) throws {
        let runs = try Self.runs(text, zone, after: after, expected.count)
        #expect(runs == expected)
    }

    @Test(
        "a schedule describes itself",
        arguments: [
            ("day at 10:00", "every day at 10:00"),
            ("2 days at 9:05", "every 2 days at 9:05"),
            ("day at 18:30, 8:00 and 12:00", "every day at 8:00, 12:00 and 18:30"),
            ("weekday at 9:00", "Monday to Friday at 9:00"),
            ("weekend at 9:00", "every Saturday and Sunday at 9:00"),
            ("thursday and monday at 10:00", "every Monday and Thursday at 10:00"),
            ("3 weeks on monday at 10:00", "every 3 weeks on Monday at 10:00"),
            ("month on the 1st and 22nd at 10:00", "on the 1st and 22nd of every month at 10:00"),
            (
                "month on the 30th at 10:00",
                "on the 30th of every month (its last day where it is shorter) at 10:00"
            ),
            ("month on the 31st at 10:00", "on the last day of every month at 10:00"),
            ("last day of the month at 18:00", "on the last day of every month at 18:00"),
            ("first day of the month at 18:00", "on the 1st of every month at 18:00"),
            ("last weekday of the month at 10:00", "on the last weekday of every month at 10:00"),
            ("second friday of the month at 10:00", "on the second Friday of every month at 10:00"),
            ("minute", "every minute"),
            ("hour", "every hour"),
            ("12 hours", "every 12 hours"),
            ("30 minutes", "every 30 minutes"),
            ("0 10 * * *", "every day at 10:00"),
            ("0 10 * * 1-5", "Monday to Friday at 10:00"),
            ("*/30 9-17 * * 1-5", "every 30 minutes from 9:00 to 17:30, Monday to Friday"),
            ("5 * * * *", "every hour from 0:05 to 23:05"),
            ("0 0 13 * 5", "on the 13th of every month, and every Friday at 0:00"),
            ("0 0 */10 * 1", "on the 1st, 11th, 21st and 31st of every month where that is a Monday at 0:00"),
            ("0 0 1 1,7 *", "on the 1st of January and July at 0:00"),
            ("0 9 * 12 sat,sun", "every Saturday and Sunday in December at 9:00"),
            ("0 9 * 6-8 *", "every day in June, July and August at 9:00"),
            ("0,1,3 */4 * * *", "every day at 18 times from 0:00 to 20:03"),
            ("@weekly", "every Sunday at 0:00"),
        ])
    func descriptions(text: String, expected: String) throws {
        let schedule = try Schedule(text)
        #expect(schedule.description == expected)
    }

    @Test(
        "a sentence and a line of cron that mean the same are the same",
        arguments: [
            ("day at 10:00", "0 10 * * *"), ("weekday at 9:30", "30 9 * * mon-fri"), ("hour", "@hourly"),
            ("15 minutes", "*/15 * * * *"), ("sunday at 0:00", "@weekly"), ("day at 0:00", "@midnight"),
            ("6 hours", "0 */6 * * *"), ("week on tuesday at 8:00", "0 8 * * 2"),
            ("day at 10:00", "0 10 1-31 * 3"),
        ])
    func same(sentence: String, cron: String) throws {
        let (first, second) = (try Schedule(sentence), try Schedule(cron))
        #expect(first == second)
    }

    @Test(
        "what is no schedule is told with the next step",
        arguments: [
            ("", "expected a schedule, got nothing", #"write, for example, "day at 10:00""#),
            ("dya at 10:00", "'dya at 10:00' is no schedule: unknown word 'dya'", "did you mean 'day'?"),
            (
                "every day at 10:00", "'every day at 10:00' is no schedule: unknown word 'every'",
                "leave it out: the key says so already"
            ),
            (
                "day", "'day' is no schedule: it ends before 'at' and a time such as 10:00",
                #"write, for example, "day at 10:00""#
            ),
            (
                "day 10:00",
                "'day 10:00' is no schedule: expected 'at' and a time such as 10:00, found '10:00'",
                #"write, for example, "day at 10:00""#
            ),
            (
                "day at", "'day at' is no schedule: it ends before a time such as 10:00",
                #"write, for example, "day at 10:00""#
            ),
            (
                "day at 10am", "'day at 10am' is no schedule: '10am' is no time of day",
                "write hours and minutes of a day of 24 hours, such as 9:30 or 18:00"
            ),
            (
                "day at 24:00", "'day at 24:00' is no schedule: '24:00' is no time of day",
                "write hours and minutes of a day of 24 hours, such as 9:30 or 18:00"
            ),
            (
                "day at 10:00-12:00", "'day at 10:00-12:00' is no schedule: '10:00-12:00' is no time of day",
                "write hours and minutes of a day of 24 hours, such as 9:30 or 18:00"
            ),
            (
                "day at 10:00 sharp", "'day at 10:00 sharp' is no schedule: it is whole before 'sharp'",
                "remove 'sharp' and what follows it"
            ),
            (
                "hour at 10:00", "'hour at 10:00' is no schedule: it is whole before 'at'",
                "remove 'at' and what follows it"
            ),
            (
                "monday and thirsday at 10:00",
                "'monday and thirsday at 10:00' is no schedule: unknown word 'thirsday'",
                "did you mean 'thursday'?"
            ),
            (
                "week at 10:00", "'week at 10:00' is no schedule: expected 'on', found 'at'",
                #"write, for example, "day at 10:00""#
            ),
            (
                "month on the 32nd at 10:00",
                "'month on the 32nd at 10:00' is no schedule: the day of a month is from 1 to 31, got '32nd'",
                #"write, for example, "day at 10:00""#
            ),
            (
                "month on the first at 10:00",
                "'month on the first at 10:00' is no schedule: expected a day such as 1st, found 'first'",
                #"write, for example, "day at 10:00""#
            ),
            (
                "fifth monday of the month at 10:00",
                "'fifth monday of the month at 10:00' is no schedule: unknown word 'fifth'",
                #"write, for example, "day at 10:00""#
            ),
            (
                "last fridy of the month at 10:00",
                "'last fridy of the month at 10:00' is no schedule: unknown word 'fridy'",
                "did you mean 'friday'?"
            ),
            (
                "45 minutes",
                "'45 minutes' is no schedule: the number of minutes is one of 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, got '45'",
                #"write, for example, "day at 10:00""#
            ),
            (
                "0 days at 10:00",
                "'0 days at 10:00' is no schedule: the number of days is from 1 to 366, got '0'",
                #"write, for example, "day at 10:00""#
            ),
            (
                "3 months on the 1st at 10:00",
                "'3 months on the 1st at 10:00' is no schedule: unknown word 'months'",
                "write one of minutes, hours, days, weeks"
            ),
            (
                "30", "'30' is no schedule: it ends before a unit such as minutes",
                #"write, for example, "day at 10:00""#
            ),
            (
                "0 10 * *", "'0 10 * *' is no cron line: it has 4 fields, not five",
                #"write, for example, "0 10 * * 1-5", which is minute, hour, day, month and weekday"#
            ),
            (
                "60 10 * * *", "'60 10 * * *' is no cron line: the minute is from 0 to 59, got '60'",
                #"write, for example, "0 10 * * 1-5", which is minute, hour, day, month and weekday"#
            ),
            (
                "0 10 * * fri-mon",
                "'0 10 * * fri-mon' is no cron line: the weekday range 'fri-mon' runs backward",
                "write it as two ranges, joined by a comma, instead of 'fri-mon'"
            ),
            ("0 10 * * mno", "'0 10 * * mno' is no cron line: unknown word 'mno'", "did you mean 'mon'?"),
            (
                "5/15 * * * *",
                "'5/15 * * * *' is no cron line: expected a range or * before the step, in the minute, found '5/15'",
                #"write, for example, "0 10 * * 1-5", which is minute, hour, day, month and weekday"#
            ),
            (
                "*/0 * * * *",
                "'*/0 * * * *' is no cron line: the step of the minute is from 1 to 59, got '0'",
                #"write, for example, "0 10 * * 1-5", which is minute, hour, day, month and weekday"#
            ),
            (
                "0 0 30 2 *", "'0 0 30 2 *' is no cron line: no year has such a day",
                #"write, for example, "0 10 * * 1-5", which is minute, hour, day, month and weekday"#
            ),
            (
                "1,,2 10 * * *", "'1,,2 10 * * *' is no cron line: the minute is from 0 to 59, got ''",
                #"write, for example, "0 10 * * 1-5", which is minute, hour, day, month and weekday"#
            ),
            ("@dayly", "'@dayly' is no cron line: unknown word '@dayly'", "did you mean '@daily'?"),
            (
                "@reboot", "'@reboot' is no cron line: unknown word '@reboot'",
                "write one of @annually, @daily, @hourly, @midnight, @monthly, @weekly, @yearly"
            ),
        ])
    func errors(text: String, message: String, hint: String) throws {
        let error = try #require(throws: CalendarError.self) { try Schedule(text) }
        #expect(error.diagnostic.message == message)
        #expect(error.diagnostic.hint == hint)
    }
}

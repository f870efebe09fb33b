internal import Basics

/// When the messages of a run would be sent: weeks, hours, and each campaign's days.
struct RunPageCalendar: Encodable {
    struct Week: Encodable {
        /// The month of its first day in the run: `Dec 2026`.
        var month: String
        var days: [Cell]
    }

    struct Cell: Encodable {
        /// `Tue 1 Dec`; empty for a day that is not in the run.
        var name: String
        /// Of the month.
        var number: String
        var sent: String
        /// From 0 for none to 5 for most.
        var level: Int
    }

    struct HourCell: Encodable {
        var x: Int
        var y: Int
        var opacity: Double
        var title: String
    }

    struct Label: Encodable {
        var text: String
        var position: Int
    }

    /// The weeks in which something is sent, or all of few.
    let weeks: [Week]
    /// How many weeks are left out since nothing is sent in them, and since there are too many.
    let quietWeeks: Int
    let moreWeeks: Int
    let rows: [RunPageValues.Row]
    let hours: [HourCell]
    let hourLabels: [Label]
    let dayLabels: [Label]
    let hoursHeight: Int
    let hoursSummary: String

    private static let weekLimit = 53
    private static let fewWeeks = 9

    init(_ summary: RunSummary) {
        let days = Self.totals(summary)
        let most = days.map(\.sent).max() ?? 0
        var weeks: [(isQuiet: Bool, week: Week)] = []
        if let first = days.first.flatMap({ CivilDate(iso: $0.day) }),
            let last = days.last.flatMap({ CivilDate(iso: $0.day) })
        {
            let counts = Dictionary(days.map { ($0.day, $0.sent) }, uniquingKeysWith: +)
            var monday = first.daysSinceEpoch - (first.weekday - 1)
            while monday <= last.daysSinceEpoch {
                let dates = (monday..<monday + 7).map { CivilDate(daysSinceEpoch: $0) }
                let cells = dates.map { Self.cell($0, counts["\($0)"], most: most) }
                let start = max(monday, first.daysSinceEpoch)
                let month = dayText("\(CivilDate(daysSinceEpoch: start))", withYear: true)
                    .split(separator: " ").suffix(2)
                let isQuiet = cells.allSatisfy { $0.level == 0 }
                weeks.append((isQuiet, Week(month: month.joined(separator: " "), days: cells)))
                monday += 7
            }
        }
        let shown = weeks.count <= Self.fewWeeks ? weeks : weeks.filter { !$0.isQuiet }
        self.weeks = shown.prefix(Self.weekLimit).map(\.week)
        quietWeeks = weeks.count - shown.count
        moreWeeks = max(0, shown.count - Self.weekLimit)
        rows = summary.campaigns.filter { $0.sent > 0 }.map { campaign in
            let days = campaign.calendar.days
            let busiest = days.max { ($0.sent, $1.day) < ($1.sent, $0.day) }
            return RunPageValues.Row(
                name: campaign.name, total: campaign.sent,
                bars: RunPageValues.bars(days.map { (dayText($0.day), $0.sent) }),
                summary: busiest.map { "most on \(dayText($0.day)): \(grouped($0.sent))" } ?? "")
        }
        let chart = HourChart(summary.campaigns.flatMap(\.calendar.hours))
        (hours, dayLabels, hoursHeight, hoursSummary) = (
            chart.cells, chart.labels, chart.height, chart.summary
        )
        hourLabels = stride(from: 0, to: 24, by: 3).map {
            Label(text: digits($0, 2), position: HourChart.left + $0 * HourChart.cell)
        }
    }

    private static func totals(_ summary: RunSummary) -> [RunSummary.Day] {
        var days = summary.campaigns.first?.calendar.days ?? []
        for campaign in summary.campaigns.dropFirst() {
            for (place, day) in campaign.calendar.days.enumerated() { days[place].sent += day.sent }
        }
        return days
    }

    private static func cell(_ date: CivilDate, _ sent: Int?, most: Int) -> Cell {
        guard let sent else { return Cell(name: "", number: "", sent: "", level: 0) }
        return Cell(
            name: dayText("\(date)"), number: String(date.day), sent: sent == 0 ? "" : grouped(sent),
            level: sent == 0 ? 0 : 1 + sent * 4 / max(1, most))
    }
}

/// Hours by days, or by days of the week where there are many days.
private struct HourChart {
    static let left = 64
    static let top = 16
    static let cell = 13
    private static let dayLimit = 31

    var cells: [RunPageCalendar.HourCell] = []
    var labels: [RunPageCalendar.Label] = []
    var height: Int
    var summary = ""

    init(_ hours: [RunSummary.Hour]) {
        let days = Set(hours.map { String($0.hour.prefix(10)) }).sorted()
        let isByWeekday = days.count > Self.dayLimit
        func row(_ day: String) -> String { isByWeekday ? String(dayText(day).prefix(3)) : dayText(day) }
        let rows = isByWeekday ? ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] : days.map(row)
        let places = Dictionary(rows.enumerated().map { ($1, $0) }) { first, _ in first }
        var counts: [[Int]] = rows.map { _ in [Int](repeating: 0, count: 24) }
        for hour in hours {
            guard let place = places[row(String(hour.hour.prefix(10)))],
                let number = Int(hour.hour.dropFirst(11).prefix(2))
            else { continue }
            counts[place][number] += hour.sent
        }
        let most = counts.joined().max() ?? 0
        labels = rows.enumerated().map { place, name in
            RunPageCalendar.Label(text: name, position: Self.top + place * Self.cell + 10)
        }
        height = Self.top + rows.count * Self.cell + 2
        for (place, name) in rows.enumerated() {
            for (hour, count) in counts[place].enumerated() {
                let title = "\(name) \(digits(hour, 2)):00: \(grouped(count))"
                cells.append(
                    RunPageCalendar.HourCell(
                        x: Self.left + hour * Self.cell, y: Self.top + place * Self.cell,
                        opacity: count == 0
                            ? 0 : RunPageValues.rounded(0.15 + 0.85 * Double(count) / Double(most)),
                        title: title))
                if count == most, summary.isEmpty, most > 0 { summary = "most at \(title)" }
            }
        }
    }
}

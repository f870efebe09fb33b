internal import Basics
internal import LuaRuntime

/// Times are numbers: Unix seconds, UTC. Spans are seconds.
let timeWords: [HostWord] = [
    HostWord(
        function: "now", doc: "The virtual time of the run.", example: "c.last_order_at < now() - days(90)"
    ) { host in .integer(host.clock.now) }.giving("Time"),
    HostWord(
        function: "today", doc: "Midnight of the current day in the workspace's time zone.",
        example: "c.orders:since(today()):any()"
    ) { host in
        var local = host.clock.local
        return .integer(local.instant(host.clock.today))
    }.giving("Time"),
    span("minutes", 60, example: "now() - minutes(30)"),
    span("hours", 3600, example: "now() - hours(24)"),
    span("days", 86_400, example: "c:birthday_within(days(3))"),
    HostWord(
        function: "days_ago", .number("n"), doc: "The time n days before now.",
        example: "c.last_order_at < days_ago(90)"
    ) { host, days in seconds(Double(host.clock.now) - days * 86_400) }.giving("Time"),
    HostWord(
        function: "date", .optionalText("text"),
        doc:
            "The time of 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM' in the workspace's time zone; missing stays missing.",
        example: "c.registered_at >= date \"2026-11-11\""
    ) { host, text in
        guard let text else { return .missing }
        guard let instant = host.clock.instant(text) else {
            throw LuaError(
                "date takes a day such as 2026-11-11 or 2026-11-11 10:00, got\(host.mention(text, instead: " another text"))"
            )
        }
        return .integer(instant)
    }.giving("Time?"),
].map { $0.showingExample() }

private func span(_ name: String, _ length: Double, example: String) -> HostWord {
    HostWord(
        function: name, .number("n"), doc: "A span of n \(name), in seconds.", example: example
    ) { _, count in seconds(count * length) }.giving("Span")
}

/// Whole seconds stay whole, so that times print without a point.
private func seconds(_ value: Double) -> LuaValue {
    Int64(exactly: value).map(LuaValue.integer) ?? .number(value)
}

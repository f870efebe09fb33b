internal import Calendars
internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// The days off and the festivals of a plugin: `plugin.holidays "cn" { … }`.
struct ProvidedHolidays {
    /// The days off and the make-up workdays.
    let calendar: HolidayCalendar
    /// The festivals, in the order of their names.
    let festivals: [Festival]

    /// - Throws: ``LuaError`` or ``RuleError`` about days that no calendar has, or a name that a festival cannot have.
    init(_ name: String, _ settings: Settings) throws {
        do {
            calendar = try HolidayCalendar(
                settings.names("off") ?? [], workdays: settings.names("work") ?? [])
            festivals = try Self.festivals(settings)
        } catch let error as CalendarError {
            let diagnostic = error.diagnostic
            throw LuaError(
                "\(settings.owner): \(diagnostic.message)", at: settings.location, hint: diagnostic.hint)
        }
    }

    private static func festivals(_ settings: Settings) throws -> [Festival] {
        let expected = "lists of dates by festival, such as { [\"spring-festival\"] = { \"2026-02-17\" } }"
        switch settings["festivals"] {
        case .missing: return []
        case .table(let table) where table.array.isEmpty:
            return try table.fields.sorted { $0.name < $1.name }.map { name, dates in
                guard let dates = dates.texts else {
                    throw settings.wrong("festivals", expected, "\(dates.described) for '\(name)'")
                }
                guard !Field.dates.contains(where: { $0.name == name }) else {
                    throw LuaError(
                        "the festival '\(name)' of \(settings.owner) has the name of a date of customers",
                        at: settings.place(of: "festivals"), hint: "give it another name")
                }
                return try Festival(name, on: dates)
            }
        case let other: throw settings.wrong("festivals", expected, other.described)
        }
    }
}

extension Field {
    /// The dates of customers, before which campaigns can be.
    static let dates = customerColumns.filter { [.date, .instant].contains($0.type) }
}

extension RuleHost {
    /// The festivals of the calendars of plugins, in the order of plugins.
    func festivals() throws -> [Festival] {
        try provisions(of: .holidays).flatMap { try ProvidedHolidays($0.name, settings(of: $0)).festivals }
    }

    /// The days off of the workspace.
    ///
    /// - Throws: ``LuaError`` where it names the calendar of a plugin and none provides it.
    func holidays() throws -> HolidayCalendar {
        guard let name = calendars.provided else { return calendars.holidays }
        guard let provision = provision(.holidays, name) else {
            let known = provisions(of: .holidays).map(\.name)
            throw LuaError(
                "workspace.lua says holidays = \"\(name)\", and no plugin that runs provides them",
                hint: known.isEmpty
                    ? "moonletter plugins list says which plugins there are; enable one, or list the days yourself"
                    : suggestion(name, known, what: "calendar"))
        }
        return try ProvidedHolidays(name, settings(of: provision)).calendar
    }
}

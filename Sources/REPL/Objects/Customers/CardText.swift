internal import Basics
internal import Catalog
internal import Diagnostics
internal import Reports
internal import Rules
internal import Store

/// A customer's card for the terminal: a heading, what can be said in a line each, and the last and next events as small
/// tables.
struct CardText {
    private let profile: CustomerProfile
    private let page: Page
    private let session: PromptSession
    private let dates: CardDates

    private static let labelWidth = 10
    /// What is shown of the next 30 days.
    private static let forecastLimit = 8

    init(_ profile: CustomerProfile, _ page: Page, _ session: PromptSession) {
        (self.profile, self.page, self.session) = (profile, page, session)
        dates = CardDates(page.format.clock)
    }

    func show() throws {
        heading()
        for reach in profile.reaches { line(reach.channel.rawValue, [text(reach)]) }
        if profile.reaches.isEmpty { line("address", ["none"]) }
        line("value", value)
        line("traits", profile.traits.compactMap(trait))
        line(
            "segments",
            [profile.segments.joined(separator: ", ")].filter { !$0.isEmpty }
                + profile.failedSegments.map { "\($0.name): \(page.safe($0.error))" })
        line("tags", [profile.tags.map(page.safe).joined(separator: ", ")])
        line("interests", [profile.interests.map(page.safe).joined(separator: ", ")])
        line("points", [profile.integer("points").map { $0 == 0 ? "" : grouped(Int($0)) } ?? ""])
        for work in profile.work { line(work.kind, [text(work)]) }
        orders()
        messages()
        forecast()
    }

    // MARK: Who

    private func heading() {
        let name = profile.text("name").map(page.safe) ?? "no name"
        page.line(page.style.paint("\(name) · customer \(profile.id)", .bold))
        if let erased = profile.integer("erased_at") {
            page.line(page.style.paint("  data erased \(dates.day(erased))", .bad))
        }
        let place = ["city", "region", "country"].compactMap(profile.text).map(page.safe)
        let level = profile.text("level").map { "level \(page.safe($0))" }
        let who = [
            profile.text("company").map(page.safe), joined(place), level,
            profile.text("external_id").map { "external id \(page.safe($0))" },
        ]
        let more = [
            profile.text("gender"), profile.text("birthday").flatMap(dates.birthday),
            profile.text("language").map { "speaks \(page.safe($0))" },
            profile.text("time_zone").map(page.safe),
            profile.text("owner").map { "looked after by \(page.safe($0))" },
            profile.integer("registered_at").map { "registered \(dates.dayAndAge($0))" },
        ]
        for parts in [who, more] {
            let text = parts.compactMap(\.self).joined(separator: " · ")
            if !text.isEmpty { lines(text, indent: "  ") }
        }
    }

    /// Places of which one may have the name of another: 上海, 上海.
    private func joined(_ places: [String]) -> String? {
        var names: [String] = []
        for place in places where !names.contains(place) { names.append(place) }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    private func text(_ reach: CustomerProfile.Reach) -> String {
        let address = page.format.masking.show(reach.address, on: reach.channel)
        let since = reach.since.map { " \(dates.day($0))" } ?? ""
        let consent =
            switch reach.consent {
            case .none: "never agreed to marketing"
            case .granted: page.style.paint("agreed\(since)", .good)
            case .withdrawn: page.style.paint("withdrawn\(since)", .bad)
            case .unsubscribed: page.style.paint("unsubscribed", .bad)
            }
        let suppression = reach.suppression.map { page.style.paint("suppressed: \(phrase($0))", .bad) }
        let preferred = profile.text("preferred_channel") == reach.channel.rawValue ? "preferred" : nil
        return [withoutControls(address), consent, suppression, preferred].compactMap(\.self)
            .joined(separator: " · ")
    }

    private func phrase(_ reason: SuppressionReason) -> String {
        switch reason {
        case .hardBounce: "it bounced"
        case .complaint: "they complained"
        case .unsubscribe: "they unsubscribed"
        case .manual: "on the list"
        }
    }

    // MARK: Value

    private var value: [String] {
        guard let count = profile.integer("order_count"), count > 0 else { return ["no purchase"] }
        let spent = profile.integer("total_spent") ?? 0
        var parts = [counted(Int(count), "purchase"), "\(money(spent)) in all"]
        if count > 1 { parts.append("\(money(Int64((Double(spent) / Double(count)).rounded()))) on average") }
        if let first = profile.integer("first_order_at"), count > 1 {
            parts.append("first \(dates.day(first))")
        }
        if let last = profile.integer("last_order_at") { parts.append("last \(dates.dayAndAge(last))") }
        return parts
    }

    private func money(_ amount: Int64) -> String {
        page.format.text(.integer(amount), of: Field("", .money, ""))
    }

    private func trait(_ trait: CustomerProfile.TraitValue) -> String? {
        if let error = trait.error { return "\(trait.field.name): \(page.safe(error))" }
        guard trait.value != .null else { return nil }
        return "\(trait.field.name) \(page.safe(page.format.text(trait.value, of: trait.field)))"
    }

    private func text(_ work: OpenWork) -> String {
        [
            page.safe(work.title), work.owner.map { "for \(page.safe($0))" },
            work.due.map { due in
                let text = "due \(dates.moment(due))"
                return due < page.format.clock.now ? page.style.paint(text, .bad) : text
            },
        ].compactMap(\.self).joined(separator: " · ")
    }

    // MARK: What happened

    private func orders() {
        guard !profile.orders.isEmpty else { return }
        page.line()
        let more = profile.orderCount - profile.orders.count
        title("Orders", more > 0 ? "the last \(profile.orders.count) of \(grouped(profile.orderCount))" : "")
        var table = TextTable([
            .init(""), .init("", alignRight: true), .init(""), .init("", limit: .max),
        ])
        for order in profile.orders {
            var day = ""
            if case .integer(let time) = order["placed_at"] { day = dates.day(time) }
            var amount = ""
            if case .integer(let number) = order["amount"] { amount = money(number) }
            var status = ""
            if case .text(let text) = order["status"] { status = text }
            let items = order.items.prefix(4).map(page.safe) + (order.items.count > 4 ? ["…"] : [])
            table.add([day, amount, status, items.joined(separator: ", ")])
        }
        page.table(table, indent: "  ")
    }

    private func messages() {
        guard !profile.messages.isEmpty else { return }
        page.line()
        let count = Int(profile.integer("message_count") ?? 0)
        let isCut = count > profile.messages.count
        title("Messages", isCut ? "the last \(profile.messages.count) of \(grouped(count))" : "")
        var table = TextTable([.init(""), .init(""), .init("", limit: 48), .init("", limit: .max)])
        for message in profile.messages {
            let name = message.subject.map { "“\(page.safe($0))”" }
            let campaign = [message.campaign, message.step == message.campaign ? nil : message.step]
                .compactMap(\.self).map(page.safe).joined(separator: " · ")
            table.add([
                dates.moment(message.time), message.channel, name ?? campaign,
                message.reactions.isEmpty
                    ? "nothing known"
                    : message.reactions.map { reaction($0, message) }.joined(separator: ", "),
            ])
        }
        page.table(table, indent: "  ")
    }

    private func reaction(_ reaction: PersonMessage.Reaction, _ message: PersonMessage) -> String {
        let word =
            switch reaction.type {
            case "open": "opened"
            case "click": "clicked"
            case "soft_bounce": "bounced for now"
            case "hard_bounce": "bounced for good"
            case "complaint": "complained"
            case "unsubscribe": "unsubscribed"
            default: reaction.type
            }
        return word == "delivered" ? word : "\(word) \(dates.later(reaction.time, than: message.time))"
    }

    // MARK: What would happen

    private func forecast() {
        let forecast = profile.forecast
        page.line()
        title("Next \(CustomerForecast.days) days", "if they do nothing")
        if let failure = forecast.failure { return page.line("  not known: \(page.safe(failure))") }
        guard !forecast.entries.isEmpty else { return page.line("  no campaign would do anything") }
        var table = TextTable([.init(""), .init("", limit: 24), .init("", limit: .max)])
        for entry in forecast.entries.prefix(Self.forecastLimit) {
            table.add([dates.moment(entry.time), entry.campaign, page.safe(text(entry))])
        }
        page.table(table, indent: "  ")
        let more = forecast.entries.count - Self.forecastLimit
        if more > 0 { page.aside("  … \(grouped(more)) more: why(customer(\(profile.id)))") }
        if !forecast.limited.isEmpty {
            let names = forecast.limited.joined(separator: ", ")
            page.aside("  for this customer alone: the limit or budget of \(names) does not count here")
        }
    }

    private func text(_ entry: CustomerForecast.Entry) -> String {
        switch entry {
        case .message(let decision):
            let way = decision.channel.map { "by \($0.rawValue)" }
            let subject = decision.subject.map { "“\($0)”" }
            let step = decision.step == decision.campaign || decision.step.isEmpty ? nil : decision.step
            if decision.outcome == .sent {
                return ["sent", step, way, subject].compactMap(\.self).joined(separator: " ")
            }
            let verb = decision.outcome == .held ? "still held" : "not sent"
            let reason = decision.reason?.phrase ?? decision.outcome.rawValue
            let detail = decision.detail.flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
            return [verb, step, way].compactMap(\.self).joined(separator: " ") + ": \(reason)\(detail)"
        case .action(let event):
            let until = event.due.map { event.word == "pause" ? "until \(dates.moment($0))" : nil }
            return [event.word, event.subject, event.owner.map { "for \($0)" }, until ?? nil]
                .compactMap(\.self).joined(separator: " ")
        }
    }

    // MARK: Lines

    /// A label and what there is to say, where there is something.
    private func line(_ label: String, _ parts: [String]) {
        let text = parts.filter { !$0.isEmpty }.joined(separator: " · ")
        guard !text.isEmpty else { return }
        let blanks = String(repeating: " ", count: max(0, Self.labelWidth - label.count))
        lines(text, indent: "  \(label)\(blanks)  ", label: label)
    }

    /// A text behind an indent, the lines that follow below its beginning.
    private func lines(_ text: String, indent: String, label: String? = nil) {
        // Colours have no width; what has some is short.
        let room = text.contains("\u{1B}") ? nil : page.width.map { max(20, $0 - indent.count) }
        let parts = room.map { wrapped(text, to: $0) } ?? [text]
        for (number, part) in parts.enumerated() {
            var start = number == 0 ? indent : String(repeating: " ", count: indent.count)
            if number == 0, let label {
                start = start.replacing(label, with: page.style.paint(label, .faint), maxReplacements: 1)
            }
            page.line(start + part)
        }
    }

    private func title(_ text: String, _ aside: String) {
        let more = aside.isEmpty ? "" : " " + page.style.paint("(\(aside))", .faint)
        page.line(page.style.paint(text, .bold) + more)
    }
}

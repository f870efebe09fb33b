internal import Basics
internal import Catalog
internal import Reports
internal import Store

extension CustomerProfile {
    /// The card for a program: every field, and what the card shows besides. Addresses are masked unless revealed.
    func json(_ session: PromptSession) throws -> JSON {
        object([
            ("fields", object(zip(fields, values).map { ($0.name, session.json($1, of: $0)) })),
            (
                "channels",
                .array(
                    reaches.map { reach in
                        object([
                            ("channel", .text(reach.channel.rawValue)),
                            (
                                "address",
                                .text(session.page.format.masking.show(reach.address, on: reach.channel))
                            ),
                            ("consent", .text(reach.consent.rawValue)),
                            ("since", time(reach.since, session)),
                            ("suppressed", text(reach.suppression?.rawValue)),
                        ])
                    })
            ),
            (
                "traits",
                object(traits.map { ($0.field.name, session.json($0.value, of: $0.field)) })
            ),
            ("segments", .array(segments.map(JSON.text))),
            (
                "last_orders",
                .array(
                    orders.map { order in
                        object(
                            zip(Self.orderFields, order.values).map { ($0.name, session.json($1, of: $0)) }
                                + [("items", .array(order.items.map(JSON.text)))])
                    })
            ),
            ("last_messages", .array(messages.map { json($0, session) })),
            ("tags", .array(tags.map(JSON.text))), ("interests", .array(interests.map(JSON.text))),
            (
                "open",
                .array(
                    work.map { work in
                        object([
                            ("kind", .text(work.kind)), ("title", shown(work.title, session)),
                            ("owner", text(work.owner)), ("due", time(work.due, session)),
                        ])
                    })
            ),
            ("next_30_days", .array(forecast.entries.map { json($0, session) })),
            ("next_30_days_error", text(forecast.failure)),
        ])
    }

    private func json(_ message: PersonMessage, _ session: PromptSession) -> JSON {
        object([
            ("sent_at", time(message.time, session)), ("channel", .text(message.channel)),
            ("campaign", text(message.campaign)), ("step", text(message.step)),
            ("subject", shown(message.subject, session)),
            (
                "reactions",
                .array(
                    message.reactions.map {
                        object([("type", .text($0.type)), ("time", time($0.time, session))])
                    })
            ),
        ])
    }

    private func json(_ entry: CustomerForecast.Entry, _ session: PromptSession) -> JSON {
        switch entry {
        case .message(let decision):
            object([
                ("time", time(decision.time, session)), ("campaign", .text(decision.campaign)),
                ("word", .text(decision.outcome.rawValue)), ("step", .text(decision.step)),
                ("channel", text(decision.channel?.rawValue)), ("subject", shown(decision.subject, session)),
                ("reason", text(decision.reason?.rawValue)), ("detail", shown(decision.detail, session)),
            ])
        case .action(let event):
            object([
                ("time", time(event.time, session)), ("campaign", .text(event.campaign)),
                ("word", .text(event.word)), ("subject", shown(event.subject, session)),
                ("owner", text(event.owner)), ("due", time(event.due, session)),
            ])
        }
    }

    private func object(_ members: [(String, JSON)]) -> JSON {
        .object(members.map { JSON.Member(name: $0, value: $1) })
    }

    private func text(_ text: String?) -> JSON { text.map(JSON.text) ?? .null }

    /// A text that may have an address in it.
    private func shown(_ text: String?, _ session: PromptSession) -> JSON {
        self.text(text.map { session.page.format.masking.show(text: $0, to: nil, on: nil) })
    }

    private func time(_ instant: Int64?, _ session: PromptSession) -> JSON {
        session.json(instant.map(Value.integer) ?? .null, of: Field("", .instant, ""))
    }
}

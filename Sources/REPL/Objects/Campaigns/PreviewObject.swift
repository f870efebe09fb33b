internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Simulator

/// The messages of a campaign as customers would see them.
final class PreviewObject: LuaObject {
    private let sample: CampaignPreview.Sample
    /// How many customers were asked for.
    private let count: Int

    init(_ sample: CampaignPreview.Sample, of count: Int, _ session: PromptSession) {
        (self.sample, self.count) = (sample, count)
        super.init(kind: Self.kind(session))
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "preview", [],
            index: { session, object, key in
                guard let preview = object as? PreviewObject, case .integer(let number) = key else {
                    return nil
                }
                return preview.sample.messages.element(number).map { preview.table($0, session) } ?? .missing
            },
            count: { _, object in (object as? PreviewObject)?.sample.messages.count ?? 0 })
    }

    private func members(
        _ message: CampaignPreview.Message, _ session: PromptSession
    ) -> [(name: String, value: String?)] {
        let masking = session.masking
        let written = message.written
        func masked(_ text: String?) -> String? {
            text.map { masking.show(text: $0, to: message.address, on: message.channel) }
        }
        let notes = PreviewText(masking).notes(message).joined(separator: "\n")
        return [
            ("template", message.template), ("variant", message.variant),
            ("channel", message.channel.rawValue),
            ("address", message.address.map { masking.show($0, on: message.channel) }),
            ("subject", masked(written?.subject)), ("preheader", masked(written?.preheader)),
            ("from_name", masked(written?.fromName)), ("reply_to", masked(written?.replyTo)),
            ("body", masked(written.map { $0.html ?? $0.text })), ("text", masked(written?.text)),
            ("notes", notes.isEmpty ? nil : masked(notes)),
        ]
    }

    private func table(_ message: CampaignPreview.Message, _ session: PromptSession) -> LuaValue {
        .table(
            LuaTable(
                fields: [("customer", .integer(message.customer))]
                    + members(message, session).compactMap { name, value in value.map { (name, .text($0)) } })
        )
    }
}

extension PreviewObject: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        let text = PreviewText(page.format.masking)
        for (place, message) in sample.messages.enumerated() {
            if place > 0 { page.line() }
            page.report(
                page.format.masking.show(
                    text: String(text.text(of: message).dropLast()), to: message.address, on: message.channel)
            )
        }
        let notes = text.notes(on: sample, of: count) { "preview(…, { sample = \($0) })" }
        if !notes.isEmpty { page.line() }
        for note in notes { page.line(note) }
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        .array(
            sample.messages.map { message in
                .object(
                    [JSON.Member(name: "customer", value: .integer(message.customer))]
                        + members(message, session).map { name, value in
                            JSON.Member(name: name, value: value.map(JSON.text) ?? .null)
                        })
            })
    }
}

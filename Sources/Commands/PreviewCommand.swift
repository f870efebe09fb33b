internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Messages
internal import Reports
internal import Rules
internal import Simulator
internal import Store

/// `moonletter preview CAMPAIGN`: how its messages look.
struct PreviewCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, html, eml
    }

    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "See how the messages of a campaign look for customers who differ.",
        discussion: """
            Without --customer, the customers are chosen from the audience so that they differ: each branch of the templates,
            values that are missing, the longest and the shortest name, languages and channels. Policy is not asked; dry-run
            says who gets a message.

              moonletter preview win-back                                   three customers, in the terminal
              moonletter preview win-back --sample 12 --format html > p.html
              moonletter preview win-back --customer 42 --format eml > m.eml
            """)

    @Argument(help: "The campaign.")
    var campaign: String
    @Option(help: ArgumentHelp("Only this customer.", valueName: "id"))
    var customer: Int64?
    @Option(help: ArgumentHelp("So many customers of the audience who differ.", valueName: "n"))
    var sample = 3
    @Option(
        help: ArgumentHelp(
            "text; html: one page with all of them; eml: the first e-mail of --customer, for a mail program.",
            valueName: "format"))
    var format = Format.text
    @Option(help: ArgumentHelp("The time that rules take for now.", valueName: "time"))
    var now: String?
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard (1...Self.sampleLimit).contains(sample) else {
            throw ValidationError("--sample takes a number from 1 to 200.")
        }
        guard format != .eml || customer != nil else {
            throw ValidationError("--format eml needs --customer.")
        }
    }

    func run() throws {
        let workspace = try options.open()
        let clock = try workspace.settings.clock(now)
        var source = try workspace.ruleSource(at: clock, templates: true)
        source.messageOptions.notesBranches = customer == nil
        let host = try source.makeHost()
        let campaign = try host.campaign(campaign)
        let store = try workspace.openStore()
        Interrupt.listen()
        let sample = try store.read(asOf: clock.now) { snapshot in
            host.attach(snapshot)
            let preview = CampaignPreview(host, snapshot, campaign, channels: workspace.settings.channels)
            do {
                if let customer {
                    return CampaignPreview.Sample(messages: try preview.messages(to: customer))
                }
                return try preview.sample(self.sample)
            } catch PreviewError.noCustomer(let id) {
                throw WorkspaceError.noCustomer(id)
            }
        }
        let messages = sample.messages
        guard !messages.isEmpty else {
            throw Diagnostic(
                customer == nil ? "nobody in the audience gets a message" : "the journey asks for no message",
                hint: "moonletter explain \(campaign.name) shows who is in the audience")
        }
        switch format {
        case .text:
            for message in messages { Console.write(text(of: message)) }
            for note in notes(on: sample) { Console.line(note) }
        case .html: Console.write(page(messages, campaign, clock, notes: notes(on: sample)))
        case .eml: Console.write(try mail(messages, workspace.settings, clock).encoded())
        }
    }

    /// What the sample does not show.
    private func notes(on sample: CampaignPreview.Sample) -> [String] {
        var notes: [String] = []
        if sample.enough > self.sample, self.sample < Self.sampleLimit {
            notes.append(
                "\(sample.enough) customers show all that differs: --sample \(min(sample.enough, Self.sampleLimit))"
            )
        }
        if !sample.unseen.isEmpty {
            let count = sample.lookedAt
            notes.append(
                "None of \(count == 1 ? "the one customer" : "\(grouped(count)) customers") looked at takes")
            notes += sample.unseen.map { "  \($0.phrase)" }
        }
        return notes
    }

    private static let sampleLimit = 200

    private var masking: Masking { reveal ? .revealed : .masked }

    private func heading(_ message: CampaignPreview.Message) -> String {
        let address = message.address.map { masking.show($0, on: message.channel) } ?? "no address"
        return "customer \(message.customer) · \(message.template) · \(message.channel.rawValue) · \(address)"
    }

    /// What its author should know.
    private func notes(_ message: CampaignPreview.Message) -> [String] {
        switch message.rendering {
        case .written(let written):
            written.missing.map { "{{ \($0.path) }} is empty (\($0.location))" }
                + written.problems.map { "\($0.message) (\($0.location))" }
        case .heldBack(let reason, let detail, _):
            ["held back: \(reason.phrase)\(detail.isEmpty ? "" : ": \(detail)")"]
        }
    }

    private func written(_ message: CampaignPreview.Message) -> RenderedMessage? {
        if case .written(let written) = message.rendering { written } else { nil }
    }

    // MARK: Formats

    private func text(of message: CampaignPreview.Message) -> String {
        var lines = ["── \(withoutControls(heading(message)))"]
        let reasons = message.reasons.joined(separator: ", ")
        if !reasons.isEmpty { lines += wrapped(withoutControls(reasons), to: 76).map { "   \($0)" } }
        if let written = written(message) {
            let length = written.length.map {
                "\(counted($0.parts, "part")) of \($0.encoding.rawValue)"
            }
            let heads = [
                ("From", written.fromName), ("Reply to", written.replyTo), ("Subject", written.subject),
                ("Preview", written.preheader), ("Length", length),
            ]
            for case (let name, let value?) in heads { lines.append("   \(name): \(withoutControls(value))") }
            lines.append("")
            let body = written.text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in body.flatMap({ wrapped(withoutControls(String($0)), to: 76) }) {
                lines.append(line.isEmpty ? "" : "   \(line)")
            }
        }
        lines += notes(message).map { "   ! \(withoutControls($0))" }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private func page(
        _ messages: [CampaignPreview.Message], _ campaign: Campaign, _ clock: RuleClock, notes: [String]
    ) -> String {
        let customers = Set(messages.map(\.customer)).count
        var local = clock.local
        return ContactSheet(
            title: campaign.name,
            summary: "\(counted(customers, "customer")), \(local.text(at: clock.now))",
            cards: messages.map { message in
                let body = written(message)
                return ContactSheet.Card(
                    heading: heading(message), reasons: message.reasons, subject: body?.subject,
                    preheader: body?.preheader, html: body?.html, text: body?.text ?? "",
                    notes: self.notes(message))
            }, notes: notes
        ).html()
    }

    private func mail(
        _ messages: [CampaignPreview.Message], _ settings: WorkspaceSettings, _ clock: RuleClock
    ) throws -> MailMessage {
        guard let message = messages.first(where: { $0.channel == .email }) else {
            throw Diagnostic(
                "the campaign has no e-mail for this customer", hint: "see it with --format text")
        }
        guard let body = written(message) else {
            throw Diagnostic("the e-mail is \(notes(message).joined())", hint: "see it with --format text")
        }
        guard let address = message.address else {
            throw Diagnostic(
                "customer \(message.customer) has no usable e-mail address", hint: "see it with --format html"
            )
        }
        for given in [address, body.replyTo, settings.sender?.address].compactMap(\.self)
        where !given.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            // Left out of a header, its letters would make it somebody else's.
            throw Diagnostic(
                "the address \(masking.show(given, on: .email)) has letters that a mail cannot have in its headers",
                hint:
                    "see it with --format html; a domain may be written in ASCII, such as xn--bcher-kva.example"
            )
        }
        // Without a sender, an address that no server takes.
        var mail = MailMessage(
            from: .init(
                name: body.fromName ?? settings.sender?.name,
                address: settings.sender?.address ?? "preview@moonletter.invalid"),
            to: .init(address: masking.show(address, on: .email)), subject: body.subject ?? "",
            date: clock.now,
            zone: clock.local.zone, text: body.text)
        mail.html = body.html
        mail.unsubscribe = body.unsubscribeURL
        if let replyTo = body.replyTo { mail.replyTo = .init(address: replyTo) }
        return mail
    }
}

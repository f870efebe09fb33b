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
        guard (1...PreviewText.sampleLimit).contains(sample) else {
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
        try source.findPopulations(for: [campaign.name], host, in: store)
        let sample = try store.read(asOf: clock.now) { snapshot in
            try snapshot.confirm(state: source.populations.state)
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
        let text = PreviewText(reveal ? .revealed : .masked)
        let notes = text.notes(on: sample, of: self.sample) { "--sample \($0)" }
        switch format {
        case .text:
            for message in messages { Console.write(text.text(of: message)) }
            for note in notes { Console.line(note) }
        case .html: Console.write(page(messages, campaign, clock, text, notes: notes))
        case .eml: Console.write(try mail(messages, workspace.settings, clock, text).encoded())
        }
    }

    // MARK: Formats

    private func page(
        _ messages: [CampaignPreview.Message], _ campaign: Campaign, _ clock: RuleClock, _ text: PreviewText,
        notes: [String]
    ) -> String {
        let customers = Set(messages.map(\.customer)).count
        var local = clock.local
        return ContactSheet(
            title: campaign.name,
            summary: "\(counted(customers, "customer")), \(local.text(at: clock.now))",
            cards: messages.map { message in
                let body = message.written
                return ContactSheet.Card(
                    heading: text.heading(message), reasons: message.reasons, subject: body?.subject,
                    preheader: body?.preheader, html: body?.html, text: body?.text ?? "",
                    notes: text.notes(message))
            }, notes: notes
        ).html()
    }

    private func mail(
        _ messages: [CampaignPreview.Message], _ settings: WorkspaceSettings, _ clock: RuleClock,
        _ text: PreviewText
    ) throws -> MailMessage {
        guard let message = messages.first(where: { $0.channel == .email }) else {
            throw Diagnostic(
                "the campaign has no e-mail for this customer", hint: "see it with --format text")
        }
        guard let body = message.written else {
            throw Diagnostic(
                "the e-mail is \(text.notes(message).joined())", hint: "see it with --format text")
        }
        guard let address = message.address else {
            throw Diagnostic(
                "customer \(message.customer) has no usable e-mail address", hint: "see it with --format html"
            )
        }
        let masking = reveal ? Masking.revealed : .masked
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

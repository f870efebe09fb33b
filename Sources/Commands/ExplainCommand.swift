internal import ArgumentParser
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Reports
internal import Rules
internal import Store

/// `moonletter explain NAME`: how an audience is worked out.
struct ExplainCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "See how a segment is worked out, and why somebody is in it or not.",
        discussion: """
            Shows what SQL decides and what stays in Lua, and why; the statement, and how the database goes about it;
            and how many customers pass each condition.

              moonletter explain dormant
              moonletter explain win-back                   the audience of a campaign
              moonletter explain dormant --customer 42      each condition for one customer
            """)

    @Argument(help: "A segment, a campaign, or Lua such as 'segment.vip - segment.dormant'.")
    var name: String
    @Option(
        help: ArgumentHelp(
            "Explain why this customer is in it or not, and what would change that.", valueName: "id"))
    var customer: Int64?
    @Option(help: ArgumentHelp("The time that rules take for now.", valueName: "time"))
    var now: String?
    @Option(help: ArgumentHelp("text, or json: one object.", valueName: "format"))
    var format = Format.text
    @Flag(help: "Print e-mail addresses and phone numbers in full.")
    var reveal = false
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        let clock = try workspace.settings.clock(now)
        var source = try workspace.ruleSource(at: clock, templates: false)
        let host = try source.makeHost()
        let store = try workspace.openStore()
        let question = try AudienceQuestion(name, host)
        Interrupt.listen()
        try source.findPopulations(for: [name], host, in: store)
        try store.read(asOf: clock.now) { snapshot in
            try snapshot.confirm(state: source.populations.state)
            host.attach(snapshot)
            let values = ValueFormat(
                clock: clock, currency: snapshot.currency, masking: reveal ? .revealed : .masked)
            if let customer {
                guard let found = try host.explain(question.expression, customer: customer) else {
                    throw WorkspaceError.noCustomer(customer)
                }
                let report = CustomerReport(question, found, values)
                Console.write(format == .json ? try report.json() + "\n" : report.text(Style.ofOutput))
            } else {
                let found = try host.explain(question.expression, customerCount: snapshot.customerCount())
                let report = try ExplanationReport(question, found, host, snapshot, values)
                Console.write(format == .json ? try report.json() + "\n" : report.text(Style.ofOutput))
            }
        }
    }
}

internal import Basics
internal import Catalog
internal import Diagnostics
internal import Rules
internal import Store

/// What campaigns would do with one customer in the next 30 days, if the customer did nothing.
struct CustomerForecast {
    /// A message, sent or not, or something that a journey does.
    enum Entry {
        case message(Decision)
        case action(RunEvent)

        var campaign: String {
            switch self {
            case .message(let decision): decision.campaign
            case .action(let event): event.campaign
            }
        }

        var time: Int64 {
            switch self {
            case .message(let decision): decision.time
            case .action(let event): event.time
            }
        }
    }

    static let days = 30
    /// What journeys do besides messages.
    private static let actions: Set = ["task", "ticket", "tag", "untag", "set", "award", "pause"]

    /// In the order of time.
    let entries: [Entry]
    /// Those of its campaigns that have a limit or a budget, which others use up too.
    let limited: [String]
    /// Why there is none; nil where there is one.
    let failure: String?

    /// Runs all campaigns of the scripts for the customer alone.
    init(_ customer: Int64, _ session: PromptSession) throws {
        do {
            var request = RunRequest([])
            request.days = Self.days
            entries = try session.bench.trial(of: customer, request, session.snapshot) { run in
                try run.story(of: customer).compactMap { entry in
                    switch entry {
                    case .decision(let decision): .message(decision)
                    case .event(let event): Self.actions.contains(event.word) ? .action(event) : nil
                    case .ending: nil
                    }
                }
            }
            failure = nil
        } catch let error as any Diagnosable where !session.bench.isInterrupted {
            entries = []
            failure = error.diagnostic.message
        }
        let reached = Set(entries.map(\.campaign))
        limited = session.host.campaigns.filter {
            reached.contains($0.name) && ($0.limit != nil || $0.budget != nil)
        }.map(\.name)
    }
}

internal import Catalog
public import Rules

/// The simulation of one customer, for the tests of scripts: all is as in a dry run over that customer alone.
public struct CustomerTrial {
    private let data: any ContactData
    private let options: DryRun.Options

    /// A trial over the customers of a test; what the request says goes before the options.
    public init(_ data: any ContactData, _ options: DryRun.Options) {
        self.data = data
        self.options = options
    }

    /// What becomes of the customer, and of those who share an address with them, as far as it is about the
    /// customer.
    ///
    /// - Parameter host: of the scripts; it gets the customers, and another takes its place where a script
    ///   was ended by force.
    /// - Throws: a ``RuleError`` where an audience raises or answers neither true nor false.
    public func story(_ request: SimulationRequest, _ host: inout RuleHost) throws -> TestStory {
        var options = options
        options.duration = request.duration
        options.responses = .answers(request.answers.mapValues(ResponseModel.answers))
        options.holdout = request.isHeldOut ? .all : .nobody
        options.sampleCount = 0
        // One customer cannot use up what is for all.
        options.hasLimits = false
        host.moveTime(to: request.from)
        let names = request.campaigns.isEmpty ? host.campaigns.map(\.name) : request.campaigns
        let stage = try Stage(host, data, names, options)
        let people = try People(data, host)
        let person = people.lowest(of: request.customer)
        let outcome = try RangeSimulation(stage, people, options).outcome(of: person...person)
        host = stage.host
        return TestStory(
            customer: request.customer, from: request.from, until: stage.end,
            decisions: outcome.decisions.filter { $0.customer == request.customer },
            events: outcome.events.filter { $0.customer == request.customer },
            endings: outcome.endings.filter { $0.customer == request.customer }.map(\.word))
    }
}

extension ResponseModel {
    /// What somebody does with a message who does these things, so many seconds after it where that is said:
    /// who clicks has opened before, and who buys has clicked.
    static func answers(_ spans: [String: Int64?]) -> [Response] {
        if let bounce = spans["bounce"] {
            return [Response(event: "bounce", delay: bounce ?? medians.bounce)]
        }
        let (open, click, buy) = (spans["open"], spans["click"], spans["buy"])
        var responses: [Response] = []
        var last: Int64 = 0
        if open != nil || click != nil || buy != nil {
            last = (open ?? nil) ?? min(medians.open, (click ?? nil) ?? .max, (buy ?? nil) ?? .max)
            responses.append(Response(event: "open", delay: last))
        }
        if click != nil || buy != nil {
            last = (click ?? nil) ?? min(last + medians.click, (buy ?? nil) ?? .max)
            responses.append(Response(event: "click", delay: last))
        }
        if let buy { responses.append(Response(event: "order", delay: buy ?? last + medians.order)) }
        for refusal in ["complaint", "unsubscribe"] {
            guard let span = spans[refusal] else { continue }
            let usual = responses.first.map { $0.delay + medians.click } ?? medians.open
            responses.append(Response(event: refusal, delay: span ?? usual))
        }
        return responses
    }
}

internal import Basics
internal import Catalog
internal import Diagnostics
internal import Rules

extension PersonSimulation {
    /// Keeps what is needed to replay the person's journeys.
    func keep(_ what: JourneyRecord.What) {
        guard options.keepsJourneys else { return }
        kept.entries.append(.init(at: time, what))
    }

    /// Keeps what a journey is answered with; that something is just done, goes without saying.
    func keep(_ answer: JourneyAnswer, to run: JourneyRun) {
        switch answer {
        case .done: return
        case .sent(let flag): keep(.answer(journey: run.number, .sent(flag)))
        case .event(let event):
            keep(.answer(journey: run.number, .event(event.map(JourneyRecord.Event.init))))
        }
    }

    /// Keeps what is simulated from now on. The subject of a message stands in its decision.
    func watchHistory() {
        guard options.keepsJourneys else { return }
        stage.history.onChange = { [unowned self] customer, change in
            var change = change
            if case .row("messages", let id, let values) = change {
                change = .row(relation: "messages", id: id, values: values.filter { $0.name != "subject" })
            }
            keep(.change(customer: customer, change))
        }
    }
}

extension JourneyRecord.Event {
    init(_ event: JourneyEvent) {
        self.init(
            event.name, at: event.time, event.details.map { .init($0.name, $0.value, $0.type) })
    }
}

extension JourneyEvent {
    init(_ event: JourneyRecord.Event) {
        self.init(
            event.name, at: event.time, details: event.details.map { .init($0.name, $0.value, $0.type) })
    }
}

extension JourneyRecord.Step {
    /// What a journey asks for at an instant. Two steps are equal where they ask for the same.
    init(_ step: JourneyStep, at time: Int64) {
        func passed(_ instant: Int64?) -> Value { instant.map { .integer($0 &- time) } ?? .null }
        func text(_ text: String?) -> Value { text.map(Value.text) ?? .null }
        let values: [Value] =
            switch step.request {
            case .send(let request): [.text(request.template), text(request.channel?.rawValue)]
            case .wait(let until): [passed(until)]
            case .waitFor(let kind, let until): [.text(kind.name), text(kind.subject), passed(until)]
            case .tag(let tag), .untag(let tag): [.text(tag)]
            case .set(let field, let value): [.text(field.name), value]
            case .task(let item), .ticket(let item): [.text(item.title), text(item.owner), passed(item.due)]
            case .award(let points, let reason): [.integer(points), text(reason)]
            case .pause(let until): [passed(until)]
            case .exit(let reason): [text(reason)]
            case .note(let text): [.text(text)]
            }
        self.init(
            step.request.word, at: step.location.description,
            values.map { value in
                // Long texts are customers' own, mostly, and stand in the story.
                guard case .text(let text) = value, text.utf8.count > 24 else { return .value(value) }
                return .hash(StableHash(text).value)
            })
    }

    /// `wait_for "click", nil, 259200`.
    var shown: String {
        let arguments = arguments.map { argument in
            switch argument {
            case .value(.null): "nil"
            case .value(.integer(let number)): String(number)
            case .value(.number(let number)): String(number)
            case .value(.text(let text)): "\"\(text)\""
            case .hash(let hash): "a text with the hash \(String(hash, radix: 16))"
            }
        }
        return "\(word) \(arguments.joined(separator: ", "))"
    }
}

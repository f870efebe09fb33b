internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Rules

extension PersonSimulation {
    /// Lets a journey go on until it waits or ends.
    func goOn(_ run: JourneyRun, _ answer: JourneyAnswer) throws {
        var answer = answer
        run.turn += 1
        run.waiting = nil
        if run.hasBegun, let reason = try reasonToEnd(run) {
            try tell(reason == .goalMet ? "goal" : "exit", run.record, stage.campaigns[run.campaign].name)
            return finish(run, answer, reason == .goalMet ? "goal" : "exit")
        }
        run.hasBegun = true
        while true {
            keep(answer, to: run)
            let step: JourneyStep?
            do {
                step = try call(run.record) { try run.journey.next(answer, in: $0.walk) }
            } catch let stop as Stop {
                throw stop
            } catch {
                run.record.asked.insert(run.campaign)
                try recordFailure(of: run, error)
                return finish(run, answer, "error")
            }
            guard let step else { return finish(run, answer, "end") }
            flow(run, answer, to: step.location.description, step.request.word)
            keep(.step(journey: run.number, JourneyRecord.Step(step, at: time)))
            run.line = step.location.description
            guard let next = try perform(step, of: run) else { return }
            answer = next
        }
    }

    /// Does what a journey asks for, and gives the answer; nil where the journey waits or is over.
    private func perform(_ step: JourneyStep, of run: JourneyRun) throws -> JourneyAnswer? {
        switch step.request {
        case .send(let request):
            run.record.asked.insert(run.campaign)
            return try attempt(HeldMessage(request: request, asked: time), run)
        case .wait(let until):
            guard until > time else { return .done }
            add(.resume(run, .done, turn: run.turn), run.record, at: until)
            return nil
        case .waitFor(let kind, let until): return wait(run, for: kind, until: until)
        case .exit(let reason):
            try tell("exit", run, step, subject: reason)
            finish(run, .done, "exit")
            return nil
        case .pause(let until):
            run.record.pausedUntil = max(run.record.pausedUntil, until)
            try tell("pause", run, step, due: until)
        case .tag(let tag):
            let isNew = try !hasTag(tag, run.record)
            stage.history.tag(tag, run.record.id)
            try tell("tag", run, step, subject: tag)
            if isNew { try change("tag", tag, run.record) }
        case .untag(let tag):
            let isGone = try hasTag(tag, run.record)
            stage.history.untag(tag, run.record.id)
            try tell("untag", run, step, subject: tag)
            if isGone { try change("untag", tag, run.record) }
        case .set(let field, let value):
            try stage.history.set(field, of: run.record.id, to: value)
            // Another address, zone or language counts from now on.
            run.record.contact = nil
            lookAgain(run.record)
            try tell("set", run, step, subject: "\(field.name) = \(value.shown)")
        case .task(let item):
            _ = try addRow(
                "tasks", of: run.record,
                [
                    "title": .text(item.title), "owner": item.owner.map(Value.text) ?? .null,
                    "due_at": item.due.map(Value.integer) ?? .null, "status": .text("open"),
                ])
            try tell("task", run, step, subject: item.title, owner: item.owner, due: item.due)
        case .ticket(let item):
            try tell("ticket", run, step, subject: item.title, owner: item.owner, due: item.due)
        case .award(let points, let reason):
            try stage.history.award(points, to: run.record.id)
            lookAgain(run.record)
            try tell("award", run, step, subject: reason.map { "\(points) \($0)" } ?? String(points))
        case .note(let text): try tell("note", run, step, subject: text)
        }
        return .done
    }

    private func hasTag(_ tag: String, _ record: CustomerRecord) throws -> Bool {
        try stage.customers.hasTag(tag, customer: record.id)
    }

    /// A tag that was not there came, or one that was there went.
    private func change(_ name: String, _ tag: String, _ record: CustomerRecord) throws {
        try happen(JourneyEvent(name, at: time, details: [.init("tag", .text(tag))]), record, subject: tag)
    }

    /// Keeps something for the customer's story.
    func tell(
        _ word: String, _ record: CustomerRecord, _ campaign: String, subject: String? = nil
    ) throws {
        outcome.events.append(
            RunEvent(
                customer: record.id, campaign: campaign, time: time, localTime: try localTime(of: record),
                word: word, subject: subject, place: outcome.events.count))
    }

    private func tell(
        _ word: String, _ run: JourneyRun, _ step: JourneyStep, subject: String? = nil, owner: String? = nil,
        due: Int64? = nil
    ) throws {
        outcome.events.append(
            RunEvent(
                customer: run.record.id, campaign: stage.campaigns[run.campaign].name, time: time,
                localTime: try localTime(of: run.record), word: word,
                script: step.location.description, subject: subject, owner: owner, due: due,
                place: outcome.events.count))
    }

    /// What the customer's clock shows; nil where that is what the workspace's does.
    private func localTime(of record: CustomerRecord) throws -> String? {
        let contact = try contact(of: record)
        var home = stage.host.clock.local
        guard let zone = contact.timeZone, zone != home.zone.identifier else { return nil }
        let text = stage.withClock(of: contact) { $0.text(at: time) }
        return text == home.text(at: time) ? nil : text
    }

    private func flow(_ run: JourneyRun, _ answer: JourneyAnswer, to target: String?, _ word: String) {
        let flow = RunFlow(
            campaign: stage.campaigns[run.campaign].name, source: run.line, answer: answer.shown,
            target: target,
            word: word, count: 0)
        outcome.flow[flow, default: 0] += 1
    }

    /// Lets a journey wait; gives the answer where what it waits for has happened to its last message.
    private func wait(_ run: JourneyRun, for kind: EventKind, until: Int64?) -> JourneyAnswer? {
        if EventKind.ofMessages.contains(kind.name), let message = run.lastMessage,
            let event = messages[message].events.first(where: { $0.name == kind.name })
        {
            return .event(event)
        }
        if let until, until <= time { return .event(nil) }
        run.waiting = kind
        if let until { add(.resume(run, .event(nil), turn: run.turn), run.record, at: until) }
        return nil
    }

    /// Ends a journey, in a way that the flow tells.
    func finish(_ run: JourneyRun, _ answer: JourneyAnswer, _ word: String) {
        guard !run.isOver else { return }
        flow(run, answer, to: nil, word)
        outcome.endings.append(
            JourneyEnding(
                customer: run.record.id, campaign: stage.campaigns[run.campaign].name, word: word))
        keep(.end(journey: run.number, word))
        run.isOver = true
        run.isGoalMet = word == "goal"
        run.record.runs.removeAll { $0 === run }
    }
}

extension JourneyAnswer {
    /// What a journey was told, in a word.
    fileprivate var shown: String {
        switch self {
        case .done: ""
        case .sent(let flag): flag ? "sent" : "not sent"
        case .event(let event): event?.name ?? "nothing"
        }
    }
}

extension Value {
    /// As a story shows it.
    fileprivate var shown: String {
        switch self {
        case .null: "nothing"
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .text(let text): text
        }
    }
}

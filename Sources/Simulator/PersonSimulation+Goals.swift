internal import Catalog
internal import Rules

extension PersonSimulation {
    /// Asks each journey that got a message, or was held out, for the goal of its campaign, unless the goal has ended it.
    /// The run is over; rules see all that happened in it.
    ///
    /// Cost: one call of Lua for each such journey of a campaign that has a goal.
    func measureGoals() throws {
        for run in measured {
            let campaign = stage.campaigns[run.campaign]
            do {
                let isMet = try run.isGoalMet || isGoalMet(campaign, run)
                let mark = GoalMark(
                    campaign: campaign.name, variant: run.journey.entry.variant, isHeldOut: run.isHeldOut,
                    isMet: isMet)
                outcome.goals[mark, default: 0] += 1
            } catch let stop as Stop {
                throw stop
            } catch {
                noteProblem(
                    error, campaign: campaign.name, customer: run.record.id, at: campaign.location)
            }
        }
    }

    /// Measures the goal of a journey when the run is over; once, however many messages it gets.
    func measure(_ run: JourneyRun, isHeldOut: Bool = false) {
        // At one moment a goal that holds has stopped the message before.
        guard options.duration > 0, stage.campaigns[run.campaign].hasGoal, !run.isMeasured else { return }
        run.isMeasured = true
        run.isHeldOut = isHeldOut
        measured.append(run)
    }

    /// Whoever was erased is not asked any more.
    private func isGoalMet(_ campaign: Campaign, _ run: JourneyRun) throws -> Bool {
        guard try !contact(of: run.record).isErased else { return false }
        return try call(run.record) {
            try $0.host.isGoalMet(of: campaign, enteredAt: run.journey.entry.time, in: $0.walk)
        }
    }
}

/// A journey whose goal was measured.
struct GoalMark: Hashable {
    var campaign: String
    var variant: String?
    var isHeldOut: Bool
    var isMet: Bool
}

extension RunCampaign {
    /// Takes what was measured of the campaign's journeys.
    mutating func count(_ marks: [GoalMark: Int]) {
        let own = marks.filter { $0.key.campaign == name }
        goals = Dictionary(grouping: own) { RunGoal(variant: $0.key.variant, isHeldOut: $0.key.isHeldOut) }
            .map { goal, marks in
                var goal = goal
                goal.journeys = marks.map(\.value).reduce(0, +)
                goal.met = marks.filter(\.key.isMet).map(\.value).reduce(0, +)
                return goal
            }.sorted()
    }
}

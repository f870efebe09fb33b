internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Rules
public import Store

/// A run as one HTML page that needs nothing else: no scripts, styles, fonts or pictures from elsewhere.
///
/// The numbers are those of the ``RunSummary``. The page is written by Liquid templates, which lie beside
/// this file and escape all that comes from customers and scripts; its own script runs by a nonce, so that no
/// other does.
public struct RunPage {
    /// More decisions than this are not put into the page; some of them are, chosen by customer.
    public static let decisionLimit = 5000

    private let values: RunPageValues

    /// The page of a run. Cost: one pass over its decisions.
    public init(_ file: RunFile, _ summary: RunSummary, masking: Masking) throws {
        let named =
            summary.mostMessages.map(\.customer) + summary.samples.map(\.customer)
            + summary.problems.map(\.customer) + summary.campaigns.flatMap { $0.stops.map(\.customer) }
        let decisions = try DecisionSample(
            file, limit: Self.decisionLimit, named: Set(named), masking: masking)
        values = try RunPageValues(summary, decisions)
    }

    /// The page, ended by a newline.
    public func html() throws -> String {
        let host = try RuleHost(clock: RuleClock(now: 0, zone: .gmt), budgets: .ownPages)
        try host.load(templates: Self.templates)
        guard let data = MessageData(try JSON(parsing: prettyJSON(values))),
            case .written(let page) = try host.render("run", .email, with: data), let html = page.html
        else { preconditionFailure("the templates of the page hold it back") }
        return html
    }

    private static let templates = [
        ("templates/run.liquid", PackageResources.run_liquid),
        ("templates/layouts/page.liquid", PackageResources.page_liquid),
        ("templates/partials/bars.liquid", PackageResources.bars_liquid),
        ("templates/partials/calendar.liquid", PackageResources.calendar_liquid),
        ("templates/partials/campaign.liquid", PackageResources.campaign_liquid),
        ("templates/partials/decisions.liquid", PackageResources.decisions_liquid),
        ("templates/partials/funnel.liquid", PackageResources.funnel_liquid),
        ("templates/partials/journey.liquid", PackageResources.journey_liquid),
        ("templates/partials/messages.liquid", PackageResources.messages_liquid),
        ("templates/partials/program.liquid", PackageResources.program_liquid),
        ("templates/partials/samples.liquid", PackageResources.samples_liquid),
        ("templates/partials/section.liquid", PackageResources.section_liquid),
        ("templates/partials/style.liquid", PackageResources.style_liquid),
    ].map { ScriptFile(path: $0, text: String(decoding: $1, as: UTF8.self)) }
}

extension LuaBudgets {
    /// For pages of ours, which are larger than messages and end by themselves.
    fileprivate static var ownPages: LuaBudgets {
        var budgets = standard
        budgets[.template] = LuaLimits(memory: 256 << 20, steps: 2_000_000_000, seconds: 60)
        return budgets
    }
}

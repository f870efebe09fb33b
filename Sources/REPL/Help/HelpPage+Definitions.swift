internal import Basics
internal import Calendars
internal import Catalog
internal import Diagnostics
internal import Formats
internal import Foundation
internal import Reports
internal import Rules
internal import ScriptSyntax
internal import Store

extension HelpPage {
    func write(_ segment: Segment) throws {
        title("segment \"\(segment.name)\"", "\(segment.location)")
        text(segment.description)
        page.line()
        var facts = [("now", try share(of: segment.members))]
        if case .predicate = segment.members {} else { facts.append(("is", segment.members.text)) }
        let campaigns = session.host.campaigns.filter { campaign in
            campaign.audience?.segmentNames.contains(segment.name) == true
        }
        let segments = session.host.segments.values.filter { $0.members.segmentNames.contains(segment.name) }
        let users = campaigns.map { "campaign \($0.name)" } + segments.map { "segment \($0.name)" }.sorted()
        if !users.isEmpty { facts.append(("used by", users.joined(separator: ", "))) }
        rows(facts)
        let name = "segment\(luaAccess(segment.name))"
        suggest(["customers:where(\(name))", "explain(\(name))"])
    }

    func write(_ campaign: Campaign) throws {
        title(
            "\(campaign.isFollowUp ? "follow_up" : "campaign") \"\(campaign.name)\"", "\(campaign.location)")
        text(campaign.description)
        page.line()
        var facts: [(String, String)] = []
        if let audience = campaign.audience {
            facts.append(("audience", "\(audience.text): \(try share(of: audience))"))
        }
        facts.append(("enter", entry(campaign)))
        facts.append(
            ("channels", campaign.channels.map { $0.map(\.rawValue).joined(separator: ", ") } ?? "all"))
        if campaign.kind != .marketing { facts.append(("kind", campaign.kind.rawValue)) }
        if let window = campaign.sendWindow { facts.append(("send window", "\(window)")) }
        if campaign.holdout > 0 {
            facts.append(
                ("holdout", "\(String(format: "%g", campaign.holdout * 100)) % are kept without messages"))
        }
        if !campaign.variants.isEmpty {
            facts.append(("variants", campaign.variants.map(\.name).joined(separator: ", ")))
        }
        if let limit = campaign.limit { facts.append(("limit", counted(Int(limit), "customer"))) }
        if let budget = campaign.budget {
            facts.append(("budget", MoneyFormat(currency: page.format.currency).text(budget)))
        }
        rows(facts)
        suggest([
            "explain \(luaLiteral(campaign.name))", "preview \(luaLiteral(campaign.name))",
            "dry_run(\(luaLiteral(campaign.name)), { days = 14 })",
        ])
    }

    /// How many of all customers belong to an audience now.
    private func share(of audience: SegmentExpression) throws -> String {
        let all = try session.snapshot.customerCount()
        return "\(grouped(try session.count(audience))) of \(counted(all, "customer"))"
    }

    /// When customers enter a campaign.
    private func entry(_ campaign: Campaign) -> String {
        var clock = session.host.clock.local
        switch campaign.trigger {
        case .start: return "when it is started"
        case .at(let instant): return "at \(session.clockText(at: instant))"
        case .every(let schedule):
            let next = schedule.next(after: session.host.clock.now, in: &clock)
            return "on a schedule"
                + (next.map { ", next at \(session.clockText(at: $0))" } ?? ", never again")
        case .event(let event): return "on \(event.name)" + (event.subject.map { " \($0)" } ?? "")
        case .before(let field, let anniversary): return "each year, for their \(field.name): \(anniversary)"
        case .festival(let festival, let rule):
            let next = festival.next(rule, after: session.host.clock.now, in: &clock)
            return "each year, for \(festival.name): \(rule)"
                + (next.map { ", next at \(session.clockText(at: $0))" } ?? ", of which no date is known")
        case .enters(let segment): return "when they begin to be in \(segment.text)"
        case .leaves(let segment): return "when they are no longer in \(segment.text)"
        }
    }
}

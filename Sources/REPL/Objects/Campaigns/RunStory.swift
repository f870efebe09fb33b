internal import Basics
internal import Catalog
internal import Diagnostics
internal import LuaRuntime
internal import Reports
internal import Rules
internal import ScriptSyntax
internal import Store

/// What a dry run did with one customer.
final class RunStory: LuaObject {
    private let told: Told
    /// Whether the run was made for the customer alone.
    private let isAlone: Bool

    /// What a run says of a customer.
    private struct Told {
        let header: RunHeader
        let campaigns: [RunCampaign]
        let entries: [RunFile.StoryEntry]
        let scripts: [String: String]
        let customer: Int64
        let campaign: String?
        let run: String

        init(_ file: RunFile, of customer: Int64, in campaign: String?, run: String) throws {
            header = try file.header()
            campaigns = try file.campaigns().filter { campaign == nil || $0.name == campaign }
            entries = try file.story(of: customer, in: campaign)
            scripts = try file.scripts()
            (self.customer, self.campaign, self.run) = (customer, campaign, run)
        }

        func story(_ masking: Masking) -> CustomerStory {
            CustomerStory(
                header, campaigns, entries, of: customer, in: campaign, run: run, scripts: scripts,
                masking: masking)
        }
    }

    /// The story from a run, in one of its campaigns or in all.
    init(_ run: RunObject, of customer: Int64, in campaign: String?, _ session: PromptSession) throws {
        told = try Told(run.file, of: customer, in: campaign, run: run.path)
        isAlone = false
        super.init(kind: Self.kind(session))
    }

    /// The story from a run for the customer alone, which is not kept.
    init(aloneOf customer: Int64, in campaign: String?, _ session: PromptSession) throws {
        let request = RunRequest(campaign.map { [$0] } ?? [])
        told = try session.bench.trial(of: customer, request, session.snapshot) { file in
            try Told(file, of: customer, in: campaign, run: "a dry run of this customer alone")
        }
        isAlone = true
        super.init(kind: Self.kind(session))
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "story", [],
            index: { session, object, key in
                guard let told = (object as? RunStory)?.told else { return nil }
                return switch key {
                case .text("customer"): .object(try session.host.person(told.customer))
                case .text("campaign"): told.campaign.map(LuaValue.text) ?? .missing
                case .text("run"): .text(told.run)
                default: nil
                }
            },
            names: { _ in ["customer", "campaign", "run"] })
    }
}

extension RunStory: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        let story = told.story(page.format.masking)
        // Of another time, the prompt could not say why.
        let isNow = told.header.now == page.format.clock.now
        let customer = told.customer
        page.report(
            story.text(
                width: page.width,
                explain: isNow ? { "explain(\(luaLiteral($0)), customer(\(customer)))" } : nil))
        guard isAlone else { return }
        page.aside("Made for this customer alone: limits and budgets, which others use up too, do not count.")
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        try JSON(parsing: told.story(page.format.masking).json())
    }
}

internal import Basics
internal import Diagnostics
internal import Reports
internal import Rules
internal import ScriptSyntax
internal import Store

extension PromptSession {
    /// What is said before the first prompt: to a first-time visitor three lines with things to try, later one.
    func welcome(isFirst: Bool) -> [String] {
        let time = reading { () -> String in
            let customers = counted(try snapshot.customerCount(), "customer")
            return "\(customers), \(clockText(at: host.clock.now))"
        }
        let name = bench.name + (time.map { ": \($0)" } ?? "")
        guard isFirst else { return [name] }
        let steps = reading { firstSteps } ?? []
        let marks = output.style
        return [
            "\(marks.paint(name, .bold)). Lines are Lua: an expression prints its value.",
            "Try  " + steps.prefix(3).joined(separator: "    "),
            "Tab completes, ?word explains, help shows what there is, Ctrl-D leaves.",
        ]
    }

    /// What the workspace's clock shows at an instant, without seconds where they are none.
    func clockText(at instant: Int64) -> String {
        var clock = host.clock.local
        let text = clock.text(at: instant)
        return text.hasSuffix(":00") ? String(text.dropLast(3)) : text
    }

    /// Lines to begin with that are true for this workspace.
    var firstSteps: [String] {
        var steps: [String] = []
        if let segment = host.segments.keys.sorted().first(where: isLuaName) {
            steps.append("customers:where(segment.\(segment)):count()")
        }
        if let campaign = host.campaigns.first(where: { !$0.isFollowUp })?.name {
            steps.append("explain \(luaLiteral(campaign))")
        }
        if let id = try? exampleCustomer() { steps.append("customer(\(id))") }
        return steps
    }
}

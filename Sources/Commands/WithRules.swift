internal import Basics
internal import Catalog
internal import Rules
public import Simulator
public import Store

extension Snapshot: ContactData {}

/// Loads the scripts of a workspace, then the templates where they are needed, and lets `body` ask about the
/// customers as of the clock's time.
func withRules<Result>(
    of workspace: Workspace, at clock: RuleClock, templates: Bool,
    _ body: (RuleHost, Snapshot, _ sources: String) throws -> Result
) throws -> Result {
    let host = try RuleHost(clock: clock)
    let scripts = try workspace.scripts()
    try host.load(scripts)
    let texts = templates ? try workspace.templates() : []
    try host.load(templates: texts)
    var hash = StableHash()
    for file in scripts + texts {
        hash.combine(file.path)
        hash.combine(file.text)
    }
    let store = try workspace.openStore()
    return try store.read(asOf: clock.now) { snapshot in
        host.attach(snapshot)
        return try body(host, snapshot, hash.hex)
    }
}

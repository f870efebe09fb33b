internal import Rules
internal import Simulator
internal import Store

extension DryRunRequest {
    /// Runs it for one customer and those who share an address with them, over a snapshot of its beginning, and hands over
    /// the run, which is not kept.
    ///
    /// Cost: that of these customers, and of making a host from the scripts and templates.
    func trial<Result>(
        of customer: Int64, in workspace: Workspace, _ source: RuleSource, _ snapshot: Snapshot,
        _ body: (RunFile) throws -> Result
    ) throws -> Result {
        var source = source
        let host = try source.makeHost()
        try source.findPopulations(for: names(host) + [assume], host, in: snapshot)
        var dryRun = options(in: workspace)
        dryRun.responses = try responses(host, snapshot)
        dryRun.sampleCount = 0
        // They are used up by everybody; one person alone does not.
        dryRun.hasLimits = false
        let people = try People(around: customer, snapshot, host)
        let person = people.lowest(of: customer)
        return try ScratchFolder.with { folder in
            let recorder = try RunFileWriter(path: folder.path("one.run"), scripts: source.scriptTexts)
            let run = DryRun(
                campaigns: names(host), over: person...person, people: people, dryRun, into: recorder)
            try run.work(host, snapshot) { _ in !Interrupt.isRequested }
            try run.finish(host, snapshot, from: clock.now, sources: source.hash)
            return try body(RunFile(path: recorder.path))
        }
    }
}

internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Reports
package import Rules
package import Store

/// What a person explores a workspace with: runs what is typed, and prints what it gives.
///
/// Not safe to share between threads. Valid only inside ``Store/look(asOf:_:)``.
package final class PromptSession {
    /// The workspace.
    let bench: any Workbench
    /// Where results go.
    let output: any PromptOutput
    /// How results are written.
    let format: PromptFormat
    /// The scripts, and all that was typed.
    let host: RuleHost
    /// The words that only the prompt has, commands of plugins among them.
    let words: [HostWord]
    /// The metatables of the prompt's objects.
    let kinds: PromptKinds
    /// The traits that questions about many customers have asked for.
    let traitFields = TraitFields()
    /// Addresses as they are shown.
    private(set) var masking = Masking.masked
    /// The run files that were made here, in their order.
    var madeRuns: [String] = []
    /// What is on the way to the output of the line that runs.
    private(set) var page: Page
    /// Whether the person has asked to leave.
    var isOver = false
    /// What the commit that runs has been asked for; nil where none runs.
    var pendingChanges: [CustomerChange]?
    private let view: StoreView
    /// The scripts as they were loaded.
    var scripts: [ScriptFile]
    var fingerprint: String
    private var inputCount = 0
    /// Another number for each change of the customers, the time or the definitions.
    private(set) var epoch = 0
    /// What was computed over the whole population, and from which data and for when.
    private var computed: (state: Int64, now: Int64, byKey: [PopulationKey: ComputedPopulation])?

    /// A session over the customers that a view looks at. Where scripts do not load, it says why and begins without.
    package init(
        _ bench: any Workbench, _ view: StoreView, output: any PromptOutput, format: PromptFormat
    ) throws {
        (self.bench, self.view, self.output, self.format) = (bench, view, output, format)
        let clock = try bench.clock()
        fingerprint = bench.fingerprint()
        var source = try bench.rules(at: clock, templates: false)
        scripts = source.scripts
        let failure: (any Error)?
        do {
            host = try source.makeHost()
            failure = nil
        } catch {
            // What is wrong with them is said below.
            source.scripts = []
            host = try source.makeHost()
            scripts = []
            failure = error
        }
        words = Self.words(of: host)
        kinds = PromptKinds(host)
        page = Page(
            width: output.width, style: output.style,
            format: ValueFormat(clock: clock, currency: view.snapshot.currency, masking: .masked))
        host.explorer = self
        host.attach(bench.data(view.snapshot))
        try host.openPrompt(words)
        newsOfCommands().forEach(output.note)
        if let failure {
            report(failure)
            output.note("The prompt goes on without scripts until that is mended.")
        }
        try view.rest()
    }

    /// Another number after each change of the customers by others.
    var dataVersion: Int64 { view.version }

    /// The customers as of now, while a line runs.
    var snapshot: Snapshot { view.snapshot }

    // MARK: Lines

    /// Whether there is more to come before a text can be run.
    func isUnfinished(_ text: String) -> Bool {
        !text.hasPrefix("?") && !Draft(text).endsInMethod && host.isUnfinished(text)
    }

    /// Runs what was typed and prints what it gives, or the error.
    ///
    /// - Returns: whether it went well.
    @discardableResult
    package func run(_ text: String) -> Bool {
        guard !text.allSatisfy(\.isWhitespace) else { return true }
        if Self.farewells.contains(text.trimmingCharacters(in: CharacterSet(charactersIn: "; \t\n"))) {
            isOver = true
            return true
        }
        inputCount += 1
        return run(text, as: "input \(inputCount)")
    }

    /// What people type to leave, whose meaning in a journey is no use here.
    private static let farewells: Set = ["exit", "exit()", "quit", "quit()"]

    /// Runs what comes on standard input, chunk by chunk, until it ends or Ctrl-C is pressed.
    ///
    /// - Returns: whether all of it went well.
    package func runStandardInput() -> Bool {
        var isSuccess = true
        var chunk = ""
        func next() -> String? {
            // Where a call before was interrupted by a signal, readLine would take the end for another interruption, forever.
            errno = 0
            return readLine(strippingNewline: true)
        }
        while !isOver, let line = next(), !bench.isInterrupted {
            chunk += chunk.isEmpty ? line : "\n" + line
            guard !isUnfinished(chunk) else { continue }
            isSuccess = run(chunk) && isSuccess
            chunk = ""
        }
        // What is not finished says so.
        return run(chunk) && isSuccess
    }

    /// Runs a whole file; what it gives is not printed, what it shows is.
    package func run(_ file: ScriptFile) -> Bool {
        perform {
            try findPopulations(for: [file.text])
            _ = try host.run(file.text, as: file.path)
        }
    }

    private func run(_ text: String, as name: String) -> Bool {
        perform {
            if text.hasPrefix("?") {
                try help(about: String(text.dropFirst()).trimmingCharacters(in: .whitespaces))
                return
            }
            let values = try advising(on: text) {
                try findPopulations(for: [text])
                return try host.run(text, as: name)
            }
            epoch += 1
            for value in values { try show(value) }
            if let last = values.first, host.state.type(of: last) != "nil" { host.setVariable("_", last) }
        }
    }

    /// Does something within a transaction of the view, prints what it leaves on the page, and reports what goes wrong.
    private func perform(_ body: () throws -> Void) -> Bool {
        var failure: (any Error)?
        do {
            try bench.interruptibly {
                try begin()
                for news in try readScripts() { output.note(news) }
                try view.naming(body)
            }
        } catch {
            failure = error
        }
        // What was ended by force has left nothing half done that the prompt itself would need.
        if host.isStopped { host.state.revive() }
        host.prompt?.forgetCustomers()
        flush()
        try? view.rest()
        if let failure { report(failure) }
        return failure == nil
    }

    /// Looks something up for who types, within a transaction of the view; nil where that fails or is interrupted.
    func reading<Result>(_ body: () throws -> Result) -> Result? {
        defer {
            if host.isStopped { host.state.revive() }
            host.prompt?.forgetCustomers()
            try? view.rest()
        }
        return try? bench.interruptibly {
            try begin()
            return try body()
        }
    }

    /// Makes the customers and the time those of now.
    private func begin() throws {
        let isOther = try view.begin(asOf: bench.clock().now)
        host.moveTime(to: view.snapshot.now)
        page = Page(
            width: output.width, style: output.style,
            format: ValueFormat(clock: host.clock, currency: view.snapshot.currency, masking: masking))
        guard isOther else { return }
        host.attach(bench.data(view.snapshot))
        host.prompt?.forgetCustomers()
        epoch += 1
    }

    /// Finds what texts may ask for of traits over the whole population and of models, and what was asked for before.
    func findPopulations(for texts: [String]) throws {
        try findPopulations(
            host.populationsNeeded(by: texts).union(host.populationNames.filter(host.populations.contains)))
    }

    /// Finds all of them, for what asks for every trait or segment that there is.
    func findAllPopulations() throws { try findPopulations(host.populationNames) }

    private func findPopulations(_ names: Set<String>) throws {
        guard !names.isEmpty else { return }
        let state = try snapshot.dataState()
        let known = computed?.state == state && computed?.now == snapshot.now ? computed?.byKey ?? [:] : [:]
        let found = try host.findPopulations(names) { key in
            try known[key].map(KeptPopulation.held) ?? snapshot.keptPopulation(key)
        }
        guard !found.isEmpty else { return }
        computed = (state, snapshot.now, known.merging(found.map { ($0.key, $0) }) { $1 })
        host.prompt?.forgetCustomers()
        epoch += 1
        // For the next command; here they are in memory until the data or the time change.
        if let store = try? bench.openStore() {
            _ = store.keep(found, asOf: snapshot.now, state: state, host.populations)
        }
    }

    /// Definitions have changed: what was found by them is found anew.
    func didRedefine() {
        host.prompt?.forgetCustomers()
        epoch += 1
    }

    /// The customers have been changed by this session: they are seen as they are now.
    func renew() throws {
        try view.rest()
        try begin()
    }

    /// The lines that something prints on a page of its own.
    func linesApart(width: Int?, _ body: () throws -> Void) rethrows -> [String] {
        let outer = page
        defer { page = outer }
        page = Page(width: width, style: outer.style, format: outer.format)
        try body()
        return page.lines
    }

    /// Writes what is on the page.
    func flush() {
        let lines = page.lines
        guard !lines.isEmpty else { return }
        page = Page(width: output.width, style: output.style, format: page.format)
        output.show(lines, paged: true)
    }

    // MARK: Values

    /// Prints a value.
    func show(_ value: LuaReference) throws {
        switch format {
        case .text: try ValuePrinter(self, page).show(value)
        case .json: page.line(try ValuePrinter(self, page).json(value).text())
        }
    }

    /// Says something that is no result: where a program reads those, on standard error.
    func say(_ lines: [String]) {
        switch format {
        case .text: for line in lines { page.line(line) }
        case .json: for line in lines { output.note(line) }
        }
    }

    /// Shows addresses otherwise from now on.
    func mask(_ masking: Masking) {
        self.masking = masking
        page.format = ValueFormat(
            clock: page.format.clock, currency: page.format.currency, masking: masking)
    }

    // MARK: Errors

    /// Does what a person typed, and gives an error of a usual kind the next step.
    private func advising<Result>(on text: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as any Diagnosable {
            var diagnostic = error.diagnostic
            guard let advice = FirstMistakes.advice(on: text, diagnostic, self) else { throw error }
            diagnostic.hint = advice
            throw diagnostic
        }
    }

    /// Prints an error with the lines it speaks of.
    func report(_ error: any Error) {
        output.note(text(of: error))
    }

    /// An error with the lines it speaks of. A rule may put an address into what it raises; it is shown as any other.
    func text(of error: any Error) -> String {
        var diagnostic =
            (error as? any Diagnosable)?.diagnostic ?? Diagnostic("\(error)")
        func shown(_ text: String) -> String { masking.show(text: text, to: nil, on: nil) }
        diagnostic.message = shown(diagnostic.message)
        diagnostic.hint = diagnostic.hint.map(shown)
        diagnostic.notes = diagnostic.notes.map(shown)
        let renderer = DiagnosticRenderer { [self] name in
            host.prompt?.inputs[name]?.text ?? bench.source(of: name)
        }
        return renderer.render(diagnostic)
    }
}

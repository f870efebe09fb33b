internal import ArgumentParser
internal import Catalog
internal import Demo
internal import Foundation
internal import Rules
internal import Store

/// `moonletter init DIR`: a new workspace.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a workspace.",
        discussion: """
            moonletter init shop                        an empty one
            moonletter init shop --demo                 one with 20,000 invented customers and sample campaigns
            """)

    /// The moment at which the demo's data ends; its settings take it for now, so that the demo shows the same
    /// figures to everyone, on any day.
    static let demoNow = "2026-12-01 09:00"

    @Argument(help: ArgumentHelp("The new folder.", valueName: "dir"))
    var folder: String
    @Flag(help: "Fill it with invented customers, sample scripts and templates.")
    var demo = false
    @Option(help: ArgumentHelp("How many customers the demo has.", valueName: "n"))
    var customers = 20_000
    @Option(help: ArgumentHelp("The same seed gives the same demo.", valueName: "n"))
    var seed: UInt64 = 1
    @Option(help: ArgumentHelp("The currency of all amounts (ISO 4217).", valueName: "code"))
    var currency = "CNY"
    @Option(help: ArgumentHelp("The workspace's time zone (IANA name).", valueName: "zone"))
    var timeZone = "Asia/Shanghai"

    func validate() throws {
        guard isCurrencyCode(currency) else {
            throw ValidationError(
                "--currency takes a code of three capital letters such as CNY, got '\(currency)'.")
        }
        guard TimeZone(identifier: timeZone) != nil else {
            throw ValidationError("--time-zone takes an IANA name such as Asia/Shanghai, got '\(timeZone)'.")
        }
        guard customers >= 0, customers <= 8_000_000 else {
            throw ValidationError("--customers takes a number from 0 to 8000000.")
        }
        guard demo || (customers == 20_000 && seed == 1) else {
            throw ValidationError("--customers and --seed are about invented customers; add --demo.")
        }
        guard !demo || currency == "CNY" else {
            throw ValidationError("The demo's amounts are in CNY; leave --currency out.")
        }
    }

    func run() throws {
        let root = URL(fileURLWithPath: folder).standardizedFileURL
        try checkFree(root)
        Interrupt.listen()
        // Made beside it and renamed, so that a workspace is there whole or not at all.
        let partial = root.deletingLastPathComponent()
            .appending(
                path: ".\(root.lastPathComponent).\(ProcessInfo.processInfo.processIdentifier).partial")
        defer { try? FileManager.default.removeItem(at: partial) }
        try fill(partial)
        guard rename(partial.path, root.path) == 0 else {
            throw WorkspaceError.cannotCreate(folder, reason: String(cString: strerror(errno)))
        }
        Console.line("made \(folder)")
        Console.line(
            demo
                ? "next: cd \(folder) && moonletter dry-run win-back"
                : "next: cd \(folder) && moonletter import customers FILE.csv")
    }

    /// Makes sure that there is nothing, or an empty folder.
    private func checkFree(_ root: URL) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: root.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw WorkspaceError.cannotCreate(folder, reason: "there is a file of that name")
        }
        guard let content = try? FileManager.default.contentsOfDirectory(atPath: root.path), content.isEmpty
        else { throw WorkspaceError.folderNotEmpty(folder) }
    }

    private func fill(_ root: URL) throws {
        do {
            for name in Workspace.folders {
                try FileManager.default.createDirectory(
                    at: root.appending(path: name), withIntermediateDirectories: true)
            }
            let settings = WorkspaceSettings.template(
                currency: currency, timeZone: timeZone,
                now: demo ? Self.demoNow : nil)
            try Data(settings.utf8).write(to: root.appending(path: Workspace.settingsName))
            for file in demo ? sampleFiles : [] {
                let place = root.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.bytes).write(to: place)
            }
        } catch {
            throw WorkspaceError.cannotCreate(folder, reason: String(cString: strerror(errno)))
        }
        let store = try Store(creating: root.appending(path: Workspace.databaseName).path, currency: currency)
        guard demo, let zone = TimeZone(identifier: timeZone),
            let until = RuleClock(now: 0, zone: zone).instant(Self.demoNow)
        else { return }
        var options = DemoOptions(until: until, timeZone: zone)
        options.customers = customers
        options.seed = seed
        let progress = ProgressLine("demo", unit: "customers")
        defer { progress.end() }
        try fillWithDemoData(store, options) { done, total in
            progress.show(Int64(done), of: Int64(total), count: done)
            if Interrupt.isRequested { throw WorkspaceError.initStopped(folder) }
        }
    }
}

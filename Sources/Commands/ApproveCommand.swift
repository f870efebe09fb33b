internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Reports
internal import Rules
internal import Store

/// `moonletter approve RUN`: records that somebody has seen a dry run and agrees to it.
struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Record that you have seen a dry run and agree to it.",
        discussion: """
            Keeps in the database who approved which decisions and when; moonletter approvals lists it, and
            moonletter drift says later how far data, scripts and templates have moved away from it.

              moonletter approve 2026-12-01-win-back
              moonletter approve runs/2026-12-01-win-back.run --by "Li Na"
            """)

    @Argument(help: ArgumentHelp("The run: a file, or its name in runs/.", valueName: "run"))
    var name: String
    @Option(help: ArgumentHelp("Who approves it; without it, $USER.", valueName: "name"))
    var by: String?
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        guard let by = by ?? ProcessInfo.processInfo.environment["USER"],
            !by.allSatisfy(\.isWhitespace)
        else { throw ApprovalError.nobody }
        let (path, file) = try workspace.run(named: name)
        let hash = try file.unchangedHash(shownAs: workspace.shown(path))
        let header = try file.header()
        let tallies = try file.tallies()
        let approval = Approval(
            run: workspace.relative(path), hash: hash, campaigns: try file.campaigns().map(\.name),
            from: header.now, days: Int(header.until - header.now) / 86_400,
            decisions: tallies.reduce(0) { $0 + $1.count },
            sent: tallies.filter { $0.outcome == .sent }.reduce(0) { $0 + $1.count }, by: by,
            at: try workspace.settings.clock(nil).now)
        try workspace.openStore().approve(approval)
        Console.line(
            "\(workspace.shown(path)) · \(shortHash(hash)) is approved by \(by): \(grouped(approval.sent)) of "
                + "\(grouped(approval.decisions)) messages to send, \(approval.campaigns.joined(separator: ", "))"
        )
    }
}

/// `moonletter approvals`: who approved what.
struct ApprovalsCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    static let configuration = CommandConfiguration(
        commandName: "approvals", abstract: "List the dry runs that were approved, the latest first.")

    @Option(help: ArgumentHelp("text, or json: a list of objects.", valueName: "format"))
    var format = Format.text
    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        let list = ApprovalList(try workspace.openStore().approvals(), timeZone: workspace.settings.timeZone)
        Console.write(format == .json ? try list.json() + "\n" : list.text(width: Console.width))
    }
}

extension RunFile {
    /// The hash of the run's decisions.
    ///
    /// - Throws: ``ApprovalError/altered(_:)`` where they are no longer those that were written.
    func unchangedHash(shownAs shown: String) throws -> String {
        let hash = try hash()
        guard try hashOfDecisions() == hash else { throw ApprovalError.altered(shown) }
        return hash
    }
}

/// Why a run cannot be approved, or its drift not be told.
enum ApprovalError: Error, Diagnosable {
    case nobody
    case altered(String)
    case notApproved(String)
    case otherApproved(String, by: String)

    var diagnostic: Diagnostic {
        switch self {
        case .nobody:
            Diagnostic("nobody is named who approves the run, and $USER is not set", hint: "add --by NAME")
        case .altered(let run):
            Diagnostic(
                "the decisions in \(run) were altered after the run was made",
                hint: "restore the file, or make the run again with: moonletter dry-run")
        case .notApproved(let run):
            Diagnostic(
                "\(run) has not been approved", hint: "look at it, then: moonletter approve \(shellWord(run))"
            )
        case .otherApproved(let run, let by):
            Diagnostic(
                "\(run) is no longer the run that \(by) approved: its decisions are others",
                hint: "restore the file, or look at it and: moonletter approve \(shellWord(run))")
        }
    }
}

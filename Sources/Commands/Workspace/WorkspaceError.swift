internal import Calendars
internal import Diagnostics

/// What can be wrong with a workspace.
enum WorkspaceError: Error, Diagnosable {
    case noWorkspaceAround
    case notAWorkspace(String)
    case folderNotEmpty(String)
    case cannotCreate(String, reason: String)
    case initStopped(String)
    case otherCurrency(settings: String, store: String)
    case unreadable(String)
    case noFile(String)
    case isFolder(String)
    case notUTF8(String)
    case linkOutside(String)
    case badSetting(name: String, expected: String, got: String)
    case unknownSetting(name: String, known: [String])
    case badCalendar(name: String, CalendarError)
    case workdaysTwice(calendar: String)
    case badTime(String)
    case nothingToRun
    case beginsBeforePast(from: String, asOf: String)
    case unknownField(String, known: [String])
    case noCustomer(Int64)
    case unknownResponse(String, known: [String])
    case noScript(String, known: [String])
    case noTest(String)
    case testsStopped

    var diagnostic: Diagnostic {
        let settings = SourceLocation(file: Workspace.settingsName, line: 1)
        return switch self {
        case .beginsBeforePast(let from, let asOf):
            Diagnostic(
                "the run would begin at \(from), before \(asOf), as of which it reads the store",
                hint: "name an earlier --as-of, or leave --from out")
        case .noCustomer(let id):
            Diagnostic(
                "there is no customer \(id)",
                hint: "moonletter segment NAME --ids prints the numbers of customers")
        case .noWorkspaceAround:
            Diagnostic(
                "there is no workspace here: no workspace.lua in this folder or above it",
                hint:
                    "go into a workspace, name one with --workspace DIR, or make one with: moonletter init DIR"
            )
        case .notAWorkspace(let folder):
            Diagnostic(
                "\(folder) is not a workspace: it has no workspace.lua",
                hint: "make one with: moonletter init DIR")
        case .folderNotEmpty(let folder):
            Diagnostic(
                "\(folder) is there already and not empty", hint: "name a new folder; nothing was changed")
        case .cannotCreate(let folder, let reason):
            Diagnostic(
                "\(folder) cannot be made: \(reason)", hint: "check the permissions of the folder around it")
        case .initStopped(let folder): Diagnostic("making \(folder) was stopped; nothing was made")
        case .otherCurrency(let wanted, let stored):
            Diagnostic(
                "the amounts in crm.sqlite are in \(stored), but workspace.lua says \(wanted)", at: settings,
                token: "currency", hint: "set currency = \"\(stored)\"; amounts are not converted")
        case .unreadable(let path):
            Diagnostic("\(path) cannot be read", hint: "check that it is a file, and its permissions")
        case .noFile(let path): Diagnostic("there is no file \(path)", hint: "check the name")
        case .isFolder(let path):
            Diagnostic(
                "\(path) is a folder",
                hint: "name files in it; without any, check looks at all scripts of the workspace")
        case .notUTF8(let path): Diagnostic("\(path) is not UTF-8 text", hint: "save it as UTF-8")
        case .linkOutside(let path):
            Diagnostic(
                "\(path) is a link to a file outside of its folder", hint: "copy the file into the folder")
        case .badSetting(let name, let expected, let got):
            Diagnostic("'\(name)' takes \(expected), got \(got)", at: settings, token: Self.word(name))
        case .badCalendar(let name, let error):
            Diagnostic(
                "'\(name)': \(error.diagnostic.message)", at: settings, token: Self.word(name),
                hint: error.diagnostic.hint)
        case .workdaysTwice(let calendar):
            Diagnostic(
                "'workdays' stands beside holidays = \"\(calendar)\", which has workdays of its own",
                at: settings, token: "workdays", hint: "leave it out, or list the holidays, too")
        case .unknownSetting(let name, let known):
            Diagnostic(
                "unknown setting '\(name)'", at: settings, token: Self.word(name),
                hint: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
                    ?? "known are: \(known.joined(separator: ", "))")
        case .badTime(let text):
            Diagnostic(
                "'\(text)' is not a time",
                hint: "write a day or a time such as 2026-12-01 or \"2026-12-01 09:00\"")
        case .nothingToRun:
            Diagnostic(
                "there is no campaign in scripts/", hint: "write one; docs/reference/journeys.md shows how")
        case .noScript(let name, let known):
            Diagnostic(
                "\(name) is no script of the workspace",
                hint: suggestion(name, known, what: "script"))
        case .noTest(let text):
            Diagnostic("no test has '\(text)' in its name", hint: "moonletter test prints the names of all")
        case .testsStopped: Diagnostic("the tests were stopped")
        case .unknownResponse(let name, let known):
            Diagnostic(
                "--assume names '\(name)', which is neither history, none or all nor a response of the scripts",
                hint: suggestion(name, ["history", "none", "all"] + known, what: "response"))
        case .unknownField(let name, let known):
            Diagnostic(
                "unknown field '\(name)' of a customer",
                hint: nearestName(to: name, in: known).map { "did you mean '\($0)'?" }
                    ?? "known are: \(known.joined(separator: ", "))")
        }
    }

    /// What of `budgets.predicate.steps` is written in the file in one word.
    private static func word(_ name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? name
    }
}

internal import Basics
public import Diagnostics

/// What can be wrong with a library of scripts, and with one that is shared.
public enum ScriptLibraryError: Error, Diagnosable, Equatable {
    case noScript(String, known: [String])
    case severalScripts(String, [String])
    case noTexts(String, reason: String)
    case badName(String)
    case noRoom(String)
    case notShared(String)
    case laterFormat(Int64)
    case badPath(String)
    case deceptive(String)
    case tooLarge(String, bytes: Int, limit: Int)
    case tooMany(String, String, limit: Int)
    case tampered([String])
    case otherContent([String])

    /// What to tell.
    public var diagnostic: Diagnostic {
        switch self {
        case .noScript(let name, let known):
            Diagnostic("there is no script '\(name)'", hint: suggestion(name, known, what: "script"))
        case .severalScripts(let name, let names):
            Diagnostic(
                "there are \(names.count) scripts '\(name)'", hint: "write \(names.joined(separator: " or "))"
            )
        case .noTexts(let path, let reason):
            Diagnostic("\(path) cannot be shared: \(reason)", hint: "write it as JSON, without comments")
        case .badName(let name):
            Diagnostic(
                "'\(name)' cannot be the name of a script",
                hint: "write ROOM/NAME in letters, digits, '-' and '_', such as segments/big-spenders")
        case .noRoom(let name):
            Diagnostic(
                "'\(name)' names no room of the library",
                hint: suggestion(name, ScriptRoom.allCases.map(\.rawValue), what: "room"))
        case .notShared(let reason):
            Diagnostic(
                "this is no packed script: \(reason)",
                hint: "moonletter scripts pack NAME makes one; do not edit it by hand")
        case .laterFormat(let format):
            Diagnostic(
                "the script is packed in format \(format), this version reads \(SharedScript.format)",
                hint: "add it with a later version of moonletter")
        case .badPath(let path):
            Diagnostic(
                "'\(withoutControls(path))' is no place for a file of a script",
                hint: "files go into scripts/ (.lua) and templates/ (.liquid), by plain names")
        case .deceptive(let path):
            Diagnostic(
                "\(path) has characters that steer a terminal or turn the direction of its text",
                hint: "it may not do what it seems to; ask whoever wrote it to write them as escapes")
        case .tooLarge(let what, let bytes, let limit):
            Diagnostic(
                "\(what) has \(grouped(bytes)) bytes; more than \(grouped(limit)) are not taken",
                hint: "scripts and templates are small: ask where it comes from")
        case .tooMany(let whose, let what, let limit):
            Diagnostic(
                "\(whose) has more than \(grouped(limit)) \(what)", hint: "share one script at a time")
        case .tampered(let parts):
            Diagnostic(
                "the script was changed after it was packed: \(parts.joined(separator: ", "))",
                hint: "get it anew from whoever packed it; nothing was added")
        case .otherContent(let parts):
            Diagnostic(
                "this workspace has other content in \(parts.joined(separator: ", "))",
                hint: "compare the files, then add it with --replace; nothing was added")
        }
    }
}

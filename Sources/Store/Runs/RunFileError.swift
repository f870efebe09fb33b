public import Diagnostics

/// Why a file cannot be read as a run.
public enum RunFileError: Error, Equatable {
    /// There is no file.
    case missing(path: String)
    /// The file is something else.
    case foreign(path: String)
    /// The file has the form of an older version of the program.
    case older(path: String)
    /// The file has the form of a newer version of the program.
    case newer(path: String)
    /// The file lacks what every run says.
    case incomplete(path: String)
    /// SQLite cannot read it, as where the file was cut off.
    case unreadable(path: String, message: String)
}

extension RunFileError: Diagnosable {
    /// The error in words, with the next step.
    public var diagnostic: Diagnostic {
        switch self {
        case .missing(let path):
            Diagnostic(
                "there is no run file \(path)",
                hint: "name one of those in runs/, or make one with: moonletter dry-run")
        case .foreign(let path):
            Diagnostic("\(path) is not a run file", hint: "name a file that moonletter dry-run has made")
        case .older(let path):
            Diagnostic(
                "\(path) was made by an older version of Moonletter, which kept less of a run",
                hint: "make the run again with: moonletter dry-run")
        case .newer(let path):
            Diagnostic("\(path) was made by a newer version of Moonletter", hint: "update Moonletter")
        case .incomplete(let path):
            Diagnostic("\(path) is damaged", hint: "make the run again with: moonletter dry-run")
        case .unreadable(let path, let message):
            Diagnostic(
                "\(path) cannot be read: SQLite reports: \(message)",
                hint: "make the run again with: moonletter dry-run")
        }
    }
}

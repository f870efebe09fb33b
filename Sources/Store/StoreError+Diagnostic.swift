public import Diagnostics

extension StoreError: Diagnosable {
    /// The error in words, with the next step.
    public var diagnostic: Diagnostic {
        switch self {
        case .missing(let path):
            Diagnostic("there is no database at \(path)", hint: "make a workspace with: moonletter init DIR")
        case .exists(let path):
            Diagnostic(
                "there is a database at \(path) already", hint: "choose another folder, or remove it first")
        case .foreign(let path):
            Diagnostic(
                "\(path) is a database of another program",
                hint: "Moonletter only opens databases that it made; import the data from CSV files instead")
        case .notADatabase(let path):
            Diagnostic(
                "\(path) is not an SQLite database",
                hint: "restore it from a backup, or start a new workspace")
        case .newerSchema(let path):
            Diagnostic("\(path) was made by a newer version of Moonletter", hint: "update Moonletter")
        case .readOnly(let path):
            Diagnostic(
                "\(path) cannot be written",
                hint:
                    "check the permissions of the file and its folder \(folder(of: path)); SQLite writes beside it"
            )
        case .diskFull(let path):
            Diagnostic(
                "the disk of \(folder(of: path)) is full; nothing was changed",
                hint: "free some space and run the command again")
        case .busy(let path):
            Diagnostic(
                "another program is writing to \(path)", hint: "wait until it has finished, then try again")
        case .moved(let path):
            Diagnostic(
                "\(path) was moved or replaced after it was opened", hint: "leave, and run the command again")
        case .changed:
            Diagnostic(
                "the customers were changed while what holds for all of them was computed",
                hint: "run the command again")
        case .interrupted: Diagnostic("interrupted")
        case .sqlite(let path, let message):
            Diagnostic("\(path): SQLite reports: \(message)", hint: "moonletter doctor checks the database")
        }
    }

    private func folder(of path: String) -> String {
        // Not by NSString, whose deletingLastPathComponent traps on a path of one character.
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

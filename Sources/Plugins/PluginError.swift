public import Diagnostics

/// What is wrong with a plugin's folder or its grants.
public enum PluginError: Error, Sendable {
    /// A file that a plugin must have is missing.
    case noFile(String)
    /// A file is no UTF-8.
    case notUTF8(String)
    /// A file leads out of the plugin's folder.
    case linkOutside(String)
    /// A folder has more than a plugin may.
    case tooLarge(String, limit: String)
    /// A file cannot be written.
    case cannotWrite(String, reason: String)
    /// A text has characters that steer a terminal or turn the direction of what follows.
    case steers(String, line: Int)
    /// A file is no zip file that can be read.
    case notZip(String, reason: String)
    /// An archive names a place outside of it.
    case outside(archive: String, path: String)
    /// `plugin.json` is no JSON.
    case notJSON(file: String, reason: String, line: Int, column: Int)
    /// Something in a JSON file is not what it must be.
    case wrong(file: String, key: String, expected: String, got: String)
    /// A key that means nothing.
    case unknownKey(file: String, key: String, known: [String])
    /// The plugin was made for another version of the program's interface.
    case otherAPI(plugin: String, wants: Int64, has: Int64)
    /// A plugin of that name is not there.
    case unknown(String, known: [String])
    /// An option of the workspace that the plugin does not have.
    case unknownOption(plugin: String, name: String, known: [String])
    /// An option of the workspace has another kind of value.
    case wrongOption(plugin: String, name: String, expected: String, got: String)
}

extension PluginError: Diagnosable {
    /// The sentence for the person.
    public var diagnostic: Diagnostic {
        switch self {
        case .noFile(let path):
            Diagnostic("\(path) is missing", hint: "moonletter plugins new makes a plugin that runs")
        case .notUTF8(let path): Diagnostic("\(path) is not UTF-8", hint: "save it as UTF-8")
        case .linkOutside(let path):
            Diagnostic("\(path) is a link that leads out of its folder", hint: "put the file itself there")
        case .tooLarge(let path, let limit):
            Diagnostic("\(path) has more than \(limit)", hint: "a plugin is code; data belongs into imports")
        case .cannotWrite(let path, let reason):
            Diagnostic("\(path) cannot be written: \(reason)", hint: "check the permissions of its folder")
        case .steers(let path, let line):
            Diagnostic(
                "\(path) has a character that steers a terminal or turns the direction of its text, in line \(line)",
                hint: "what people read would not be what runs; take it out")
        case .notZip(let file, let reason):
            Diagnostic("\(file) is no zip file: \(reason)", hint: "a plugin is a folder or a zip file of one")
        case .outside(let archive, let path):
            Diagnostic("\(archive) names '\(path)', which is outside of it", hint: "nothing was installed")
        case .notJSON(let file, let reason, let line, let column):
            Diagnostic(
                "\(file) is no JSON: \(reason)", at: SourceLocation(file: file, line: line, column: column))
        case .wrong(let file, let key, let expected, let got):
            Diagnostic("'\(key)' in \(file) is \(expected), got \(got)", token: key)
        case .unknownKey(let file, let key, let known):
            Diagnostic(
                "unknown key '\(key)' in \(file)", token: key,
                hint: suggestion(
                    String(key.split(separator: ".").last ?? ""), known, what: "key"))
        case .otherAPI(let plugin, let wants, let has):
            Diagnostic(
                "plugin '\(plugin)' is written for interface \(wants), and this program has \(has)",
                hint: wants > has ? "take a newer moonletter" : "take a newer version of the plugin")
        case .unknown(let name, let known):
            Diagnostic("there is no plugin '\(name)'", hint: suggestion(name, known, what: "plugin"))
        case .unknownOption(let plugin, let name, let known):
            Diagnostic(
                "plugin '\(plugin)' has no option '\(name)'", token: name,
                hint: suggestion(name, known, what: "option"))
        case .wrongOption(let plugin, let name, let expected, let got):
            Diagnostic("the option '\(name)' of plugin '\(plugin)' is \(expected), got \(got)", token: name)
        }
    }
}

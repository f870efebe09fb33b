internal import ArgumentParser
internal import Diagnostics
internal import Foundation

/// `moonletter types`: what scripts find, as annotations for lua-language-server.
struct TypesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "types",
        abstract: "Write what scripts find in this workspace for editors with lua-language-server.",
        discussion: """
            Fields, attributes, traits, segments, templates and all words, with their types and a sentence each, so that
            editors complete them and find mistakes. Call it again where those change.

              moonletter types --luarc      the first time: .luarc.json tells the editor where the types are
              moonletter types              later
              moonletter types -o -         to standard output
            """)

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write to another file; - for standard output.", valueName: "file"))
    var output: String?
    @Flag(help: "Write .luarc.json too, where there is none.")
    var luarc = false
    @OptionGroup var options: WorkspaceOptions

    /// Where the types are, from the workspace's folder.
    private static let folder = ".luatypes"

    func validate() throws {
        guard !luarc || output != "-" else {
            throw ValidationError("--luarc needs a file of types that it can name.")
        }
    }

    func run() throws {
        let workspace = try options.open()
        let text = try TypeFile(TypeWorld(workspace)).text
        guard output != "-" else { return Console.write(text) }
        let file = try file(in: workspace)
        try PageFile(file.path).write(text)
        Console.line("wrote \(workspace.shown(file.path))")
        if luarc { try writeSettings(workspace, typesIn: file.deletingLastPathComponent()) }
    }

    /// The file that is written; the usual folder is made where it is missing.
    private func file(in workspace: Workspace) throws -> URL {
        if let output { return URL(fileURLWithPath: output).standardizedFileURL }
        let folder = workspace.root.appending(path: Self.folder)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw WorkspaceError.cannotCreate(Self.folder, reason: String(cString: strerror(errno)))
        }
        return folder.appending(path: "moonletter.lua")
    }

    private func writeSettings(_ workspace: Workspace, typesIn folder: URL) throws {
        let file = workspace.path(EditorSettings.fileName)
        // A link that leads nowhere is there too.
        guard (try? FileManager.default.attributesOfItem(atPath: file)) == nil else {
            return Console.line(
                "kept \(workspace.shown(file)): it is there already; name \(folder.path) in its workspace.library"
            )
        }
        let root = workspace.root.standardizedFileURL.path + "/"
        let path = folder.standardizedFileURL.path
        try PageFile(file).write(
            EditorSettings.text(typesIn: path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path))
        Console.line("wrote \(workspace.shown(file))")
    }
}

internal import Foundation
internal import Store

extension Workspace {
    /// The run files, the newest first.
    func runPaths() throws -> [String] {
        let folder = root.appending(path: "runs")
        let key = URLResourceKey.contentModificationDateKey
        let files =
            (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: [key]))
            ?? []
        let dated = try files.filter { $0.pathExtension == "run" }.map { file in
            (
                time: try file.resourceValues(forKeys: [key]).contentModificationDate ?? .distantPast,
                path: file.path
            )
        }
        return dated.sorted { ($0.time, $0.path) > ($1.time, $1.path) }.map(\.path)
    }

    /// The run that the person names: a file, or the name of one in runs/ with or without its ending.
    func run(named name: String) throws -> (path: String, file: RunFile) {
        let places = [name, path("runs/\(name)"), path("runs/\(name).run")]
        let path = places.first { FileManager.default.fileExists(atPath: $0) } ?? name
        return (path, try RunFile(path: path))
    }

    /// A path as it is written down: relative to the workspace where it lies in it.
    func relative(_ path: String) -> String {
        let path = URL(fileURLWithPath: path).standardizedFileURL.path
        let prefix = root.standardizedFileURL.path + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
}

import Foundation

/// EmmyLua's language server, which reads LuaCATS, as far as a test asks it: what is wrong with the files of a folder.
///
/// It is the program `emmylua_ls`, on the path or where `MOONLETTER_EMMYLUA` says; <https://github.com/EmmyLuaLs>.
final class LuaServer {
    /// Where it is; nil where it is not installed.
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/emmylua_ls" }
        return ([environment["MOONLETTER_EMMYLUA"]].compactMap(\.self) + folders)
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let root: URL
    private var lastNumber = 0

    /// Starts the server in a folder.
    init(_ root: URL) throws {
        self.root = root
        process.executableURL = URL(fileURLWithPath: Self.path ?? "")
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let folder: [String: Any] = ["uri": root.absoluteString, "name": "workspace"]
        _ = try ask(
            "initialize",
            [
                "processId": NSNull(), "rootUri": root.absoluteString, "workspaceFolders": [folder],
                "capabilities": ["textDocument": ["diagnostic": [String: Any]()]],
            ])
        try send(["method": "initialized", "params": [String: Any]()])
    }

    deinit { process.terminate() }

    /// Opens a file of the folder.
    func open(_ file: String) throws {
        let url = root.appending(path: file)
        try send([
            "method": "textDocument/didOpen",
            "params": [
                "textDocument": [
                    "uri": url.absoluteString, "languageId": "lua", "version": 1,
                    "text": try String(contentsOf: url, encoding: .utf8),
                ]
            ],
        ])
    }

    /// What is wrong with an open file: `2: undefined-field: …`, sorted by line. Advice on style is left out.
    func findings(in file: String) throws -> [String] {
        let result = try ask(
            "textDocument/diagnostic", ["textDocument": ["uri": root.appending(path: file).absoluteString]])
        let items = (result as? [String: Any])?["items"] as? [[String: Any]] ?? []
        return items.compactMap { item -> (Int, String)? in
            guard let code = item["code"] as? String, code != "unused",
                let range = item["range"] as? [String: [String: Int]], let line = range["start"]?["line"]
            else { return nil }
            return (line + 1, "\(line + 1): \(code)")
        }.sorted { $0 < $1 }.map(\.1)
    }

    // MARK: Messages

    private func ask(_ method: String, _ parameters: [String: Any]) throws -> Any? {
        lastNumber += 1
        try send(["id": lastNumber, "method": method, "params": parameters])
        while let message = try receive() {
            if let number = message["id"], message["method"] != nil {
                // The server asks too; none of its questions matters here.
                try send(["id": number, "result": NSNull()])
            } else if message["id"] as? Int == lastNumber {
                return message["result"]
            }
        }
        return nil
    }

    private func send(_ message: [String: Any]) throws {
        let body = try JSONSerialization.data(withJSONObject: message.merging(["jsonrpc": "2.0"]) { $1 })
        try input.fileHandleForWriting.write(
            contentsOf: Data("Content-Length: \(body.count)\r\n\r\n".utf8) + body)
    }

    /// The next message; nil where the server has ended.
    private func receive() throws -> [String: Any]? {
        var header = Data()
        while !header.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else {
                return nil
            }
            header += byte
        }
        guard let length = String(decoding: header, as: UTF8.self).firstMatch(of: #/Content-Length: (\d+)/#),
            var missing = Int(length.1)
        else { return nil }
        var body = Data()
        while missing > 0, let part = try output.fileHandleForReading.read(upToCount: missing), !part.isEmpty
        {
            body += part
            missing -= part.count
        }
        return try JSONSerialization.jsonObject(with: body) as? [String: Any]
    }
}

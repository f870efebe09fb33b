import Foundation
import TestSupport

/// Chromium without a window, for tests of pages.
struct Browser {
    /// What became of a page.
    struct Outcome {
        /// The document as it is when its scripts have run.
        let document: String
        /// What the browser says about the page: errors of scripts, and what it refused to load.
        let console: [String]
    }

    /// Where it is; nil where it is not installed.
    static let path: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome"]
        return names.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// Opens a page at the address with this part behind `#`.
    static func open(_ page: String, at place: String = "") throws -> Outcome {
        let folder = try TemporaryFolder()
        var address = URLComponents(
            url: URL(fileURLWithPath: try folder.write(page, to: "page.html")), resolvingAgainstBaseURL: false
        )
        address?.fragment = place
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path ?? "")
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--user-data-dir=\(folder.path("profile"))", "--enable-logging=stderr", "--dump-dom",
            address?.string ?? "",
        ]
        // Files, not pipes: nobody has to read while the browser writes.
        for name in ["document", "console"] { try folder.write("", to: name) }
        process.standardOutput = try FileHandle(forWritingTo: folder.url.appending(path: "document"))
        process.standardError = try FileHandle(forWritingTo: folder.url.appending(path: "console"))
        try process.run()
        process.waitUntilExit()
        let console = try folder.read("console").split(separator: "\n").filter { $0.contains(":CONSOLE") }
        return Outcome(document: try folder.read("document"), console: console.map(String.init))
    }
}

/// What a rule is shown with, and tested with: a script, or some files of a workspace.
public struct LintExample: Sendable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The path and the text of each file.
    public let files: [(path: String, text: String)]

    private static let scriptPath = "scripts/example.lua"

    /// One script.
    public init(stringLiteral script: String) {
        files = [(Self.scriptPath, script)]
    }

    /// Some files, by their paths in the workspace.
    init(_ files: KeyValuePairs<String, String>) {
        self.files = files.map { ($0.key, $0.value) }
    }

    /// A message that the campaign of the script sends, whose content gives what `content` says.
    init(template: String, content: String = "{ voucher = 50, last = c.orders:last() }") {
        let script = """
            campaign "hello" {
              audience = segment.vip,
              content = function(c) return \(content) end,
              journey = function(c) send { template = "hello" } end,
            }
            """
        files = [("templates/hello.liquid", template), (Self.scriptPath, script)]
    }

    /// The files, each but a script alone under its path.
    public var description: String {
        if files.count == 1, files[0].path == Self.scriptPath { return files[0].text }
        return files.map { "\($0.path):\n\($0.text)" }.joined(separator: "\n")
    }
}

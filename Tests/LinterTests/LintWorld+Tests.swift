import Catalog
import Linter
import LuaRuntime
import Rules
import ScriptSyntax

extension LintWorld {
    /// The words of the program, and some things that a workspace may have.
    static func workshop() throws -> LintWorld {
        func words(_ words: [HostWord]) -> [LintWord] {
            words.map { word in
                LintWord(
                    word.name, settings: word.settings, renamedSettings: word.renamedSettings,
                    parameters: word.parameters.map {
                        LintParameter(
                            $0.expected, LintParameter.Kind(rawValue: $0.kind.rawValue) ?? .other,
                            isOptional: $0.isOptional)
                    }, deprecated: word.deprecated)
            }
        }
        var world = LintWorld(
            words: words(hostWords) + [LintWord("long_ago", deprecated: "days_ago(n)")],
            customerMethods: words(Rules.customerMethods) + [LintWord("tagged", deprecated: "c:has_tag")],
            relationMethods: words(Rules.relationMethods), libraries: Set(try LuaState().words))
        world.campaignKinds = Campaign.Kind.allCases.map(\.rawValue)
        world.overCaps = Campaign.OverCap.allCases.map(\.rawValue)
        world.attributes = [Field("tier", .text, "")]
        world.templates = ["hello": ["email", "sms"]]
        world.missingShares = { names in
            ["company": 0.72, "city": 0.1].filter { names.contains($0.key) }
        }
        return world
    }

    /// Two segments in a file of their own.
    static let others = LuaChunk(
        parsing: """
            segment "vip" { where = function(c) return c.order_count > 3 end }
            segment "buyers" { where = function(c) return c:has_tag "buyer" end }
            """, path: "scripts/others.lua")

    /// What is found in the files of an example beside the file of segments.
    func findings(_ example: LintExample) -> [LintFinding] {
        let scripts = example.files.filter { $0.path.hasSuffix(".lua") }
        let templates = example.files.filter { !$0.path.hasSuffix(".lua") }
        return Linter(self).lint(
            scripts.map { LuaChunk(parsing: $0.text, path: $0.path) },
            templates: templates.map { TemplateSource(path: $0.path, text: $0.text) }, others: [Self.others]
        ).findings
    }

    /// What is found in a script beside the file of segments, line by line.
    func findings(_ source: String) -> [LintFinding] {
        Linter(self).lint([LuaChunk(parsing: source, path: "scripts/a.lua")], others: [Self.others]).findings
    }
}

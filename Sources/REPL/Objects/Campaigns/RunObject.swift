internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Reports
internal import Rules
internal import ScriptSyntax
internal import Store

/// A dry run: its summary where it is printed, and every decision where it is asked.
final class RunObject: LuaObject {
    /// The run file.
    let file: RunFile
    /// Its path as the person would type it.
    let path: String
    /// The names of its campaigns.
    let campaigns: [String]
    /// What its decisions can be asked for.
    let fields: [Field]

    /// Opens the run file at an absolute path.
    init(_ path: String, _ session: PromptSession) throws {
        file = try RunFile(path: path)
        self.path = session.bench.shown(path)
        campaigns = try file.campaigns().map(\.name)
        fields = try file.decisionFields()
        super.init(kind: Self.kind(session))
    }

    /// What `run` calls a run file: its name without the ending.
    static func name(ofFile path: String) -> String {
        URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }

    private static func kind(_ session: PromptSession) -> LuaObjectKind {
        session.kinds.kind(
            "run", runMethods,
            index: { _, object, key in
                guard let run = object as? RunObject else { return nil }
                return switch key {
                case .text("path"): .text(run.path)
                case .text("campaigns"): .table(LuaTable(array: run.campaigns.map(LuaValue.text)))
                default: nil
                }
            },
            names: { _ in ["path", "campaigns"] })
    }

    /// The field of that name.
    func field(_ name: String) throws -> Field {
        guard let field = fields.first(where: { $0.name == name }) else {
            throw LuaError(
                "a decision has no '\(name)'", hint: suggestion(name, fields.map(\.name), what: "field"))
        }
        return field
    }

    func summary(_ masking: Masking) throws -> RunSummary {
        try RunSummary(file, run: path, masking: masking)
    }
}

extension RunObject: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        let summary = try summary(page.format.masking)
        page.report(TerminalPreview(summary, width: page.width).text())
        guard let sample = summary.samples.first else { return }
        page.aside("why(\(luaLiteral(sample.campaign)), customer(\(sample.customer)))")
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        try JSON(parsing: summary(page.format.masking).json())
    }
}

internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Reports
internal import Rules
internal import Store

/// Words about scripts and the prompt itself.
let scriptWords: [HostWord] = [
    HostWord(
        prompt: "save", "save(name, path, { description, replace })",
        "Writes what was defined at the prompt as a script, with a description and, for a segment, its first tests.",
        example: "save(\"vip\", \"scripts/vip.lua\")", settings: saveSettings
    ) { call, session in
        let (name, path, options) = try call.arguments(
            .text("name"), .text("path", "a path such as \"scripts/vip.lua\""), .any("options"))
        var settings = LuaTable()
        switch options {
        case .missing: break
        case .table(let table): settings = table
        default: throw call.mismatch(3, "a table such as { replace = true }", options)
        }
        try session.save(name, path, settings)
        return call.returnsNothing()
    },
    HostWord(
        prompt: "edit", "edit(path)",
        "Opens a script or template in $VISUAL or $EDITOR; what has changed is read when it closes.",
        example: "edit \"scripts/win-back.lua\""
    ) { call, session in
        try session.edit(try call.arguments(.text("path", "a path such as \"scripts/win-back.lua\"")))
        return call.returnsNothing()
    },
    HostWord(
        prompt: "print", "print(value, …)", "Prints values in a line, at once.",
        example: "print(now(), \"done\")"
    ) { call, session in
        try session.print((0..<call.count).map { call.kept($0 + 1) })
        return call.returnsNothing()
    },
    HostWord(
        prompt: "show", "show(value, …)", "Prints values as the prompt prints results.",
        example: "show(customer(42))"
    ) { call, session in
        for position in 0..<call.count { try session.show(call.kept(position + 1)) }
        return call.returnsNothing()
    },
    HostWord(
        prompt: "reveal", "reveal(true)",
        "Shows e-mail addresses and phone numbers in full until reveal(false) or the end; the audit log keeps who did so, and when.",
        example: "reveal(true)"
    ) { call, session in
        guard case .boolean(let isOn) = try call.value(1), call.count == 1 else {
            throw call.mismatch(1, "true or false", try call.value(1))
        }
        try session.reveal(isOn)
        return call.returnsNothing()
    },
]

/// The settings of `save`.
private let saveSettings = ["description", "replace"]

extension PromptSession {
    /// Writes a script for what was defined at the prompt.
    fileprivate func save(_ name: String, _ path: String, _ settings: LuaTable) throws {
        for field in settings.fields where !saveSettings.contains(field.name) {
            throw LuaError(
                "save has no setting '\(field.name)'",
                hint: suggestion(field.name, saveSettings, what: "setting"))
        }
        var description: String?
        switch settings["description"] {
        case .missing: break
        case .text(let text) where !text.isEmpty && !text.contains(where: \.isNewline): description = text
        case let other: throw LuaError("the description is one line of text, got \(other.described)")
        }
        let replaces: Bool
        switch settings["replace"] {
        case .missing: replaces = false
        case .boolean(let flag): replaces = flag
        case let other: throw LuaError("replace is true or false, got \(other.described)")
        }
        let script = try SavedScript(name, path: path, self)
        guard replaces || bench.source(of: script.path) == nil else {
            throw LuaError(
                "\(script.path) is there already",
                hint: "choose another name, or save(\"\(name)\", \"\(script.path)\", { replace = true })")
        }
        var kept: [String] = []
        if script.isSegment {
            kept = try FirstTests(script, of: name, self).texts { test in
                let text = script.text(description: description, tests: [test])
                return try bench.passes(ScriptFile(path: script.path, text: text))
            }
        }
        let text = script.text(description: description, tests: kept)
        try bench.write(text, to: script.path)
        _ = try readScripts(countsSegments: false)
        say(
            linesApart(width: output.width) {
                page.line(
                    "\(script.path) written" + (kept.isEmpty ? "" : " with \(counted(kept.count, "test"))"))
                for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                    page.aside("  \(line)")
                }
            })
    }

    /// Prints values without quotes, with two blanks between them.
    fileprivate func print(_ values: [LuaReference]) throws {
        flush()
        let printer = ValuePrinter(self, page)
        output.show([values.map(printer.plainText).joined(separator: "  ")], paged: false)
    }

    fileprivate func reveal(_ isOn: Bool) throws {
        if isOn {
            try bench.openStore().audit(
                "reveal", ["where": .text("repl")], by: bench.actor, at: Int64(Date().timeIntervalSince1970))
        }
        mask(isOn ? .revealed : .masked)
        output.note(
            isOn
                ? "Addresses are shown in full until reveal(false); the audit log has \(bench.actor) and the time."
                : "Addresses are masked again.")
    }

    fileprivate func edit(_ path: String) throws {
        guard output.width != nil, format == .text else {
            throw LuaError(
                "there is no terminal to edit in", hint: "edit the file with a program of your own")
        }
        let path = path.hasPrefix("scripts/") || path.hasPrefix("templates/") ? path : "scripts/\(path)"
        guard !path.split(separator: "/").contains("..") else {
            throw LuaError("'\(path)' leads out of the workspace", hint: "such as scripts/win-back.lua")
        }
        guard bench.source(of: path) != nil || path.hasSuffix(".lua") || path.hasSuffix(".liquid") else {
            throw LuaError(
                "there is no \(path)", hint: suggestion(path, scripts.map(\.path), what: "script"))
        }
        flush()
        try output.edit(bench.folder + "/" + path)
        for news in try readScripts() { output.note(news) }
    }
}

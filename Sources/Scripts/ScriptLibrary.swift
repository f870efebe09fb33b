internal import Basics
public import Linter
internal import ScriptSyntax
internal import Templates

/// The scripts of a workspace, with what each of them needs of the others and of the templates.
public struct ScriptLibrary: Sendable {
    /// The scripts, by path.
    public let scripts: [LibraryScript]
    private let templates: [LibraryTemplate]
    private let locales: [LibraryFile]

    /// A library of scripts, templates and texts in languages; `verbs` are the words that journeys act with.
    ///
    /// Cost: some walks over each script, and one compilation of each template.
    public init(_ files: [LibraryFile], _ world: LintWorld, verbs: Set<String>) {
        let own = files.filter(\.isScript).sorted { $0.path < $1.path }
        let chunks = own.map { LuaChunk(parsing: $0.text, path: $0.path) }
        let readings = ScriptReading.all(of: chunks, world, verbs: verbs)
        scripts = own.indices.map { place in
            LibraryScript(
                file: own[place], header: ScriptHeader(chunks[place]), reading: readings[place])
        }
        templates = files.filter(\.isTemplate).sorted { $0.path < $1.path }.compactMap {
            LibraryTemplate($0, world.additions)
        }
        locales = files.filter(\.isLocale)
    }

    /// The script of a name: `campaigns/win-back`, or `win-back` where no other has that, or its path.
    ///
    /// - Throws: ``ScriptLibraryError`` where there is none, or several.
    public func script(_ name: String) throws -> LibraryScript {
        if let script = scripts.first(where: { $0.name == name || $0.file.path == name }) { return script }
        let found = scripts.filter { $0.shortName == name }
        guard let script = found.first else {
            throw ScriptLibraryError.noScript(name, known: scripts.map(\.name))
        }
        guard found.count == 1 else { throw ScriptLibraryError.severalScripts(name, found.map(\.name)) }
        return script
    }

    /// A script with all that it takes to run it and its tests: scripts that it requires or whose definitions
    /// it names, the templates that these send with their layouts and partials, and the texts that those
    /// print.
    ///
    /// - Throws: ``ScriptLibraryError`` where texts in a language cannot be read.
    public func bundle(of script: LibraryScript) throws -> ScriptBundle {
        let scripts = closure(of: script)
        let templates = templates(of: scripts)
        let keys = templates.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
        return ScriptBundle(
            scripts: scripts, templates: templates,
            texts: keys.isEmpty ? LocaleTexts() : try LocaleTexts(locales).only(keys))
    }

    /// All of the library as one, with the script of a path as the one that is meant.
    ///
    /// - Throws: ``ScriptLibraryError`` where texts in a language cannot be read.
    public func whole(first path: String) throws -> ScriptBundle {
        let (first, others) = (
            scripts.filter { $0.file.path == path }, scripts.filter { $0.file.path != path }
        )
        return ScriptBundle(scripts: first + others, templates: templates, texts: try LocaleTexts(locales))
    }

    /// The templates that a script sends, with their layouts and partials.
    public func templates(sentBy script: LibraryScript) -> [LibraryTemplate] { templates(of: [script]) }

    /// The script, then by path those that it cannot do without.
    private func closure(of script: LibraryScript) -> [LibraryScript] {
        var found = [script]
        var place = 0
        while place < found.count {
            let reading = found[place].reading
            place += 1
            let more = scripts.filter { other in
                !found.contains { $0.file.path == other.file.path } && isNeeded(other, by: reading)
            }
            found += more
            // A test may speak of a message that any script sends; one that is there already will do.
            for template in reading.answered.sorted()
            where !found.contains(where: { $0.reading.templates.contains(template) }) {
                found += scripts.first { $0.reading.templates.contains(template) }.map { [$0] } ?? []
            }
        }
        return [script] + found.dropFirst().sorted { $0.file.path < $1.file.path }
    }

    private func isNeeded(_ other: LibraryScript, by reading: ScriptReading) -> Bool {
        reading.modules.contains(other.file.path)
            || !reading.segments.isDisjoint(with: other.names("segment"))
            || !reading.fields.isDisjoint(with: other.names("trait"))
            || !reading.simulated.isDisjoint(with: other.names("campaign") + other.names("follow_up"))
    }

    private func templates(of scripts: [LibraryScript]) -> [LibraryTemplate] {
        let sent = scripts.reduce(into: Set<String>()) { $0.formUnion($1.reading.templates) }
        var found = templates.filter { $0.name.kind == .message && sent.contains($0.name.name) }
        var place = 0
        while place < found.count {
            let (layout, partials) = (found[place].layout, found[place].partials)
            place += 1
            found += templates.filter { other in
                guard !found.contains(where: { $0.file.path == other.file.path }) else { return false }
                switch other.name.kind {
                case .message: return false
                case .layout: return other.name.name == layout
                case .partial: return partials.contains(other.name.name)
                }
            }
        }
        return found.sorted { $0.file.path < $1.file.path }
    }
}

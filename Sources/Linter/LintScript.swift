internal import RuleCompiler
internal import ScriptSyntax

/// A script, and what can be said of it without running it.
struct LintScript: Sendable {
    /// The script.
    let chunk: LuaChunk
    /// Its pieces by kind.
    let index: SyntaxIndex
    /// The segments, campaigns and so on that it defines.
    let definitions: [Definition]
    /// The words with which it may define names that cannot be seen.
    let openWords: Set<String>
    /// What the compiler of rules reads of it.
    let analysis: ScriptAnalysis
    /// What its variables stand for.
    let meanings: Meanings
    /// The functions that stand in no other one.
    let outermostFunctions: [SourceRange]
    /// The values of locals that are the same for every customer.
    private(set) var fixedVariables: [Int: FixedValue] = [:]

    /// A script with what it defines.
    ///
    /// Cost: some walks over the tree.
    init(_ chunk: LuaChunk, _ index: SyntaxIndex, _ definitions: [Definition], _ world: LintWorld) {
        self.chunk = chunk
        self.index = index
        self.definitions = definitions
        openWords = Definition.openWords(in: index, definitions, world)
        analysis = ScriptAnalysis(chunk)
        outermostFunctions = index.functions.map(\.range).reduce(into: []) { ranges, range in
            if (ranges.last?.end ?? 0) <= range.start { ranges.append(range) }
        }
        meanings = Meanings(index, analysis, definitions, world)
        // A local stands for those before it, each of which is worked out once.
        for variable in chunk.variables.indices {
            fixedVariables[variable] = meanings.initializer(variable).flatMap { fixedValue($0) }
        }
    }

    /// The text of a stretch.
    func text(_ range: SourceRange) -> String { chunk.source[range] }
}

/// The scripts that are linted together.
struct LintScripts {
    let scripts: [LintScript]
    /// Definitions by word and name, in the order of files and places.
    private let definitions: [String: [(definition: Definition, script: Int)]]
    /// Whether all could be read: what is broken, or too tall, may define anything.
    let areWhole: Bool
    /// The words with which some script may define names that cannot be seen.
    private let openWords: Set<String>

    init(_ scripts: [LintScript]) {
        self.scripts = scripts
        var found: [String: [(definition: Definition, script: Int)]] = [:]
        for (index, script) in scripts.enumerated() {
            for definition in script.definitions {
                found["\(definition.word) \(definition.name)", default: []].append((definition, index))
            }
        }
        definitions = found
        areWhole = scripts.allSatisfy { $0.chunk.errors.isEmpty && !$0.chunk.isTooTall }
        openWords = scripts.reduce(into: []) { $0.formUnion($1.openWords) }
    }

    /// Every definition of a name.
    func all(_ word: String, _ name: String) -> [(definition: Definition, script: LintScript)] {
        (definitions["\(word) \(name)"] ?? []).map { ($0.definition, scripts[$0.script]) }
    }

    /// The names that a word defines.
    func names(_ word: String) -> [String] {
        Set(scripts.flatMap(\.definitions).filter { $0.word == word }.map(\.name)).sorted()
    }

    /// Whether every name that a word defines can be seen.
    func areAllSeen(_ word: String) -> Bool { areWhole && !openWords.contains(word) }
}

internal import Catalog
internal import LuaRuntime
internal import Rules

/// The file of annotations for lua-language-server: everything that scripts of a workspace find, from the entries that
/// describe words, fields and relations.
struct TypeFile {
    let world: TypeWorld
    private let missing: [String]

    /// The types of a workspace.
    ///
    /// - Throws: where no state of Lua can be made that says what scripts find.
    init(_ world: TypeWorld) throws {
        self.world = world
        missing = try LuaManual.missing(LuaManual.functions)
    }

    /// The whole file. It is Lua that is read by editors and never run.
    var text: String {
        let parts: [(title: String, pieces: [String])] = [
            ("Names and plain values", aliases), ("A customer", customer),
            ("What belongs to a customer", relations.flatMap(relation)),
            ("Tables that words take or give", tableShapes.map { type($0) } + [product]),
            ("Segments", segments), ("Words", words), ("Tests", tests),
            ("What Lua has and scripts do not find", withheld),
        ]
        let head = """
            ---@meta

            -- The types of this workspace for lua-language-server, made by `moonletter types`; do not edit.
            -- Make it anew where scripts define other traits, or the data has other attributes.

            """
        return head
            + parts.map { "\n-- \($0.title)\n\n" + $0.pieces.joined(separator: "\n") }.joined()
    }

    // MARK: Names

    private var aliases: [String] {
        typeAliases.map { LuaCATS.alias($0.name, $0.type, $0.doc) } + [
            LuaCATS.openAlias("EventName", EventKind.usual.map { ($0, "") }, "Something that can happen."),
            LuaCATS.openAlias("TemplateName", world.templates, "The name of a message."),
            LuaCATS.openAlias("CampaignName", world.campaigns, "The name of a campaign."),
            LuaCATS.openAlias("TagName", [], "A tag of customers."),
        ]
    }

    // MARK: Words

    private var words: [String] {
        let definitions = definitionWords.filter { $0.name != "segment" && $0.name != "require" }
        let others = hostThemes.dropLast().flatMap(\.words).filter { word in
            !definitionWords.contains { $0.name == word.name }
        }
        return definitions.flatMap { definition($0) } + [require].compactMap(\.self) + others.flatMap(word)
            + world.words.filter { $0.place == .script }.map { LuaCATS.provided($0) }
    }

    /// The word itself, behind the type of the table that it takes.
    func word(_ word: HostWord) -> [String] {
        guard !word.settingKeys.isEmpty else { return [LuaCATS.function(word)] }
        let shape = settings(of: word)
        let function = LuaCATS.function(
            word.name, doc: word.doc, example: word.example, parameters: [("settings", shape.name, "")],
            result: word.result, deprecated: word.deprecated)
        return [type(shape), function]
    }

    /// `campaign "name" { … }`: a function that gives the one which takes the table.
    private func definition(_ word: HostWord) -> [String] {
        let shape = settings(of: word)
        let function = LuaCATS.function(
            word.name, doc: word.doc, example: word.example, parameters: [("name", "string", "")],
            result: "fun(settings: \(shape.name))", deprecated: word.deprecated)
        return [type(shape), function]
    }

    /// The settings of a word as a shape: `CampaignSettings`.
    func settings(of word: HostWord) -> TableShape {
        let name = word.name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return TableShape(
            name.joined() + "Settings", "What the table of `\(word.name)` may have.", word.settingKeys)
    }

    /// Nobody knows what another script returns before it runs.
    private var require: String? {
        definitionWords.first { $0.name == "require" }.map { word in
            LuaCATS.function(
                word.name, doc: word.doc, example: word.example, parameters: [("name", "string", "")],
                result: "any")
        }
    }

    /// Editors know these from Lua itself, so all that can be said is that they should not be used.
    private var withheld: [String] {
        missing.map { "---@deprecated Scripts do not find it.\nfunction \($0)(...) end\n" }
    }

    func type(_ shape: TableShape) -> String {
        LuaCATS.type(shape.name, shape.doc, fields: shape.keys)
    }

    /// What `recommend` gives.
    private var product: String {
        LuaCATS.type(
            "Product", "A product that is recommended.",
            fields: (recommendedProductFields + [recommendationReasonField]).map { TableKey($0) })
    }
}

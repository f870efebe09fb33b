internal import Catalog
internal import Rules

// Segments, and what tests have besides.
extension TypeFile {
    var segments: [String] {
        let word = definitionWords.first { $0.name == "segment" }
        let shape = word.map(settings)
        let named = world.segments.map { TableKey($0.name, "Segment", $0.doc, isRequired: true) }
        let operators = segmentOperators.map { sign in
            sign.isUnary ? "\(sign.event): Segment" : "\(sign.event)(Segment): Segment"
        }
        return [
            LuaCATS.type(
                "Segment", "A segment, or a combination of several.", operators: operators,
                methods: segmentMethods.map { LuaCATS.function($0, owner: "Segment:") })
        ] + (shape.map { [type($0)] } ?? []) + [
            LuaCATS.type(
                "SegmentWord", word?.doc ?? "",
                fields: named + [TableKey("[string]", "Segment", "", isRequired: true)],
                operators: ["call(string): fun(settings: \(shape?.name ?? "table")): Segment"]),
            "---@type SegmentWord\nsegment = {}\n",
        ]
    }

    var tests: [String] {
        let keys = descriptionKeys(of: customerColumns + factFields + world.attributes)
        let like = TableShape("CustomerLike", "What `customer_like` takes.", keys)
        let rows = Catalog.relations.map { relation in
            TableShape(
                relation.descriptionName, "One of `\(relation.name)` as `customer_like` takes it.",
                relation.descriptionKeys)
        }
        let item = TableShape(
            "ItemLike", "A line of an order as `customer_like` takes it.",
            orderItemFields.map { TableKey($0) })
        let story = LuaCATS.type(
            "Story", "What `simulate` gives.",
            fields: storyFields.map { TableKey($0, isRequired: $0.type == .boolean) },
            methods: storyMethods.map { LuaCATS.function($0, owner: "Story:") })
        let expectation = LuaCATS.type(
            "Expectation", "What a value must be.",
            methods: expectationMethods.map { LuaCATS.function($0, owner: "Expectation.") })
        return ([item] + rows + [like]).map { type($0) } + [story, expectation]
            + testWords.flatMap { $0.name == "customer_like" ? [customerLike($0, like)] : word($0) }
    }

    private func customerLike(_ word: HostWord, _ shape: TableShape) -> String {
        LuaCATS.function(
            word.name, doc: word.doc, example: word.example, parameters: [("fields", shape.name, "")],
            result: word.result)
    }
}

internal import Catalog
internal import Linter
internal import LuaRuntime
internal import Rules

// Customers and what belongs to them.
extension TypeFile {
    var customer: [String] {
        // What every customer has is never missing; all else may be.
        let own = LintField.ofCustomers.map { TableKey($0.field, isRequired: $0.isNeverMissing) }
        let fields =
            own + world.attributes.map { TableKey($0) } + world.provided + world.traits.map { $0.key }
            + relations.map { TableKey($0.name, $0.listName, $0.doc, isRequired: true) }
        return [
            LuaCATS.type(
                "Customer", "A customer, as rules read it; any field may be missing.", fields: fields,
                methods: customerMethods.map { LuaCATS.function($0, owner: "Customer:") }
                    + world.words.filter { $0.place == .customer }.map {
                        LuaCATS.provided($0, owner: "Customer:")
                    })
        ]
    }

    /// A row, what `where` compares of it, and the relation itself.
    func relation(_ relation: Relation) -> [String] {
        let items = TableKey("items", "Item[]", "The lines of the order.", isRequired: true)
        let row = LuaCATS.type(
            relation.rowName, "One row of `c.\(relation.name)`.",
            fields: relation.fields.map { TableKey($0) } + (relation.hasItems ? [items] : []))
        let item = LuaCATS.type("Item", "A line of an order.", fields: orderItemFields.map { TableKey($0) })
        let compared = LuaCATS.type(
            relation.rowName + "Fields", "What `c.\(relation.name):where` compares.",
            fields: (relation.fields + relation.matches).map { TableKey($0) })
        let owner = "\(relation.listName):"
        let methods = relationMethods.filter { relation.has($0) }.map {
            LuaCATS.function($0, owner: owner, of: relation)
        }
        let states = relation.states.map {
            LuaCATS.function(owner + $0.name, doc: $0.doc, result: relation.listName)
        }
        let provided = world.words.filter { $0.place == .relation }.map {
            LuaCATS.provided($0, owner: owner)
        }
        return (relation.hasItems ? [item] : []) + [
            row, compared,
            LuaCATS.type(relation.listName, relation.doc, methods: methods + states + provided),
        ]
    }
}

extension Relation {
    /// What the type of the relation itself is called.
    var listName: String { name.prefix(1).uppercased() + name.dropFirst() }

    private var summable: [Field] { fields.filter(\.type.isSummable) }

    /// Whether a method of relations means something here: where nothing is a number, nothing can be added up.
    fileprivate func has(_ word: HostWord) -> Bool {
        !summable.isEmpty || !word.parameters.contains { word.thing(named: $0.name) == .quantity }
    }

    /// What a parameter of a method takes here; nil where the method itself says it.
    func luaType(of parameter: LuaParameterInfo, _ word: HostWord) -> String? {
        switch word.thing(named: parameter.name) {
        case .fields: rowName + "Fields"
        case .quantity: literals(summable.map(\.name))
        default: nil
        }
    }

    /// What a method gives here.
    func luaResult(of word: HostWord) -> String {
        word.result == "self" ? listName : word.result.replacing(#/^row/#, with: rowName)
    }
}

extension Trait {
    /// The trait as a field of customers, with the type that it declares.
    var key: TableKey {
        let type = values.isEmpty ? type?.luaType ?? "string|number|boolean" : literals(values)
        return TableKey(name, type, doc)
    }
}

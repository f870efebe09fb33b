internal import Diagnostics
package import LuaRuntime
internal import ScriptSyntax
internal import Templates

extension RuleHost {
    /// What plugins provide of a kind, in the order of plugins and their lines.
    package func provisions(of kind: PluginKind) -> [Provision] {
        provisions.filter { $0.kind == kind }
    }

    /// What a plugin provides under a name; nil where none does.
    package func provision(_ kind: PluginKind, _ name: String) -> Provision? {
        provisions.first { $0.kind == kind && $0.name == name }
    }

    /// The words and methods that plugins provide, as entries like those of the program.
    package var pluginEntries: [HostWord] {
        provisions.compactMap { provision in
            switch provision.kind {
            case .word: HostWord(provision, place: .script, call: provision.name)
            case .method: HostWord(provision, place: .customer, call: "c:\(provision.name)")
            case .relationMethod: HostWord(provision, place: .relation, call: ":\(provision.name)")
            default: nil
            }
        }
    }

    /// The words of scripts that plugins provide.
    package var providedWords: [HostWord] { pluginEntries.filter { $0.place == .script } }

    /// What can be asked of every customer with a colon, of plugins too.
    package var methodsOfCustomers: [HostWord] {
        customerMethods + pluginEntries.filter { $0.place == .customer }
    }

    /// What can be asked of every relation with a colon, of plugins too; states are entries of their relation.
    package var methodsOfRelations: [HostWord] {
        Rules.relationMethods + pluginEntries.filter { $0.place == .relation }
    }

    /// Calls a function of a plugin, such as one of ``Provision/function(_:)``.
    ///
    /// - Throws: the plugin's error as a ``Diagnostic`` that names its file and line.
    package func call(_ function: LuaFunction, _ arguments: LuaArgument...) throws -> LuaValue {
        try explaining {
            try state.value(of: state.keep(function, arguments, within: .line))
        }
    }

    /// Whether a path is that of a plugin's file.
    func isOfPlugin(_ path: String) -> Bool {
        guests.contains { $0.code.files.contains { $0.path == path } }
    }

    /// The same as a call, of a function that may say something beside its value: the first two results.
    func callForTwo(_ function: LuaFunction, _ arguments: LuaArgument...) throws -> (LuaValue, LuaValue) {
        try explaining { try state.callForTwo(function, arguments, within: .line) }
    }

    /// Defines the words of plugins among the globals.
    func defineProvidedWords() {
        for word in providedWords { state.define(word.name, word.value(self)) }
    }

    /// Refuses names that nobody could write, those that mean something already, and checks that check nothing.
    ///
    /// - Throws: ``LuaError`` with the next step.
    func check(_ provision: Provision) throws {
        let name = provision.name
        let owner: String?
        switch provision.kind {
        case .word: owner = state.words.contains(name) ? "a word" : nil
        case .method: owner = self.owner(ofName: name) ?? traits[name].map { _ in "a trait" }
        case .relationMethod:
            let known = Rules.relationMethods.map(\.name) + RelationMethods.stateNames
            owner = known.contains(name) ? "a method of relations" : nil
        case .filter: owner = LiquidAdditions.hasFilter(name) ? "a filter of Liquid" : nil
        case .tag: owner = LiquidAdditions.hasTag(name) ? "a tag of Liquid" : nil
        case .lint: return try checkSettings(ofCheck: provision)
        default: return
        }
        guard isLuaName(name) else {
            throw LuaError(
                "the \(provision.kind.described) '\(name)' has a name that nobody can write",
                hint: "letters without accents, digits and _, such as points")
        }
        if let owner {
            throw LuaError(
                "the \(provision.kind.described) '\(name)' has the name of \(owner)", hint: "rename it")
        }
    }

    /// A function with another text and the same variables around it.
    func remade(_ function: LuaFunction, as text: String) throws -> LuaFunction {
        guard let behind = guestFunction(function) else { return try state.remade(function, as: text) }
        return try behind.guest.remade(behind.number, as: text, named: "a condition")
    }

    /// What of every customer, of plugins too, has that name already: "a field"; nil for a name that is free.
    func owner(ofName name: String) -> String? {
        provision(.method, name).map { _ in "a method" } ?? Trait.owner(ofName: name)
    }
}

extension HostWord {
    /// A word or a method of a plugin; its function is the one of the host that is asked.
    fileprivate init(_ provision: Provision, place: Place, call: String) {
        let (kind, name) = (provision.kind, provision.name)
        self.init(
            name, provision.text("signature") ?? "\(call)(…)", provision.doc,
            example: provision.text("example") ?? "", place: place
        ) { host in
            host.provision(kind, name)?.function("call").map(LuaValue.function) ?? .missing
        }
    }
}

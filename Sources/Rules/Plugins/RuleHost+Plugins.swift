internal import Diagnostics
package import LuaRuntime

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

    /// Calls a function of a plugin, such as one of ``Provision/function(_:)``.
    ///
    /// - Throws: the plugin's error as a ``Diagnostic`` that names its file and line.
    package func call(_ function: LuaFunction, _ arguments: LuaArgument...) throws -> LuaValue {
        try explaining {
            try state.value(of: state.keep(function, arguments, within: .line))
        }
    }

    /// Defines the words of plugins among the globals.
    func defineProvidedWords() {
        for word in pluginEntries where word.place == .script { state.define(word.name, word.value(self)) }
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

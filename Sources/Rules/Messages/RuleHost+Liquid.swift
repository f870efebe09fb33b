internal import Diagnostics
internal import LuaRuntime
package import Templates

extension RuleHost {
    /// The filters and tags of plugins, which templates have beside those of Liquid.
    package var liquidAdditions: LiquidAdditions {
        LiquidAdditions(
            filters: Set(provisions(of: .filter).map(\.name)), tags: Set(provisions(of: .tag).map(\.name)))
    }

    /// The functions of filters or tags of plugins by name, as the helpers of Liquid call them: each gives a value, or
    /// nothing and what went wrong in which file of the plugin.
    func providedLiquid(_ kind: PluginKind) -> LuaTable {
        LuaTable(
            fields: provisions(of: kind).compactMap { provision in
                guard let render = provision.function("render"), let behind = guestFunction(render) else {
                    return nil
                }
                let function = makeFunction(provision.name) { call, _ in
                    do {
                        return call.returns(try behind.guest.run(behind.number, call, .template).0)
                    } catch let error as any Diagnosable {
                        return call.returns(.missing)
                            + call.returns(.text(provision.failure(error.diagnostic)))
                    }
                }
                return (provision.name, .function(function))
            })
    }
}

extension Provision {
    /// A sentence about an error of its function: what failed, where, and why.
    fileprivate func failure(_ error: Diagnostic) -> String {
        let place = error.location.map { " at \($0)" } ?? ""
        let hint = error.hint.map { "; \($0)" } ?? ""
        return "the \(kind.described) '\(name)' of plugin '\(plugin)' failed\(place): \(error.message)\(hint)"
    }
}

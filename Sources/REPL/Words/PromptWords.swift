internal import LuaRuntime
package import Rules
internal import Store

/// All words that only the prompt has, in the order of the reference.
package let promptWords: [HostWord] = personWords + questionWords + changeWords + scriptWords

/// What can be asked of the prompt's objects with a colon, in the order of the reference.
package let objectMethods: [HostWord] = queryMethods + groupMethods + resultMethods

/// Words about single customers.
let personWords: [HostWord] = [
    HostWord(
        prompt: "customer", "customer(id)", "A customer by number.", example: "customer(42)"
    ) { call, session in
        guard case .integer(let id) = try call.value(1) else {
            throw call.mismatch(1, "a customer's number", try call.value(1))
        }
        guard try session.snapshot.values([], of: id) != nil else {
            throw LuaError("there is no customer \(id)")
        }
        return call.returns(try session.host.person(id))
    }.gives("customer").naming("id", .customer)
]

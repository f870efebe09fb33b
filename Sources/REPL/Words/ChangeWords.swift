internal import Catalog
internal import LuaRuntime
package import Rules

/// The word that lets the prompt change customers.
let changeWords: [HostWord] = [
    HostWord(
        prompt: "commit", "commit(function)",
        "Makes the changes that a function asks of queries, all or none: it shows first what would change, and asks.",
        example: "commit(function() customers:where(segment.vip):tag \"vip 2026\" end)"
    ) { call, session in
        try session.commit(try call.arguments(.function("changes")))
        return call.returnsNothing()
    }
]

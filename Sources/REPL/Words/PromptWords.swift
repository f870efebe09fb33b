package import Rules

/// All words that only the prompt has, in the order of the reference.
package let promptWords: [HostWord] =
    helpWords + customerWords + campaignWords + changeWords + scriptWords

/// What can be asked of the prompt's objects with a colon, in the order of the reference.
package let objectMethods: [HostWord] =
    queryMethods + groupMethods + resultMethods + peopleMethods + runMethods + decisionMethods
    + explanationMethods + comparisonMethods

/// What gives objects of a kind, as it is typed without its arguments: `customers:group_by`.
package func givers(of kind: String) -> [String] {
    var found: [String] = []
    for word in promptWords + objectMethods where word.gives == kind && word.place != .object(kind) {
        // The brackets of a method are the last ones: `find("王"):customers()`.
        let end =
            word.place == .prompt ? word.signature.firstIndex(of: "(") : word.signature.lastIndex(of: "(")
        let call = String(word.signature[..<(end ?? word.signature.endIndex)])
        if !found.contains(call) { found.append(call) }
    }
    return found
}

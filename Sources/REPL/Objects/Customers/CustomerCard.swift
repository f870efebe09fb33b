internal import Basics
internal import Catalog
internal import Diagnostics
internal import Rules
internal import Store

/// A customer at a glance: who, what they are worth, what they bought and were sent, what they agreed to, and what
/// campaigns would do with them.
///
/// Cost: look-ups of the one customer, every trait and segment for them, and a dry run of all campaigns for them alone.
struct CustomerCard {
    private let id: Int64

    /// The card of a customer by number.
    init(_ id: Int64) {
        self.id = id
    }

    /// Prints it.
    ///
    /// - Throws: ``LuaError`` where there is no such customer.
    func show(on page: Page, _ session: PromptSession) throws {
        let profile = try CustomerProfile(id, session)
        try CardText(profile, page, session).show()
    }

    /// The same for a program.
    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        try CustomerProfile(id, session).json(session)
    }
}

package import Basics
internal import Catalog
internal import Reports

/// A customer at a glance.
package struct CustomerCard {
    private let id: Int64

    /// The card of a customer by number.
    package init(_ id: Int64) {
        self.id = id
    }

    package func show(on page: Page, _ session: PromptSession) throws {
        page.line("customer \(id)")
    }

    package func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        .object([JSON.Member(name: "id", value: .integer(id))])
    }
}

internal import Catalog
internal import Rules

// What rules read.
extension ReferencePage {
    static let customers = ReferencePage(
        "customers", "Customers", "The fields and methods of a customer, and what becomes of missing values."
    ) {
        [
            "In rules the customer is `c`; a field is read as `c.city`. What a workspace has besides, its attributes and traits, is\n"
                + "in the file that `moonletter types` writes.\n",
            Markdown.fields(customerColumns),
            "## Facts\n", "Kept current from the customer's rows.\n", Markdown.fields(factFields),
            "## Methods\n", Markdown.methods(customerMethods),
            "## Missing values\n", missingValues,
        ]
    }

    static let relations = ReferencePage(
        "relations", "Relations",
        "Orders, events, messages, feedback and tasks of a customer, and how they are asked."
    ) {
        [
            "A relation is asked in a chain that ends in a question: `c.orders:since(days_ago(30)):sum \"amount\"`.\n",
            Markdown.methods(relationMethods),
        ] + Catalog.relations.map(section) + [
            "## Lines of an order\n", "`order.items` is a list of them.\n", Markdown.fields(orderItemFields),
        ]
    }

    private static func section(_ relation: Relation) -> String {
        let states = relation.states.map { ["`:\($0.name)()`", "", $0.doc] }
        let matches = relation.matches.map { ["`\($0.name)` in `where`", $0.type.rawValue, $0.doc] }
        return "## `c.\(relation.name)`\n\n\(relation.doc)\n\n"
            + Markdown.table(
                ["field", "type", "what it is"], Markdown.rows(relation.fields) + matches + states)
    }

    private static let missingValues = """
        A customer may lack any field. What rules do with a missing value:

        | in a rule | gives |
        |---|---|
        | `c.last_order_at < days_ago(90)`, any of `<` `<=` `>` `>=` | false, whichever side is missing |
        | `not (c.last_order_at >= days_ago(90))` | true: it is the contrary of false |
        | `c.total_spent + 5`, any arithmetic | missing |
        | `c.orders:last().amount` without an order | missing |
        | `c.city == nil`, `if c.city then` | as in Lua |
        | `"Dear " .. c.name` | an error that names the field: write `(c.name or "customer")` |
        | `c.orders:since(c.last_cart_at)` without a cart | no rows |
        | `c.cty` | an error with the nearest name |

        """
}

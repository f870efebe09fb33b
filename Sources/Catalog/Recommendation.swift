/// A product that a customer may like, as ``recommendedProductFields``.
public struct Recommendation: Sendable, Equatable {
    /// Why it is recommended, the strongest reason first.
    public enum Reason: String, Sendable, CaseIterable {
        /// Others bought it together with what the customer bought.
        case boughtTogether = "bought_together"
        /// It sells well in a category that the customer is interested in.
        case interest
        /// It sells well.
        case bestSeller = "best_seller"
    }

    /// The product's id.
    public let product: Int64
    /// Why.
    public let reason: Reason

    /// A recommendation.
    public init(product: Int64, reason: Reason) {
        self.product = product
        self.reason = reason
    }
}

/// A product that is recommended, over `products AS p`; its `reason` follows as another field.
public let recommendedProductFields: [Field] = [
    Field("sku", .text, "SKU.", sql: "p.sku"),
    Field("name", .text, "Name of the product.", sql: "p.name"),
    Field("category", .text, "Category of the product.", sql: "p.category"),
    Field("brand", .text, "Brand of the product.", sql: "p.brand"),
    Field("price", .money, "What it costs.", sql: "p.price"),
    Field("url", .text, "Its page.", sql: "p.url"),
]

/// Why a product is recommended.
public let recommendationReasonField = Field(
    "reason", .text, "Why it is recommended.", sql: "", values: Recommendation.Reason.allCases.map(\.rawValue)
)

/// What a customer can prefer among the products they bought.
public enum ProductProperty: String, Sendable, CaseIterable {
    case category, brand, name

    /// The column of `products`.
    public var column: String { rawValue }
}

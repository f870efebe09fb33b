/// A list of texts that a customer has.
public enum CustomerList: Sendable {
    /// Tags.
    case tags
    /// Interests.
    case interests

    fileprivate var table: String {
        switch self {
        case .tags: "tags"
        case .interests: "interests"
        }
    }

    fileprivate var column: String {
        switch self {
        case .tags: "tag"
        case .interests: "interest"
        }
    }

    fileprivate var time: String {
        switch self {
        case .tags: "tagged_at"
        case .interests: "noted_at"
        }
    }
}

/// The SQL condition under which a customer, whose id the fragment gives, has a text in a list.
public func hasEntry(in list: CustomerList, value: SQLFragment, customer: SQLFragment) -> SQLFragment {
    """
    EXISTS (SELECT 1 FROM \(raw: list.table) AS l WHERE l.customer_id = \(customer) \
    AND l.\(raw: list.column) = \(value) \
    AND (l.\(raw: list.time) IS NULL OR l.\(raw: list.time) <= \(argument: .now)))
    """
}

/// The query of a customer's interests, strongest first.
public func interests(customer: SQLFragment) -> SQLFragment {
    "SELECT interest \(ownInterests(customer)) ORDER BY weight DESC, interest"
}

/// The query of one of a customer's interests; 1 is the strongest.
public func interest(at place: Int64, customer: SQLFragment) -> SQLFragment {
    "\(interests(customer: customer)) LIMIT 1 OFFSET \(raw: String(place - 1))"
}

/// The query of how many interests a customer has.
public func interestCount(customer: SQLFragment) -> SQLFragment {
    "SELECT COUNT(*) \(ownInterests(customer))"
}

private func ownInterests(_ customer: SQLFragment) -> SQLFragment {
    "FROM interests WHERE customer_id = \(customer) AND (noted_at IS NULL OR noted_at <= \(argument: .now))"
}

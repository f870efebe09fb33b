/// A noun with its article: `an order`, `a customer`.
public func article(_ noun: String) -> String {
    ("aeiou".contains(noun.first ?? "x") ? "an " : "a ") + noun
}

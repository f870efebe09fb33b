/// The values that worlds are filled with and that predicates compare with, so that they meet.
enum Pool {
    /// Texts of every kind that a marketer's file may hold, plain ones first.
    static let plainTexts = [
        "Wuhan", "wuhan", "WUHAN", "Xi'an", "北京", "上海", "gold", "silver", "shop", "O'Neil",
    ]
    static let oddTexts = [
        "", " ", "a", "é", "e\u{301}", "ß", "ẞ", "İ", "😀", "👩‍👩‍👧", "%", "100%", "a_b", "a%b", "\"quoted\"",
        "it's -- x", "10",
        "0x10", " 5 ", "5", "5.0", "1e5", "nan", "inf", "-0", "9007199254740993", "true", "nil", "2026-12-01",
        "\t", "a\nb", "\\", "*", "[a]", "?", "Ａ", "z\u{FFFD}", "\u{7F}", "\u{FEFF}x",
    ]
    static let texts = plainTexts + oddTexts
    /// A text that is longer than `where` takes.
    static let longText = String(repeating: "长", count: 400)

    static let tags = ["VIP", "vip", "new", "贵宾", "", "it's"]
    static let interests = ["outdoor", "shoes", "咖啡", "a%", "Outdoor"]
    static let emails = [
        "ann@example.com", "Ann@Example.com", "bo@example.com", "王@example.com", "O'Neil@EXAMPLE.com",
    ]
    static let phones = ["13800000001", "+8613800000001", "13800000002"]
    static let channels = ["email", "sms", "wecom"]
    static let categories = ["shoes", "Shoes", "茶", "it's", ""]
    static let skus = ["S1", "s1", "S-2", "10", "茶-1"]
    static let campaigns = ["welcome", "win-back", "欢迎"]
    static let eventTypes = ["cart", "page_view", "login", "Cart"]
    static let coupons = ["WELCOME", "welcome", "10%"]
    static let statuses = ["pending", "paid", "shipped", "completed", "cancelled", "refunded"]
    static let birthdays = [
        "1990-12-01", "1990-12-02", "1985-11-30", "2000-02-29", "1972-02-29", "1999-12-31", "2001-01-01",
        "1988-03-01",
        "2026-12-01", "1960-06-15", "1990-03-29", "2004-02-28",
    ]
    static let dates = ["2026-12-01", "1999-12-31", "2000-02-29", "0001-01-01", "9999-12-31", "2026-11-30"]
    static let integers: [Int64] = [
        0, 1, -1, 2, 3, 5, 7, 10, 16, 100, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1, .max, .max - 1, .min,
        .min + 1, 86_400,
    ]
    static let numbers: [Double] = [
        0, -0.0, 0.1, 0.5, -0.5, 1, 1.5, 2, 3, 10, 100, 1e15, 9_007_199_254_740_992, 9.3e18, -9.3e18, 1e308,
        -1e308, .leastNonzeroMagnitude,
        .infinity, -.infinity, 0.1 + 0.2, 0.3,
    ]

    /// The custom attributes of every world.
    static let attributes: [(name: String, type: String)] = [
        ("colour", "text"), ("size", "integer"), ("ratio", "number"), ("member", "boolean"),
        ("renewed_at", "instant"),
        ("anniversary", "date"), ("积分", "integer"),
    ]
}

/// What a column can say about products, orders and their lines.
extension ImportField {
    private static let sku = ImportField(
        "sku", .text, "Code of the product.",
        [
            "stock code", "product_id", "product code", "product no", "product number", "item code",
            "item_id", "article",
            "article number", "商品编码", "商品编号", "商品ID", "货号", "产品编码", "产品编号", "SKU编码", "商家编码",
        ])
    private static let category = ImportField(
        "category", .text, "Category of the product.",
        ["product category", "category name", "类目", "分类", "商品类目", "商品分类", "品类"])
    private static let brand = ImportField("brand", .text, "Brand of the product.", ["品牌"])
    private static let productNames = [
        "description", "title", "item name", "item", "商品名称", "商品", "产品名称", "品名", "商品标题", "宝贝标题",
    ]

    private static let orderNumber = ImportField(
        "order_number", .text, "Number of the order in the shop.",
        [
            "order_id", "order", "order no", "order code", "invoice no", "invoice", "invoice number",
            "invoice_id",
            "basket_id", "transaction_id", "receipt", "receipt no", "订单号", "订单编号", "订单ID", "单号", "交易号",
        ])
    private static let placedAt = ImportField(
        "placed_at", .instant, "When the order was placed.",
        [
            "order_date", "order time", "ordered_at", "date", "datetime", "timestamp", "invoice date",
            "purchase date",
            "purchased_at", "transaction date", "transaction_timestamp", "created_at", "paid_at", "下单时间",
            "下单日期",
            "付款时间", "支付时间", "订单时间", "订单日期", "成交时间", "购买时间", "订单创建时间", "时间", "日期",
        ])
    private static let currency = ImportField(
        "currency", .currency, "Currency of the amounts; must be that of the workspace.",
        ["currency code", "币种", "货币"])
    private static let status = ImportField(
        "status", .choice(.orderStatus), "Where the order stands.",
        ["order status", "state", "状态", "订单状态", "交易状态"])
    private static let source = ImportField(
        "source", .text, "Shop, site or app that took the order.",
        [
            "channel", "shop", "store", "store_id", "order source", "sales channel", "来源", "渠道", "店铺", "订单来源",
            "门店",
        ])
    private static let coupon = ImportField(
        "coupon", .text, "Coupon used.",
        ["coupon code", "voucher", "promo code", "discount code", "优惠券", "优惠码"])

    static let products: [ImportField] = [
        sku,
        ImportField("name", .text, "Name of the product.", ["product name", "product"] + productNames),
        category, brand,
        ImportField(
            "price", .money, "Price.", ["unit price", "list price", "sales price", "价格", "单价", "售价", "零售价"]),
        ImportField("url", .text, "Page of the product.", ["link", "product url", "链接", "网址", "商品链接"]),
        ImportField(
            "active", .boolean, "Whether it is on sale.",
            ["is active", "enabled", "available", "在售", "是否在售", "上架"]),
    ]

    static let orders: [ImportField] = [
        orderNumber, placedAt,
        ImportField(
            "amount", .money, "What was paid.",
            [
                "revenue", "total", "grand_total", "order total", "order amount", "total amount",
                "amount paid",
                "dollar_value", "value", "order value", "sales", "sales_value", "price", "实付金额", "订单金额", "金额",
                "付款金额", "支付金额", "总金额", "实付款", "实收金额", "成交金额", "消费金额",
            ]),
        currency,
        ImportField(
            "item_count", .number, "Number of items.",
            [
                "items", "quantity", "qty", "number_of_cds", "number of items", "units", "数量", "商品数量", "件数",
                "商品件数",
            ]),
        status, source, coupon,
    ]

    static let orderLines: [ImportField] = [
        orderNumber, placedAt, sku,
        ImportField(
            "product", .text, "Name of the product.", ["product name"] + productNames),
        category, brand,
        ImportField(
            "quantity", .number, "How many; 1 where the file does not say.",
            ["qty", "count", "units", "数量", "商品数量", "件数", "购买数量"]),
        ImportField(
            "unit_price", .number, "Price of one.", ["price", "item price", "单价", "商品单价", "价格", "售价"]),
        ImportField(
            "amount", .money, "What the line cost; quantity × unit price where the file does not say.",
            [
                "line total", "line amount", "total", "subtotal", "sales", "sales_value", "revenue", "金额",
                "小计",
                "实付金额", "商品金额", "总价",
            ]),
        currency, status, source, coupon,
    ]
}

/// What a column can say about a customer.
extension ImportField {
    private static let idHeaders = [
        "customer", "customer no", "customer number", "customer code", "client_id", "client", "user_id",
        "user",
        "uid", "member_id", "member no", "member number", "household_id", "contact_id", "buyer_id", "客户编号",
        "会员编号", "客户ID", "会员ID", "会员卡号", "会员号", "用户ID", "用户编号", "顾客编号", "客户号", "买家ID",
    ]

    private static let name = ImportField(
        "name", "Full name.",
        [
            "full name", "customer name", "client name", "contact name", "姓名", "名字", "客户姓名", "客户名称", "客户",
            "会员姓名", "收货人", "收货人姓名", "联系人",
        ])
    private static let firstName = ImportField(
        "first_name", "Given name.", ["given name", "forename", "first", "名"])
    private static let lastName = ImportField(
        "last_name", "Family name.", ["family name", "surname", "last", "姓", "姓氏"])
    private static let email = ImportField(
        "email", .email, "E-mail address of the customer.",
        [
            "e-mail", "mail", "email address", "e-mail address", "mail address", "customer email", "邮箱",
            "电子邮箱",
            "电子邮件", "邮件地址", "邮箱地址", "email地址",
        ])
    private static let phone = ImportField(
        "phone", .phone, "Phone number of the customer.",
        [
            "mobile", "mobile phone", "mobile number", "phone number", "telephone", "tel", "cell",
            "cell phone",
            "cellphone", "msisdn", "手机号", "手机", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "移动电话",
        ])
    private static let country = ImportField("country", "Country.", ["country name", "nation", "国家", "国家地区"])
    private static let city = ImportField("city", "City.", ["town", "城市", "市", "所在城市"])

    private init(_ name: String, _ doc: String, _ headers: [String]) {
        self.init(name, .text, doc, headers)
    }

    /// How rows of other kinds name their customer.
    static let owner = [
        ImportField("customer_id", .text, "Id of the customer in the system the file comes from.", idHeaders),
        email, phone,
    ]

    /// What rows of other kinds may say about a customer who is not there yet.
    static let ownerDetails = [name, firstName, lastName, country, city]

    static let customers: [ImportField] = [
        ImportField(
            "external_id", .text, "Id of the customer in the system the file comes from.",
            ["customer_id", "id", "编号"] + idHeaders),
        name, firstName, lastName, email, phone,
        ImportField(
            "wecom_id", "Id of the WeCom contact.", ["wecom", "external_userid", "企业微信", "企业微信ID", "企微ID"]),
        ImportField("gender", .choice(.gender), "Female, male or other.", ["sex", "性别"]),
        ImportField(
            "birthday", .date, "Date of birth.",
            ["birth date", "date of birth", "dob", "生日", "出生日期", "出生年月日"]),
        ImportField(
            "language", "Preferred language, as a tag such as zh or en-GB.", ["lang", "locale", "语言", "首选语言"]),
        ImportField(
            "company", "Company.",
            ["company name", "organization", "organisation", "公司", "公司名称", "单位", "企业名称"]),
        ImportField("industry", "Industry of the company.", ["sector", "行业", "所属行业"]),
        country,
        ImportField(
            "region", "Province, state or region.", ["province", "state", "county", "省份", "省", "地区", "所在省份"]),
        city,
        ImportField("time_zone", "IANA time zone, such as Asia/Shanghai.", ["timezone", "tz", "时区"]),
        ImportField(
            "preferred_channel", .choice(.channel), "The channel the customer asked for.",
            ["channel", "contact channel", "preferred contact", "首选渠道", "渠道", "偏好渠道", "联系渠道"]),
        ImportField(
            "level", "Membership level.", ["tier", "membership", "vip level", "会员等级", "等级", "会员级别", "客户等级"]),
        ImportField(
            "source", "Where the customer came from.", ["lead source", "origin", "来源", "客户来源", "来源渠道"]),
        ImportField(
            "owner", "The colleague who looks after the customer.",
            ["account manager", "sales rep", "sales owner", "负责人", "客户经理", "销售", "跟进人", "所属销售"]),
        ImportField(
            "registered_at", .instant, "When the customer registered.",
            [
                "registered", "registration date", "registration time", "register date", "signup date",
                "sign up date",
                "created_at", "created", "create time", "date created", "joined", "join date", "注册时间", "注册日期",
                "创建时间", "入会时间", "建档时间",
            ]),
    ]
}

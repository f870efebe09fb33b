/// What a column can say about contacts with customers.
extension ImportField {
    private static let channel = ImportField(
        "channel", .choice(.channel), "Email, sms or wecom.", ["medium", "渠道", "通道", "触达渠道"])
    private static let occurredAt = ImportField(
        "occurred_at", .instant, "When it happened.",
        [
            "time", "date", "datetime", "timestamp", "event time", "event date", "event_timestamp",
            "created_at", "ts",
            "时间", "日期", "发生时间", "事件时间",
        ])

    private static func externalID(_ doc: String, _ headers: [String]) -> ImportField {
        ImportField("external_id", .text, doc, ["id"] + headers)
    }

    static let events: [ImportField] = [
        externalID("Id of the event, by which it is known again.", ["event_id", "事件ID", "事件编号"]),
        ImportField(
            "type", .text, "page_view, cart, login, download, ….",
            ["event", "event type", "event name", "action", "事件", "事件类型", "事件名称", "行为", "类型"]),
        occurredAt,
        ImportField(
            "sku", .text, "Code of the product concerned.",
            ["product_id", "product code", "stock code", "item_id", "商品编码", "商品编号", "商品ID", "货号"]),
        ImportField("category", .text, "Category concerned.", ["product category", "类目", "分类", "品类"]),
        ImportField("url", .text, "Page.", ["page", "page url", "link", "网址", "页面", "链接"]),
    ]

    static let consents: [ImportField] = [
        channel,
        ImportField(
            "status", .choice(.consent), "Granted or withdrawn.",
            ["consent", "opt in", "permission", "state", "状态", "同意", "是否同意", "授权状态"]),
        ImportField(
            "recorded_at", .instant, "When the customer said so.",
            ["time", "date", "timestamp", "consent date", "created_at", "时间", "日期", "记录时间", "同意时间"]),
        ImportField("source", .text, "Where the customer said so.", ["origin", "form", "来源"]),
    ]

    static let suppressions: [ImportField] = [
        channel,
        ImportField(
            "address", .text, "E-mail address, phone number or WeCom id.",
            ["email", "e-mail", "email address", "phone", "mobile", "recipient", "邮箱", "手机号", "地址"]),
        ImportField(
            "reason", .choice(.suppressionReason), "Why; manual where the file does not say.",
            ["type", "cause", "原因", "类型"]),
        ImportField(
            "suppressed_at", .instant, "Since when.",
            ["time", "date", "timestamp", "created_at", "created", "时间", "日期"]),
    ]

    static let messages: [ImportField] = [
        externalID("Id of the message, by which its events name it.", ["message_id", "消息ID", "消息编号"]),
        ImportField(
            "campaign", .text, "Campaign that sent it.", ["campaign_id", "campaign name", "活动", "活动名称"]),
        ImportField("step", .text, "Step of the campaign.", ["步骤"]),
        channel,
        ImportField("address", .text, "Address it went to.", ["recipient", "to", "地址", "收件地址"]),
        ImportField(
            "kind", .choice(.messageKind), "Marketing or transactional.", ["message kind", "类型", "消息类型"]),
        ImportField("subject", .text, "Subject line.", ["title", "主题", "标题"]),
        ImportField(
            "sent_at", .instant, "When it was sent.",
            ["time", "date", "timestamp", "send time", "send date", "sent", "created_at", "发送时间", "时间", "日期"]),
    ]

    static let messageEvents: [ImportField] = [
        externalID("Id of the event, by which it is known again.", ["event_id", "事件ID", "事件编号"]),
        ImportField("message_id", .text, "Id of the message.", ["message", "消息ID", "消息编号"]),
        ImportField(
            "type", .choice(.messageEvent), "What happened to the message.",
            ["event", "event type", "action", "status", "事件", "事件类型", "状态", "类型"]),
        occurredAt,
        ImportField("url", .text, "Link that was clicked.", ["link", "链接", "网址"]),
    ]

    static let interactions: [ImportField] = [
        externalID("Id of the interaction, by which it is known again.", ["interaction_id", "记录编号"]),
        ImportField(
            "type", .choice(.interaction), "Email, call, meeting, chat or visit.",
            ["channel", "interaction type", "activity", "activity type", "类型", "方式", "互动类型", "渠道"]),
        occurredAt,
        ImportField("subject", .text, "What it was about.", ["title", "topic", "主题", "标题"]),
        ImportField(
            "notes", .text, "Notes.", ["note", "description", "body", "text", "comment", "备注", "内容", "记录"]),
        ImportField(
            "owner", .text, "The colleague who took part.", ["agent", "sales rep", "负责人", "跟进人", "客服"]),
    ]

    static let feedback: [ImportField] = [
        externalID("Id of the answer, by which it is known again.", ["feedback_id", "response_id", "反馈编号"]),
        ImportField(
            "survey", .text, "Survey that was answered.", ["survey name", "questionnaire", "问卷", "调查"]),
        ImportField("score", .number, "Score given.", ["rating", "nps", "stars", "评分", "打分", "分数", "星级"]),
        ImportField(
            "comment", .text, "What the customer wrote.",
            ["comments", "review", "text", "feedback", "answer", "评价", "评论", "反馈", "意见", "内容"]),
        ImportField(
            "given_at", .instant, "When it was given.",
            ["time", "date", "timestamp", "created_at", "review date", "时间", "日期", "评价时间", "反馈时间"]),
    ]

    static let tags: [ImportField] = [
        ImportField("tag", .text, "The tag.", ["label", "tag name", "标签", "标签名称"]),
        ImportField(
            "tagged_at", .instant, "When it was given.", ["time", "date", "created_at", "时间", "日期", "打标时间"]),
    ]

    static let interests: [ImportField] = [
        ImportField("interest", .text, "The interest.", ["topic", "hobby", "兴趣", "爱好", "偏好"]),
        ImportField(
            "weight", .number, "How strong; 1 where the file does not say.",
            ["strength", "score", "权重", "强度"]),
        ImportField("noted_at", .instant, "When it was noted.", ["time", "date", "created_at", "时间", "日期"]),
    ]
}

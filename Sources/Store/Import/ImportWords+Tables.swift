extension ImportWords {
    static let boolean = ImportWords([
        ("1", ["true", "yes", "y", "t", "on", "active", "是", "有", "启用", "在售", "上架"]),
        ("0", ["false", "no", "n", "f", "off", "inactive", "否", "无", "停用", "停售", "下架"]),
    ])

    static let gender = ImportWords([
        ("female", ["f", "w", "woman", "ms", "mrs", "女", "女性", "女士"]),
        ("male", ["m", "man", "mr", "男", "男性", "先生"]),
        ("other", ["o", "x", "diverse", "nonbinary", "unknown", "其他", "未知", "保密"]),
    ])

    static let channel = ImportWords([
        ("email", ["e-mail", "mail", "邮件", "电子邮件", "邮箱"]),
        ("sms", ["text", "phone", "mobile", "短信", "手机", "手机短信"]),
        ("wecom", ["wechat", "wxwork", "wechat work", "企业微信", "企微", "微信"]),
    ])

    static let orderStatus = ImportWords([
        ("pending", ["unpaid", "open", "new", "created", "待付款", "未付款", "待支付", "等待付款"]),
        ("paid", ["processing", "confirmed", "已付款", "已支付", "待发货"]),
        ("shipped", ["sent", "in transit", "已发货", "待收货", "运输中"]),
        ("completed", ["complete", "done", "closed", "delivered", "fulfilled", "已完成", "交易成功", "已签收", "完成"]),
        ("cancelled", ["canceled", "void", "voided", "已取消", "取消", "交易关闭", "已关闭"]),
        ("refunded", ["refund", "returned", "退款", "已退款", "退货", "已退货"]),
    ])

    static let consent = ImportWords([
        (
            "granted",
            [
                "opt-in", "opt in", "optin", "opted in", "subscribed", "subscribe", "yes", "y", "true", "1",
                "grant", "同意", "已同意", "订阅", "已订阅", "是",
            ]
        ),
        (
            "withdrawn",
            [
                "opt-out", "opt out", "optout", "opted out", "unsubscribed", "unsubscribe", "no", "n",
                "false",
                "0", "revoked", "退订", "已退订", "不同意", "拒绝", "撤回", "已撤回", "否",
            ]
        ),
    ])

    static let suppressionReason = ImportWords([
        ("hard_bounce", ["hard bounce", "bounce", "bounced", "hard", "invalid", "硬退信", "退信", "无效地址"]),
        ("complaint", ["spam", "abuse", "complained", "投诉", "举报"]),
        ("unsubscribe", ["unsubscribed", "opt-out", "opt out", "optout", "退订", "已退订"]),
        ("manual", ["blocked", "blacklist", "blocklist", "other", "手动", "黑名单", "人工"]),
    ])

    static let messageKind = ImportWords([
        ("marketing", ["promotional", "promotion", "campaign", "营销", "推广"]),
        ("transactional", ["transaction", "service", "notification", "通知", "事务", "服务"]),
    ])

    static let messageEvent = ImportWords([
        ("delivered", ["delivery", "deliver", "已送达", "送达"]),
        ("open", ["opened", "opens", "read", "view", "viewed", "打开", "已打开", "已读"]),
        ("click", ["clicked", "clicks", "点击", "已点击"]),
        ("soft_bounce", ["soft bounce", "softbounce", "soft", "deferred", "软退信"]),
        ("hard_bounce", ["bounce", "bounced", "hard bounce", "hardbounce", "hard", "硬退信", "退信"]),
        ("complaint", ["spam", "spamreport", "complained", "abuse", "投诉", "举报"]),
        ("unsubscribe", ["unsubscribed", "opt-out", "optout", "退订", "已退订"]),
    ])

    static let interaction = ImportWords([
        ("email", ["mail", "e-mail", "inbound mail", "邮件", "来信"]),
        ("call", ["phone", "phone call", "called", "电话", "通话", "来电"]),
        ("meeting", ["meet", "appointment", "会议", "会面", "面谈"]),
        ("chat", ["message", "im", "wechat", "聊天", "微信", "在线客服"]),
        ("visit", ["visited", "store visit", "拜访", "到店", "来访"]),
    ])
}

/// The sample scripts and templates that a demo workspace starts with: those of the project's own `scripts/`
/// and `templates/`, by path in the workspace.
public var sampleFiles: [(path: String, bytes: [UInt8])] {
    [
        ("scripts/birthday.lua", PackageResources.birthday_lua),
        ("scripts/cart-reminder.lua", PackageResources.cart_reminder_lua),
        ("scripts/post-purchase-survey.lua", PackageResources.post_purchase_survey_lua),
        ("scripts/segments.lua", PackageResources.segments_lua),
        ("scripts/vip-early-access.lua", PackageResources.vip_early_access_lua),
        ("scripts/welcome.lua", PackageResources.welcome_lua),
        ("scripts/win-back.lua", PackageResources.win_back_lua),
        ("templates/birthday.liquid", PackageResources.birthday_liquid),
        ("templates/cart-reminder.liquid", PackageResources.cart_reminder_liquid),
        ("templates/cart-reminder.sms.liquid", PackageResources.cart_reminder_sms_liquid),
        ("templates/cart-reminder.sms.zh.liquid", PackageResources.cart_reminder_sms_zh_liquid),
        ("templates/layouts/mail.liquid", PackageResources.mail_liquid),
        ("templates/locales/en.default.json", PackageResources.en_default_json),
        ("templates/locales/zh.json", PackageResources.zh_json),
        ("templates/post-purchase-survey.liquid", PackageResources.post_purchase_survey_liquid),
        ("templates/vip-early-access.liquid", PackageResources.vip_early_access_liquid),
        ("templates/vip-early-access.wecom.liquid", PackageResources.vip_early_access_wecom_liquid),
        ("templates/welcome.liquid", PackageResources.welcome_liquid),
        ("templates/welcome.wecom.liquid", PackageResources.welcome_wecom_liquid),
        ("templates/welcome.zh.liquid", PackageResources.welcome_zh_liquid),
        ("templates/win-back.liquid", PackageResources.win_back_liquid),
        ("templates/win-back.sms.liquid", PackageResources.win_back_sms_liquid),
        ("templates/win-back.sms.zh.liquid", PackageResources.win_back_sms_zh_liquid),
        ("templates/win-back.zh.liquid", PackageResources.win_back_zh_liquid),
    ]
}

--- Birthday wishes in the customer's language
---
--- @description Three days before the birthday, every year, in the customer's own morning. The language is
---   chosen by the file: `birthday-wishes.zh.liquid` for those who read Chinese, `birthday-wishes.liquid` for
---   the others. Change the gift in `content`; without `reentry` there would be one birthday only.
--- @tags keeping, birthday, language

campaign "birthday-in-their-language" {
  description = "A gift three days before the birthday",
  before      = { "birthday", days(3), at = "9:00" },
  audience    = function(c) return c.order_count > 0 end,
  reentry     = days(300),
  content     = function(c) return { gift = c.level == "钻石" and 100 or 50 } end,
  journey     = function(c) send { template = "birthday-wishes", channel = "email" } end,
}

test("the wishes come three days before", function()
  local c = customer_like { birthday = "1990-12-10", order_count = 1 }
  local story = simulate { campaign = "birthday-in-their-language", customer = c }
  expect(#story:messages()).is(1)
  expect(story:at(days(30)).at).is(date "2026-12-07 09:00")
end)

test("they are written in the language of the customer", function()
  local function subject(language)
    local c = customer_like { birthday = "1990-12-10", order_count = 1, language = language }
    return simulate { campaign = "birthday-in-their-language", customer = c }:at(days(30)).subject
  end
  expect(subject "zh-CN").contains("生日快乐")
  expect(subject "en-GB").contains("Happy birthday")
end)

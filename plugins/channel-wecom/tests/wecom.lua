test("the ids of external contacts begin with wm or wo", function()
  expect(wecom_id "wmqfasd1e1927831123109rBAAAA").is("wmqfasd1e1927831123109rBAAAA")
  expect(wecom_id " woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA\n").is("woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA")
  for id, expected in pairs {
    zhangsan = "not the id of an external contact", [""] = "not the id of an external contact",
    ["wm 1"] = "not the id of an external contact", ["wm" .. ("a"):rep(63)] = "longer than an id of WeCom",
  } do
    local found, reason = wecom_id(id)
    expect(found).is_missing()
    expect(reason).is(expected)
  end
end)

test("Markdown loses its marks where the message is plain", function()
  expect(wecom_text "# 新茶\n> **今天** [到店](https://example.com/)").is("新茶\n今天 到店 https://example.com/")
  expect(wecom_text "<font color=\"warning\">最后一天</font>：`TEA`").is("最后一天：TEA")
  expect(wecom_text "[https://example.com/](https://example.com/)").is("https://example.com/")
end)

test("what is no Markdown stays as it is", function()
  for _, text in ipairs { "2 * 3 * 4", "第 #1 名", "a_b_c", "您好\n\n再见", "1 > 0", "[1] (2)", "" } do
    expect(wecom_text(text)).is(text)
  end
end)

test("a mobile number is sent to in one form, however it is written", function()
  for _, phone in ipairs {
    "13800001111", " 138 0000-1111 ", "+86 138 0000 1111", "008613800001111", "8613800001111",
    "１３８００００１１１１", "（+86）138.0000.1111",
  } do
    expect(sms_number(phone)).is("+8613800001111")
  end
end)

test("each network's mobile numbers are known by their first three digits", function()
  for _, prefix in ipairs { "134", "145", "153", "166", "178", "189", "190", "192", "195", "199" } do
    expect(sms_number(prefix .. "12345678")).is("+86" .. prefix .. "12345678")
  end
  for _, prefix in ipairs { "100", "110", "120", "140", "142", "154", "161", "164", "179", "194" } do
    local number, reason = sms_number(prefix .. "12345678")
    expect(number).is_missing()
    expect(reason).is("no network has mobile numbers that begin so")
  end
end)

test("what is no mobile number of mainland China is refused with the reason", function()
  for phone, expected in pairs {
    ["1380000111"] = "no mobile number of mainland China",
    ["138000011112"] = "no mobile number of mainland China",
    ["021-12345678"] = "no mobile number of mainland China", ["n/a"] = "not a phone number",
    [""] = "not a phone number", ["+12025550123"] = "a number of another country",
    ["+85212345678"] = "a number of another country", ["138+00001111"] = "not a phone number",
  } do
    local number, reason = sms_number(phone)
    expect(number).is_missing()
    expect(reason).is(expected)
  end
end)

test("70 characters are one part, and each part of several has 67", function()
  expect(sms_parts "").is(1)
  expect(sms_parts(("您"):rep(70))).is(1)
  expect(sms_parts(("您"):rep(71))).is(2)
  expect(sms_parts(("您"):rep(134))).is(2)
  expect(sms_parts(("您"):rep(135))).is(3)
  expect(sms_parts(("a"):rep(71))).is(2)
end)

test("an emoji takes two characters, which stay in one part", function()
  expect(sms_parts(("🎁"):rep(35))).is(1)
  expect(sms_parts(("🎁"):rep(36))).is(2)
  -- A part of 67 holds 33 of them and one character that is left empty.
  expect(sms_parts(("🎁"):rep(66))).is(2)
  expect(sms_parts(("🎁"):rep(67))).is(3)
end)

test("the signature and the ending stand around the text, once each", function()
  local sent = sms_text "您好"
  expect(sent:find("您好", 1, true) ~= nil).is(true)
  expect(sms_text(sent)).is(sent)
end)

test("an address is broken where nothing can arrive at it", function()
  local cases = {
    ["ann shop.org"] = "e-mail has a blank in it",
    ["ann.shop.org"] = "e-mail does not have one @ between two texts",
    ["ann@@shop.org"] = "e-mail does not have one @ between two texts",
    ["ann..lee@shop.org"] = "e-mail has a point too many",
    ["ann@shop..org"] = "e-mail has a broken domain",
    ["ann@shop"] = "e-mail has a domain without a point",
    ["ann@gmial.com"] = "e-mail has a mistyped domain: gmail.com was meant",
  }
  for email, problem in pairs(cases) do
    expect(customer_like { email = email }.email_problem).is(problem)
  end
  expect(customer_like { email = "ann@shop.org" }.email_problem).is(nil)
  expect(customer_like { email = false }.email_problem).is(nil)
end)

test("a number is broken where nobody can be called by it", function()
  local cases = {
    ["12345"] = "phone has fewer than 7 digits",
    ["1234567890123456"] = "phone has more than 15 digits",
    ["138x0000"] = "phone has more than digits in it",
    ["00000000000"] = "phone is one digit again and again",
  }
  for phone, problem in pairs(cases) do
    expect(customer_like { phone = phone }.phone_problem).is(problem)
  end
  expect(customer_like { phone = "+86 138-1234-5678" }.phone_problem).is(nil)
end)

test("a role account belongs to no person, whatever stands behind its +", function()
  expect(customer_like { email = "Info@shop.org" }.has_role_account).is(true)
  expect(customer_like { email = "sales+cn@shop.org" }.has_role_account).is(true)
  expect(customer_like { email = "information@shop.org" }.has_role_account).is(false)
end)

test("a birthday is impossible ahead, too long ago, and where a program wrote it", function()
  expect(customer_like { birthday = "2090-01-01" }.birthday_problem).is "birthday lies ahead"
  expect(customer_like { birthday = "1880-05-05" }.birthday_problem).is "birthday is more than 110 years ago"
  expect(customer_like { birthday = "1900-01-01" }.birthday_problem)
    .is "birthday is what programs write where they know none"
  expect(customer_like { birthday = "1990-02-03" }.birthday_problem).is(nil)
  expect(segment["data problems"]:includes(customer_like { birthday = "2090-01-01" })).is(true)
end)

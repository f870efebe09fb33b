-- What is wrong with addresses and birthdays, in one sentence each, without the value itself.

local options = plugin.options
local addresses = {}

local roles = {}
for _, name in ipairs(options.role_accounts) do roles[name:lower()] = true end

local placeholders = {}
for _, day in ipairs(options.placeholders) do placeholders[day] = true end

-- What stands before the @, and the domain; nothing where there is not exactly one @ between two texts.
local function parts(email)
  return email:match "^([^@]+)@([^@]+)$"
end

-- The forms that mail servers take in practice, narrower than RFC 5322, section 3.4.1, which has comments and quotes.
function addresses.email_problem(email)
  if not email then return nil end
  if email:find "%s" then return "e-mail has a blank in it" end
  local name, domain = parts(email)
  if not name then return "e-mail does not have one @ between two texts" end
  if name:find "^%." or name:find "%.$" or name:find "%.%." then return "e-mail has a point too many" end
  if domain:find "^[.-]" or domain:find "[.-]$" or domain:find "%.%." then return "e-mail has a broken domain" end
  if not domain:find "%." then return "e-mail has a domain without a point" end
  local meant = options.wrong_domains[domain:lower()]
  if meant then return "e-mail has a mistyped domain: " .. meant .. " was meant" end
  return nil
end

-- Roles as RFC 2142 names some, and those that the options name. Not what stands behind a +.
function addresses.is_role_account(email)
  local name = email and parts(email)
  return name ~= nil and roles[name:lower():gsub("%+.*$", "")] == true
end

-- Numbers have at most 15 digits (ITU-T E.164, 2010, section 6.1), and no country has shorter ones than 7 for mobiles.
function addresses.phone_problem(phone)
  if not phone then return nil end
  local digits = phone:gsub("[%s().-]", "")
  if not digits:find "^%+?%d+$" then return "phone has more than digits in it" end
  digits = digits:gsub("^%+", "")
  if #digits < 7 then return "phone has fewer than 7 digits" end
  if #digits > 15 then return "phone has more than 15 digits" end
  if digits:find("^" .. digits:sub(1, 1) .. "+$") then return "phone is one digit again and again" end
  return nil
end

local year = 365.2425 * 86400

function addresses.birthday_problem(birthday)
  if not birthday then return nil end
  if placeholders[birthday] then return "birthday is what programs write where they know none" end
  local born = date(birthday)
  if born > today() then return "birthday lies ahead" end
  if today() - born > options.oldest * year then
    return "birthday is more than " .. options.oldest .. " years ago"
  end
  return nil
end

-- Forms in which the same address, number or name is the same text. They are for finding, not for sending to: only some
-- providers read points and what stands behind a + so.
local same = {}
addresses.same = same

function same.email(email)
  if not email then return nil end
  local name, domain = parts(email:lower())
  if not name then return nil end
  return name:gsub("%+.*$", ""):gsub("%.", "") .. "@" .. domain
end

function same.phone(phone)
  if not phone then return nil end
  local digits = phone:gsub("%D", "")
  -- +86 138… and 138… are one number, as are numbers with and without 00 before the country.
  digits = digits:gsub("^00", ""):gsub("^86(1[3-9]%d%d%d%d%d%d%d%d%d)$", "%1")
  return #digits >= 7 and digits or nil
end

function same.name_and_city(name, city)
  if not name or not city then return nil end
  return name:lower():gsub("%s+", " ") .. "|" .. city:lower()
end

return addresses

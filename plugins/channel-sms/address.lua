-- Whom a text message reaches, and how their number is written.

-- The first three digits of mobile numbers that are in use, by the allocations of the Ministry of Industry
-- and Information Technology (电信网编号计划, 2017, and the allocations of 2019 with 190, 192, 196 and 197; 154
-- and 194, among others, are given to nobody). 140, 141, 144, 146, 148 and 172 number things, not people.
local prefixes = {}
for first, thirds in pairs {
  ["13"] = "0123456789", ["14"] = "579", ["15"] = "012356789", ["16"] = "2567", ["17"] = "01345678",
  ["18"] = "0123456789", ["19"] = "012356789",
} do
  for third in thirds:gmatch "." do prefixes[first .. third] = true end
end

-- What people write between digits, also with Chinese keyboards: blanks, hyphens, points and brackets.
local between = {}
for _, code in utf8.codes " \t\r\n\u{A0}\u{3000}-‐‑‒–—－.()（）" do between[code] = true end

-- Full-width digits and the full-width plus by their plain ones.
local plain = { [0xFF0B] = 0x2B }
for digit = 0, 9 do plain[0xFF10 + digit] = 0x30 + digit end

--- The digits of a number, with `+` before them where it has a country; nothing where something else stands
--- among them.
local function bare(text)
  local digits = {}
  for _, code in utf8.codes(text) do
    code = plain[code] or code
    if code >= 0x30 and code <= 0x39 or code == 0x2B and #digits == 0 then
      digits[#digits + 1] = string.char(code)
    elseif not between[code] then
      return nil
    end
  end
  return (table.concat(digits):gsub("^00", "+"))
end

return function(text)
  local number = utf8.len(text) and bare(text)
  if not number then return nil, "not a phone number" end
  local mobile = number:match "^%+86(%d+)$" or number:match "^86(1%d%d%d%d%d%d%d%d%d%d)$"
    or number:match "^%d+$"
  if mobile then
    if #mobile ~= 11 or mobile:sub(1, 1) ~= "1" then return nil, "no mobile number of mainland China" end
    if not prefixes[mobile:sub(1, 3)] then return nil, "no network has mobile numbers that begin so" end
    return "+86" .. mobile
  end
  -- E.164: a country, and at most 15 digits with it.
  if not number:find "^%+[1-9]%d%d%d%d%d%d%d" or #number > 16 then return nil, "not a phone number" end
  if not plugin.options.international then return nil, "a number of another country" end
  return number
end

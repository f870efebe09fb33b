-- Whom a text message reaches, and how their number is written.

-- The first three digits of mobile numbers that are in use, by the allocations of the Ministry of Industry and Information
-- Technology (电信网编号计划, 2017, and the allocations of 2019 with 190, 192, 196 and 197; 154 and 194, among others, are
-- given to nobody). 140, 141, 144, 146, 148 and 172 number things, not people.
local prefixes = {}
for first, thirds in pairs {
  ["13"] = "0123456789", ["14"] = "579", ["15"] = "012356789", ["16"] = "2567", ["17"] = "01345678",
  ["18"] = "0123456789", ["19"] = "012356789",
} do
  for third in thirds:gmatch "." do prefixes[first .. third] = true end
end

--- The digits of a number with `+` before them where it has a country: blanks, hyphens, points and brackets go, those of
--- Chinese keyboards, too.
local function bare(text)
  local digits = {}
  for _, code in utf8.codes(text) do
    if code >= 0xFF10 and code <= 0xFF19 then code = code - 0xFF10 + 0x30 end
    if code == 0xFF0B then code = 0x2B end
    if code >= 0x30 and code <= 0x39 or code == 0x2B and #digits == 0 then
      digits[#digits + 1] = string.char(code)
    elseif not (code < 0x80 and string.char(code):find "[%s%-%.()]" or code == 0xA0 or code == 0x3000
        or code == 0xFF08 or code == 0xFF09 or code >= 0x2010 and code <= 0x2015 or code == 0xFF0D) then
      return nil
    end
  end
  return (table.concat(digits):gsub("^00", "+"))
end

return function(text)
  if not utf8.len(text) then return nil, "not a phone number" end
  local number = bare(text)
  if not number then return nil, "not a phone number" end
  local mobile = number:match "^%+86(%d+)$" or number:match "^86(1%d%d%d%d%d%d%d%d%d%d)$" or number:match "^%d+$"
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

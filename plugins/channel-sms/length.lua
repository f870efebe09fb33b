-- In how many parts a text message goes out. By 3GPP TS 23.040 a part of several has a header of 6 bytes:
-- of 70 characters of UCS-2 67 are left, of 160 of the GSM alphabet 153. Networks in mainland China count
-- every text as UCS-2.

-- 3GPP TS 23.038, section 6.2.1, and its extension table in section 6.2.1.1, of which each takes two.
local gsm = {}
for _, code in utf8.codes("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
  .. "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà") do gsm[code] = 1 end
for _, code in utf8.codes "\f^{}\\[~]|€" do gsm[code] = 2 end

--- Fills parts with characters, none of which is taken apart; `size` says how much of a part one takes, or
--- nothing.
local function fill(text, size, single, part)
  local units, used, parts = 0, 0, 1
  for _, code in utf8.codes(text) do
    local taken = size(code)
    if not taken then return nil end
    units = units + taken
    used = used + taken
    if used > part then parts, used = parts + 1, taken end
  end
  return units <= single and 1 or parts
end

local function in_gsm(code) return gsm[code] end

-- A character beyond the first plane, such as most emoji, is a pair.
local function in_ucs2(code) return code > 0xFFFF and 2 or 1 end

return function(text)
  local parts = plugin.options.international and fill(text, in_gsm, 160, 153)
  return parts or fill(text, in_ucs2, 70, 67)
end

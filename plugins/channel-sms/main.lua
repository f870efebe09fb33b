--- Text messages to mobile numbers of mainland China.

local address = require "address"
local length = require "length"
local signature = plugin.options.signature
local ending = plugin.options.ending
local cost = plugin.options.cost

if cost < 0 then error("the option cost of channel-sms is 0 or more, and here it is " .. cost, 0) end

-- People write the brackets or leave them to the program.
if signature ~= "" and signature:sub(1, #"【") ~= "【" then signature = "【" .. signature .. "】" end

local function format(text, kind)
  if text:sub(1, #signature) ~= signature then text = signature .. text end
  if kind == "marketing" and ending ~= "" and text:sub(-#ending) ~= ending then text = text .. ending end
  return text
end

plugin.channel "sms" {
  doc = "Mobile numbers of mainland China, with signature and ending.",
  address = address,
  format = format,
  parts = length,
  cost = function(parts) return parts * cost end,
}

plugin.word "sms_number" {
  signature = "sms_number(phone)",
  doc = "A phone number as text messages are sent to it; nothing and the reason where none can be.",
  example = "sms_number(c.phone or \"\") ~= nil",
  call = address,
}

plugin.word "sms_text" {
  signature = "sms_text(text)",
  doc = "A text as a marketing message sends it, with signature and ending.",
  example = "sms_text \"您好\"",
  call = function(text) return format(text, "marketing") end,
}

plugin.word "sms_parts" {
  signature = "sms_parts(text)",
  doc = "In how many parts a text goes out as it stands.",
  example = "sms_parts(sms_text \"您好\")",
  call = length,
}

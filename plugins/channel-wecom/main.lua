--- Messages by WeCom (企业微信).

local plain = require "plain"
local message = plugin.options.message
local cost = plugin.options.cost

if cost < 0 then error("the option cost of channel-wecom is 0 or more, and here it is " .. cost, 0) end

-- Bytes of UTF-8, by Tencent's reference for developers: 创建企业群发
-- (developer.work.weixin.qq.com/document/path/92135), text.content; 发送应用消息 (…/path/90236), text.content and
-- markdown.content.
local limit = message == "customer" and 4000 or 2048

local function address(id)
  id = id:match "^%s*(.-)%s*$"
  if #id > 64 then return nil, "longer than an id of WeCom" end
  if message == "customer" then
    -- The ids of external contacts begin with wm (they use WeChat) or wo (they use WeCom).
    if id:find "^w[mo][%w_-]+$" then return id end
    return nil, "not the id of an external contact"
  end
  if id:find "^%w[%w_@.-]*$" then return id end
  return nil, "not the id of a member"
end

local function format(text) return message == "markdown" and text or plain(text) end

plugin.headers "customers" {
  doc = "What exports of WeCom call the id of a contact.",
  names = { wecom_id = { "外部联系人ID", "外部联系人userid", "成员账号", "external userid" } },
}

plugin.channel "wecom" {
  doc = "Messages by WeCom to external contacts or to members.",
  address = address,
  format = format,
  parts = function(text)
    if #text > limit then return nil, #text .. " bytes, and WeCom takes " .. limit end
    return 1
  end,
  cost = function(parts) return parts * cost end,
}

plugin.word "wecom_id" {
  signature = "wecom_id(id)",
  doc = "An id as messages are sent to it; nothing and the reason where none can be.",
  example = "wecom_id(c.wecom_id or \"\") ~= nil",
  call = address,
}

plugin.word "wecom_text" {
  signature = "wecom_text(text)",
  doc = "A text in the form in which it is sent.",
  example = "wecom_text \"**今天** [到店](https://example.com/)\"",
  call = format,
}

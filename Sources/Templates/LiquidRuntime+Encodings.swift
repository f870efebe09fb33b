/// The filters that write values in other forms: Base64 and JSON.
let liquidRuntimeEncodings = #"""
    local digits64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    local value_of_digit = {}
    for i = 1, 64 do value_of_digit[byte(digits64, i)] = i - 1 end

    local function encode64(s)
      local function digit(i) return sub(digits64, i + 1, i + 1) end
      return (gsub(s, "..?.?", function(three)
        local a, b, c = byte(three, 1, 3)
        local bits = a << 16 | (b or 0) << 8 | (c or 0)
        return digit(bits >> 18) .. digit(bits >> 12 & 63) .. (b and digit(bits >> 6 & 63) or "=")
          .. (c and digit(bits & 63) or "=")
      end))
    end

    -- Nil where the text is no Base64.
    local function decode64(s)
      local body = gsub(s, "==?$", "")
      if #s % 4 ~= 0 or find(body, "[^%w+/]") or #s - #body > 2 then return nil end
      -- Bits that no byte holds must be zero, as where the text was written.
      local spare = #body % 4 == 2 and 15 or #body % 4 == 3 and 3 or 0
      if spare > 0 and value_of_digit[byte(body, -1)] & spare ~= 0 then return nil end
      return (gsub(body, "...?.?", function(four)
        local a, b, c, d = byte(four, 1, 4)
        local function bits(digit) return digit and value_of_digit[digit] or 0 end
        local all = bits(a) << 18 | bits(b) << 12 | bits(c) << 6 | bits(d)
        return char(all >> 16) .. (c and char(all >> 8 & 255) or "") .. (d and char(all & 255) or "")
      end))
    end

    function F.base64_encode(v) return encode64(str(v)) end

    function F.base64_decode(v)
      local text = decode64(str(v))
      if not text then error("invalid base64 provided to base64_decode", 2) end
      return text
    end

    function F.base64_url_safe_encode(v) return (gsub(encode64(str(v)), "[+/]", { ["+"] = "-", ["/"] = "_" })) end

    function F.base64_url_safe_decode(v)
      local s = str(v)
      if not find(s, "=$") then s = s .. rep("=", -#s % 4) end
      local text = not find(s, "[+/]") and decode64((gsub(s, "[-_]", { ["-"] = "+", ["_"] = "/" })))
      if not text then error("invalid base64 provided to base64_url_safe_decode", 2) end
      return text
    end

    local json_escapes = {
      ["\""] = "\\\"", ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t",
    }

    local function json_escape(c)
      return json_escapes[c] or format("\\u%04x", byte(c))
    end

    -- In quotation marks; what could end a script or an attribute is written as a code.
    local function json_text(s)
      s = gsub(s, "[%c\"\\<>&']", json_escape)
      return "\"" .. gsub(gsub(s, "\u{2028}", "\\u2028"), "\u{2029}", "\\u2029") .. "\""
    end

    local function json(v, depth)
      local k = kind(v)
      if k == "string" then return json_text(v) end
      if k == "boolean" then return tostring(v) end
      if k == "number" and v == v and v ~= math.huge and v ~= -math.huge then return number_text(v) end
      if k == "range" then return json_text(str(v)) end
      -- A table that holds itself must not run forever; an object of the host has no form of its own.
      if depth > 20 or (k ~= "array" and k ~= "hash") then return "null" end
      local parts = {}
      if k == "array" then
        local items, n = items_of(v)
        for i = 1, n do parts[i] = json(items[i], depth + 1) end
        return "[" .. concat(parts, ",") .. "]"
      end
      for i, key in ipairs(keys_of(v)) do
        parts[i] = json_text(str(key)) .. ":" .. json(v[key], depth + 1)
      end
      return "{" .. concat(parts, ",") .. "}"
    end

    function F.json(v) return json(v, 0) end

    """#

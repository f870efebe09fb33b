/// The filters on text.
let liquidRuntimeTextFilters = #"""
    function F.append(v, tail) return str(v) .. str(tail) end
    function F.prepend(v, head) return str(head) .. str(v) end
    function F.upcase(v) return upper(str(v)) end
    function F.downcase(v) return lower(str(v)) end

    function F.capitalize(v)
      local s = str(v)
      if not is_simple(s) then return host.capitalize(s) end
      return string.upper(sub(s, 1, 1)) .. string.lower(sub(s, 2))
    end

    local space = "[%s\0]*"
    function F.lstrip(v) return (gsub(str(v), "^" .. space, "")) end
    function F.rstrip(v) return match(str(v), "^(.-)" .. space .. "$") end
    function F.strip(v) return match(str(v), "^" .. space .. "(.-)" .. space .. "$") end
    function F.strip_newlines(v) return (gsub(str(v), "\r?\n", "")) end

    function F.replace(v, old, new) return replace_all(str(v), str(old), str(new)) end
    function F.replace_first(v, old, new) return replace_one(str(v), str(old), str(new)) end
    function F.remove(v, old) return replace_all(str(v), str(old), "") end
    function F.remove_first(v, old) return replace_one(str(v), str(old), "") end
    function F.replace_last(v, old, new) return replace_end(str(v), str(old), str(new)) end
    function F.remove_last(v, old) return replace_end(str(v), str(old), "") end
    function F.squish(v) return (gsub(match(str(v), "^" .. space .. "(.-)" .. space .. "$"), "%s+", " ")) end

    function F.split(v, by)
      return array(split(str(v), str(by)))
    end

    function F.slice(v, offset, count)
      offset = integer(offset)
      count = count and integer(count) or 1
      local is_array = kind(v) == "array"
      local items, n
      if is_array then
        items, n = items_of(v)
      else
        items = str(v)
        n = length_of(items)
      end
      if offset < 0 then offset = offset + n end
      if count < 0 or offset < 0 or offset >= n then
        if is_array then return array({}, 0) end
        return ""
      end
      if count > n - offset then count = n - offset end
      if not is_array then return characters(items, offset, count) end
      return array(table.move(items, offset + 1, offset + count, 1, {}), count)
    end

    function F.truncate(v, count, tail)
      if v == nil then return nil end
      local s, ending = str(v), str(tail)
      count = integer(count)
      if length_of(s) <= count then return s end
      local kept = count - length_of(ending)
      return (kept > 0 and characters(s, 0, kept) or "") .. ending
    end

    function F.truncatewords(v, count, tail)
      if v == nil then return nil end
      local s = str(v)
      count = integer(count)
      if count <= 0 then count = 1 end
      -- Leading bytes of the scripts that part no words.
      if find(s, "[\xE0\xE1\xE3-\xE9\xEF\xF0]") and utf8.len(s) then
        local kept = host.words(s, count)
        return kept and kept .. str(tail) or s
      end
      local words, n = split(s, " ")
      if n <= count then return s end
      return concat(words, " ", 1, count) .. str(tail)
    end

    -- A text for addresses: small letters, digits and single dashes; letters that are not ASCII stay.
    function F.handle(v)
      local s = gsub(gsub(lower(str(v)), "['\"()%[%]]", ""), "[^%w\128-\255]+", "-")
      return (gsub(gsub(s, "^%-", ""), "%-$", ""))
    end
    F.handleize = F.handle

    function F.camelcase(v)
      return (gsub(gsub(str(v), "[^%w\128-\255]*([%w\128-\255]+)", function(word)
        return upper(characters(word, 0, 1)) .. characters(word, 1, #word)
      end), "[^%w\128-\255]+$", ""))
    end

    -- The word for one or the word for many.
    function F.pluralize(v, one, many)
      if number(v) == 1 then return one end
      return many
    end

    -- The text of a key in the customer's language, with the values that it names; `count` chooses among its forms.
    function F.t(v, values)
      if v == nil then return nil end
      if not host.t then error("the filter 't' is not available: the host gives no 't'", 2) end
      local texts = {}
      for name, value in pairs(values) do texts[name] = str(value) end
      return host.t(str(v), texts, values.count ~= nil and number_text(number(values.count)) or nil)
    end

    F["default"] = function(v, other, allow_false)
      local missing = v == nil or (v == false and not allow_false)
      if missing or is_empty(v) then return other end
      return v
    end

    """#

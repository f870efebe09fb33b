/// The `tablerow` tag.
let liquidRuntimeTableRows = #"""
    -- What `tablerowloop` answers; items 1 to 4 are the index, the length, the columns and the row.
    local ROWLOOP = { liquid = "forloop" }
    local row_fields = {
      col = function(f) return f[5] end,
      col0 = function(f) return f[5] - 1 end,
      col_first = function(f) return f[5] == 1 end,
      col_last = function(f) return f[5] == f[3] end,
      row = function(f) return f[4] end,
    }
    for _, name in ipairs({ "index", "index0", "rindex", "rindex0", "first", "last", "length" }) do
      row_fields[name] = forloop_fields[name]
    end
    ROWLOOP.__index = function(f, key)
      local field = row_fields[key]
      return field and field(f)
    end

    -- A setting as a whole number, cut; text counts as its leading digits. Called by `table_row` directly:
    -- level 3 is the template's line.
    local function cut_integer(v)
      if v == NIL then return 0 end
      if type(v) == "string" then return math.tointeger(tonumber(match(v, "^%s*([-+]?%d+)"))) or 0 end
      if type(v) == "number" and v == v and v < 2^53 and v > -2^53 then return v >= 0 and floor(v) or -floor(-v) end
      error("invalid integer", 3)
    end

    -- Opens a `tablerow` and gives its state; false where there is nothing to go over, which prints nothing.
    function rt.table_row(v, columns, limit, offset)
      if not v then return false end
      local from = offset and cut_integer(offset) or 0
      local to = limit and from + cut_integer(limit)
      local items, base, count = segment(v, from, to)
      local loop = setmetatable({ 0, count, columns and cut_integer(columns) or count, 1, 1 }, ROWLOOP)
      add("<tr class=\"row1\">\n")
      return { loop = loop, items = items, place = base, count = count }
    end

    -- Opens each cell and gives the loop's state and an item.
    function rt.cells(row)
      if not row then return function() end end
      local loop, items, count, i = row.loop, row.items, row.count, 0
      return function()
        if i >= count then return nil end
        if i > 0 then
          local is_last = loop[5] == loop[3]
          loop[5] = is_last and 1 or loop[5] + 1
          if is_last then loop[4] = loop[4] + 1 end
        end
        i = i + 1
        loop[1] = i
        add("<td class=\"col" .. number_text(loop[5]) .. "\">")
        return loop, items[row.place + i]
      end
    end

    function rt.close_cell(loop)
      if loop[5] == loop[3] and loop[1] < loop[2] then
        add("</td></tr>\n<tr class=\"row" .. number_text(loop[4] + 1) .. "\">")
      else
        add("</td>")
      end
    end

    function rt.close_table_row(row)
      if row then add("</tr>\n") end
    end

    """#

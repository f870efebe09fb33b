// Questions about the rows of a customer: `c.orders`, what is chained to it, and the answers.
//
// What C cannot answer, or what is wrong, goes to the host function of the same word with the same arguments: the host
// asks SQL, and says what is wrong. So there is one set of rules, and this is the fast way through most of it.
#include "relations.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>

static const char question_mark;

// --- Questions ----------------------------------------------------------------------------------------

const mlb_Question *mlb_to_question(lua_State *L, int index) {
    return mlb_has_mark(L, index, &question_mark) ? lua_touserdata(L, index) : NULL;
}

bool mlb_is_of_relation(lua_State *L, int index) {
    mlb_RecordPlace place;
    return mlb_to_question(L, index) != NULL || mlb_to_record(L, index, &place);
}

static mlb_Question *push_empty(lua_State *L, const mlb_Relation *relation, int conditions, size_t text_size) {
    size_t size = sizeof(mlb_Question) + (size_t)conditions * sizeof(mlb_Condition) + text_size;
    mlb_Question *question = lua_newuserdatauv(L, size, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, relation->metatable);
    lua_setmetatable(L, -2);
    return question;
}

void mlb_push_question(lua_State *L, mlb_Relation *relation, int64_t customer) {
    mlb_Question *question = push_empty(L, relation, 0, 0);
    *question = (mlb_Question){.relation = relation, .customer = customer, .since = INT64_MIN, .before = INT64_MAX};
}

static size_t text_begin(const mlb_Question *question) {
    return sizeof *question + (size_t)question->condition_count * sizeof *question->conditions;
}

// Pushes a copy with room for more conditions, whose texts follow those of the others.
static mlb_Question *push_copy(lua_State *L, const mlb_Question *from, int conditions, size_t text_size) {
    mlb_Question *copy = push_empty(L, from->relation, from->condition_count + conditions, from->text_size + text_size);
    memcpy(copy, from, sizeof *from);
    copy->condition_count += conditions;
    copy->text_size += text_size;
    memcpy(copy->conditions, from->conditions, (size_t)from->condition_count * sizeof *from->conditions);
    memcpy((char *)copy + text_begin(copy), (const char *)from + text_begin(from), from->text_size);
    size_t moved = text_begin(copy) - text_begin(from);
    for (int i = 0; i < from->condition_count; i++)
        if (copy->conditions[i].kind == MLB_EQUALS_TEXT) copy->conditions[i].text += moved;
    return copy;
}

void mlb_set_question_metatable(lua_State *L, mlb_Relation *relation, int32_t unknown) {
    lua_createtable(L, 0, 1);
    mlb_push_host_function(L, unknown);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 4);
    mlb_set_mark(L, &question_mark);
    lua_pushliteral(L, "relation");
    lua_setfield(L, -2, "__name");
    lua_insert(L, -2);
    lua_setfield(L, -2, "__index");
    relation->metatable = luaL_ref(L, LUA_REGISTRYINDEX);
}

// --- Which rows ---------------------------------------------------------------------------------------

// Whole and broken numbers compare exactly, as in SQL.
static bool is_same_number(int64_t integer, double number) {
    return number >= -0x1p63 && number < 0x1p63 && (double)(int64_t)number == number && (int64_t)number == integer;
}

static bool has_value(const mlb_Question *question, const mlb_Condition *condition, const mlb_Block *block,
                      const mlb_Cell *cell) {
    switch (condition->kind) {
    case MLB_EQUALS_INTEGER:
        if (cell->type == SQLITE_INTEGER) return cell->integer == condition->integer;
        return cell->type == SQLITE_FLOAT && is_same_number(condition->integer, cell->number);
    case MLB_EQUALS_NUMBER:
        if (cell->type == SQLITE_INTEGER) return is_same_number(cell->integer, condition->number);
        return cell->type == SQLITE_FLOAT && cell->number == condition->number;
    default:
        return cell->type == SQLITE_TEXT && cell->size == condition->size &&
               memcmp((const char *)block + cell->text, (const char *)question + condition->text, cell->size) == 0;
    }
}

// Rows in their order, and how far a walk has come.
typedef struct Rows {
    const mlb_Block *block; // at this index of the stack; NULL where there are none
    int index;
    uint32_t next;
} Rows;

// Goes over the rows that a question keeps: those that are stored and those that are simulated, in one order.
typedef struct Walk {
    const mlb_Question *question;
    Rows stored, simulated;
    const Rows *latest; // those among which the latest row was found
    const mlb_Block *events, *simulated_events;
    uint32_t next_event;
    bool has_conditions;
} Walk;

enum { EVENT_TYPE, EVENT_TIME }; // columns of the relation of events; a row's time and id are those of the message

static bool is_event(const mlb_Block *events, const mlb_BlockRow *event, int64_t type, const mlb_Condition *condition) {
    int64_t time = mlb_cell(events, event, EVENT_TIME)->integer;
    return mlb_cell(events, event, EVENT_TYPE)->integer == type && time >= condition->since &&
           (time < condition->before || condition->before == INT64_MAX);
}

// Whether the message has had the event; stored events are in the order of their messages, simulated ones are few.
static bool had_event(const Walk *walk, const mlb_BlockRow *row, int64_t type, const mlb_Condition *condition) {
    for (uint32_t i = walk->next_event; i < walk->events->row_count; i++) {
        const mlb_BlockRow *event = mlb_block_row(walk->events, i);
        if (event->id != row->id) break;
        if (is_event(walk->events, event, type, condition)) return true;
    }
    if (walk->simulated_events == NULL) return false;
    for (uint32_t i = 0; i < walk->simulated_events->row_count; i++) {
        const mlb_BlockRow *event = mlb_block_row(walk->simulated_events, i);
        if (event->id == row->id && is_event(walk->simulated_events, event, type, condition)) return true;
    }
    return false;
}

static bool is_before(const mlb_BlockRow *a, const mlb_BlockRow *b) {
    return a->time < b->time || (a->time == b->time && a->id < b->id);
}

static void skip_earlier_events(Walk *walk, const mlb_BlockRow *row) {
    for (; walk->next_event < walk->events->row_count; walk->next_event++) {
        if (!is_before(mlb_block_row(walk->events, walk->next_event), row)) return;
    }
}

static bool holds(Walk *walk, const mlb_BlockRow *row) {
    const mlb_Question *question = walk->question;
    const mlb_Block *block = walk->latest->block;
    if (row->time < question->since) return false;
    if (row->time >= question->before && question->before != INT64_MAX) return false;
    if (walk->events != NULL) skip_earlier_events(walk, row);
    for (int i = 0; i < question->condition_count; i++) {
        const mlb_Condition *condition = &question->conditions[i];
        if (condition->kind != MLB_IN_STATE) {
            if (!has_value(question, condition, block, mlb_cell(block, row, condition->column))) return false;
            continue;
        }
        const mlb_RelationState *state = &question->relation->states[condition->column];
        if (state->kind == MLB_STATE_OF_EVENT) {
            if (!had_event(walk, row, state->value, condition)) return false;
        } else {
            const mlb_Cell *cell = mlb_cell(block, row, (int)state->value);
            if (cell->type != SQLITE_INTEGER || cell->integer == 0) return false;
        }
    }
    return true;
}

static const mlb_BlockRow *first_of(const Rows *rows) {
    if (rows->block == NULL || rows->next >= rows->block->row_count) return NULL;
    return mlb_block_row(rows->block, rows->next);
}

// The next row by time, kept or not; NULL after the last.
static const mlb_BlockRow *next_of_all(Walk *walk) {
    const mlb_BlockRow *stored = first_of(&walk->stored), *simulated = first_of(&walk->simulated);
    if (stored == NULL && simulated == NULL) return NULL;
    Rows *rows = stored == NULL || (simulated != NULL && is_before(simulated, stored)) ? &walk->simulated : &walk->stored;
    walk->latest = rows;
    return mlb_block_row(rows->block, rows->next++);
}

// The next row that the question keeps, by time; NULL after the last.
static const mlb_BlockRow *next_row(Walk *walk) {
    for (const mlb_BlockRow *row; (row = next_of_all(walk)) != NULL;)
        if (!walk->has_conditions || holds(walk, row)) return row;
    return NULL;
}

// Goes over a block at once but for its last row.
static void go_to_last(Rows *rows) {
    if (rows->block != NULL && rows->block->row_count > 0) rows->next = rows->block->row_count - 1;
}

// How many rows there are, kept or not.
static size_t row_count(const Walk *walk) {
    return (size_t)walk->stored.block->row_count + (walk->simulated.block == NULL ? 0 : walk->simulated.block->row_count);
}

// Pushes what a question needs to be answered with these columns: the rows, and what happened to them, where that is
// asked. False, with only the arguments left on the stack, where the host has to answer.
static bool begin_walk(lua_State *L, const mlb_Question *question, uint64_t columns, Walk *walk) {
    int top = lua_gettop(L);
    mlb_Relation *relation = question->relation;
    bool needs_events = false;
    for (int i = 0; i < question->condition_count; i++) {
        const mlb_Condition *condition = &question->conditions[i];
        int64_t column = condition->column;
        if (condition->kind == MLB_IN_STATE) {
            const mlb_RelationState *state = &relation->states[condition->column];
            if (state->kind == MLB_STATE_OF_EVENT) {
                needs_events = true;
                continue;
            }
            column = state->value;
        }
        columns |= (uint64_t)1 << column;
    }
    *walk = (Walk){.question = question};
    walk->has_conditions =
        question->condition_count > 0 || question->since != INT64_MIN || question->before != INT64_MAX;
    if (needs_events) {
        if (relation->events < 0) return false;
        mlb_Relation *events = &relation->set->relations[relation->events];
        walk->events = mlb_push_block(L, events, question->customer, 3);
        if (walk->events == NULL) {
            lua_settop(L, top);
            return false;
        }
        walk->simulated_events = mlb_push_simulated_block(L, events, question->customer);
    }
    walk->stored.block = mlb_push_block(L, relation, question->customer, columns);
    if (walk->stored.block == NULL) {
        lua_settop(L, top);
        return false;
    }
    walk->stored.index = lua_gettop(L);
    walk->simulated.block = mlb_push_simulated_block(L, relation, question->customer);
    walk->simulated.index = lua_gettop(L);
    size_t looks = walk->simulated_events == NULL ? 1 : 1 + (size_t)walk->simulated_events->row_count;
    mlb_charge(L, 1 + (walk->has_conditions ? row_count(walk) * looks : 0));
    return true;
}

// --- Words --------------------------------------------------------------------------------------------

// upvalues of a word: its host function, the number of a state's method

static int ask_host(lua_State *L, int arguments) {
    lua_settop(L, arguments);
    return mlb_call_host(L, (int32_t)lua_tointeger(L, lua_upvalueindex(1)));
}

// The condition that `since` and `before` speak of; NULL where they speak of the rows.
static mlb_Condition *last_event(mlb_Question *question) {
    // Equalities may stand between.
    for (int i = question->condition_count - 1; i >= 0; i--) {
        mlb_Condition *condition = &question->conditions[i];
        if (condition->kind != MLB_IN_STATE) continue;
        bool is_event = question->relation->states[condition->column].kind == MLB_STATE_OF_EVENT;
        return is_event ? condition : NULL;
    }
    return NULL;
}

// Reads a time as the host does; false where it is none.
static bool to_time(lua_State *L, int index, int64_t missing, int64_t *time) {
    switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL: *time = missing; return true;
    case LUA_TNUMBER: {
        if (lua_isinteger(L, index)) {
            *time = lua_tointeger(L, index);
            return true;
        }
        double number = lua_tonumber(L, index);
        if (!(fabs(number) < 9e15)) return false;
        *time = (int64_t)floor(number);
        return true;
    }
    default: return false;
    }
}

static int word_since(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments > 2 ? NULL : mlb_to_question(L, 1);
    int64_t time;
    // Compared with a missing time, no row is later.
    if (question == NULL || !to_time(L, 2, INT64_MAX, &time)) return ask_host(L, arguments);
    mlb_Question *copy = push_copy(L, question, 0, 0);
    mlb_Condition *event = last_event(copy);
    int64_t *since = event != NULL ? &event->since : &copy->since;
    if (time > *since) *since = time;
    return 1;
}

static int word_before(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments > 2 ? NULL : mlb_to_question(L, 1);
    int64_t time;
    if (question == NULL || !to_time(L, 2, INT64_MIN, &time)) return ask_host(L, arguments);
    mlb_Question *copy = push_copy(L, question, 0, 0);
    mlb_Condition *event = last_event(copy);
    int64_t *before = event != NULL ? &event->before : &copy->before;
    if (time < *before) *before = time;
    return 1;
}

static int word_state(lua_State *L) {
    int arguments = lua_gettop(L), state = (int)lua_tointeger(L, lua_upvalueindex(2));
    const mlb_Question *question = arguments > 1 ? NULL : mlb_to_question(L, 1);
    if (question == NULL || question->relation->states[state].kind == MLB_NO_STATE ||
        question->condition_count >= MLB_MOST_CONDITIONS)
        return ask_host(L, arguments);
    mlb_Question *copy = push_copy(L, question, 1, 0);
    copy->conditions[question->condition_count] =
        (mlb_Condition){.kind = MLB_IN_STATE, .column = state, .since = INT64_MIN, .before = INT64_MAX};
    return 1;
}

// Reads a value that a column is to have, as the host stores it; false where it does not fit.
static bool to_condition(lua_State *L, int index, const mlb_RelationColumn *column, mlb_Condition *condition) {
    int type = lua_type(L, index);
    switch (column->comparison) {
    case MLB_AS_TEXT: {
        if (type != LUA_TSTRING) return false;
        condition->kind = MLB_EQUALS_TEXT;
        const char *text = lua_tolstring(L, index, &condition->size);
        return condition->size <= 1000 && mlb_is_plain_text(text, condition->size);
    }
    case MLB_AS_NUMBER:
        if (type != LUA_TNUMBER) return false;
        condition->kind = lua_isinteger(L, index) ? MLB_EQUALS_INTEGER : MLB_EQUALS_NUMBER;
        if (condition->kind == MLB_EQUALS_INTEGER)
            condition->integer = lua_tointeger(L, index);
        else
            condition->number = lua_tonumber(L, index);
        return true;
    case MLB_AS_MONEY:
        if (type != LUA_TNUMBER) return false;
        condition->kind = MLB_EQUALS_NUMBER;
        condition->number = lua_isinteger(L, index) ? (double)lua_tointeger(L, index) * column->divisor
                                                    : round(lua_tonumber(L, index) * column->divisor);
        return true;
    default: return false;
    }
}

// Reads the conditions of the table at index 2 and the size of their texts; their number, or -1 where the host has to
// look at them.
static int read_conditions(lua_State *L, const mlb_Question *question, mlb_Condition *conditions, size_t *text_size) {
    if (lua_type(L, 2) != LUA_TTABLE || lua_rawlen(L, 2) != 0) return -1;
    luaL_checkstack(L, 8, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, question->relation->names);
    int names = lua_gettop(L), count = 0;
    for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1)) {
        mlb_charge(L, 1);
        if (lua_type(L, -2) != LUA_TSTRING) continue;
        lua_pushvalue(L, -2);
        bool is_field = lua_rawget(L, names) == LUA_TNUMBER;
        int column = (int)lua_tointeger(L, -1) - 1;
        lua_pop(L, 1);
        if (!is_field || question->condition_count + count >= MLB_MOST_CONDITIONS) return -1;
        conditions[count].column = column;
        if (!to_condition(L, -1, &question->relation->columns[column], &conditions[count])) return -1;
        if (conditions[count].kind == MLB_EQUALS_TEXT) *text_size += conditions[count].size;
        count++;
    }
    return count;
}

static int word_where(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments != 2 ? NULL : mlb_to_question(L, 1);
    mlb_Condition conditions[MLB_MOST_CONDITIONS];
    size_t text_size = 0;
    int count = question == NULL ? -1 : read_conditions(L, question, conditions, &text_size);
    if (count < 0) return ask_host(L, arguments);
    mlb_Question *copy = push_copy(L, question, count, text_size);
    int result = lua_gettop(L);
    mlb_Condition *added = &copy->conditions[question->condition_count];
    memcpy(added, conditions, (size_t)count * sizeof *conditions);
    // The same traversal gives the texts in the same order.
    size_t end = text_begin(copy) + question->text_size;
    int i = 0;
    for (lua_pushnil(L); lua_next(L, 2) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) continue;
        if (added[i].kind == MLB_EQUALS_TEXT) {
            memcpy((char *)copy + end, lua_tostring(L, -1), added[i].size);
            added[i].text = end;
            end += added[i].size;
        }
        i++;
    }
    lua_settop(L, result);
    return 1;
}

static int word_count(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments > 1 ? NULL : mlb_to_question(L, 1);
    Walk walk;
    if (question == NULL || !begin_walk(L, question, 0, &walk)) return ask_host(L, arguments);
    lua_Integer count = 0;
    while (next_row(&walk) != NULL) count++;
    lua_pushinteger(L, count);
    return 1;
}

static int word_any(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments > 1 ? NULL : mlb_to_question(L, 1);
    Walk walk;
    if (question == NULL || !begin_walk(L, question, 0, &walk)) return ask_host(L, arguments);
    lua_pushboolean(L, next_row(&walk) != NULL);
    return 1;
}

// Pushes the sum of a column; false where SQL has to say how it adds.
static bool push_sum(lua_State *L, Walk *walk, int number) {
    const mlb_RelationColumn *column = &walk->question->relation->columns[number];
    int64_t whole = 0;
    double broken = 0;
    bool is_broken = false;
    for (const mlb_BlockRow *row; (row = next_row(walk)) != NULL;) {
        const mlb_Cell *cell = mlb_cell(walk->latest->block, row, number);
        if (cell->type == SQLITE_NULL) continue;
        if (cell->type == SQLITE_INTEGER && !is_broken) {
            if (__builtin_add_overflow(whole, cell->integer, &whole)) return false;
        } else if (cell->type == SQLITE_FLOAT && whole == 0) {
            // Whole numbers have one sum, however they are added; how others are, depends on the release of SQLite.
            is_broken = true;
            broken += cell->number;
            if (cell->number != floor(cell->number) || !(fabs(cell->number) < 0x1p52) || !(fabs(broken) < 0x1p52))
                return false;
        } else {
            return false;
        }
    }
    if (column->kind == MLB_SCALED)
        lua_pushnumber(L, (is_broken ? broken : (double)whole) / column->divisor);
    else if (is_broken)
        lua_pushnumber(L, broken);
    else
        lua_pushinteger(L, whole);
    return true;
}

static int word_sum(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments != 2 || lua_type(L, 2) != LUA_TSTRING ? NULL : mlb_to_question(L, 1);
    if (question == NULL) return ask_host(L, arguments);
    lua_rawgeti(L, LUA_REGISTRYINDEX, question->relation->names);
    lua_pushvalue(L, 2);
    bool is_field = lua_rawget(L, -2) == LUA_TNUMBER;
    int column = (int)lua_tointeger(L, -1) - 1;
    lua_settop(L, arguments);
    Walk walk;
    if (!is_field || !question->relation->columns[column].is_summable ||
        !begin_walk(L, question, (uint64_t)1 << column, &walk) || !push_sum(L, &walk, column))
        return ask_host(L, arguments);
    return 1;
}

// Pushes the row that a walk has found last among these.
static void push_record(lua_State *L, const mlb_Question *question, Rows rows) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, question->relation->record_metatable);
    mlb_push_record(L, rows.index, rows.block, rows.next - 1, lua_gettop(L));
}

static int word_first(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments > 1 ? NULL : mlb_to_question(L, 1);
    Walk walk;
    if (question == NULL || !begin_walk(L, question, 0, &walk)) return ask_host(L, arguments);
    if (next_row(&walk) == NULL)
        lua_pushnil(L);
    else
        push_record(L, question, *walk.latest);
    return 1;
}

static int word_last(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments > 1 ? NULL : mlb_to_question(L, 1);
    Walk walk;
    if (question == NULL || !begin_walk(L, question, 0, &walk)) return ask_host(L, arguments);
    if (!walk.has_conditions) {
        go_to_last(&walk.stored);
        go_to_last(&walk.simulated);
    }
    Rows found = {0};
    while (next_row(&walk) != NULL) found = *walk.latest;
    if (found.block == NULL)
        lua_pushnil(L);
    else
        push_record(L, question, found);
    return 1;
}

static int word_list(lua_State *L) {
    int arguments = lua_gettop(L);
    const mlb_Question *question = arguments > 1 ? NULL : mlb_to_question(L, 1);
    Walk walk;
    if (question == NULL || !begin_walk(L, question, 0, &walk)) return ask_host(L, arguments);
    mlb_charge(L, row_count(&walk));
    lua_rawgeti(L, LUA_REGISTRYINDEX, question->relation->record_metatable);
    int metatable = lua_gettop(L);
    lua_createtable(L, walk.has_conditions ? 0 : (int)row_count(&walk), 0);
    for (lua_Integer i = 1; next_row(&walk) != NULL; i++) {
        mlb_push_record(L, walk.latest->index, walk.latest->block, walk.latest->next - 1, metatable);
        lua_rawseti(L, metatable + 1, i);
    }
    return 1;
}

void mlb_push_relation_word(lua_State *L, int word, int32_t id, int state) {
    static const lua_CFunction words[] = {
        [MLB_WORD_SINCE] = word_since, [MLB_WORD_BEFORE] = word_before, [MLB_WORD_WHERE] = word_where,
        [MLB_WORD_COUNT] = word_count, [MLB_WORD_ANY] = word_any,       [MLB_WORD_SUM] = word_sum,
        [MLB_WORD_FIRST] = word_first, [MLB_WORD_LAST] = word_last,     [MLB_WORD_LIST] = word_list,
        [MLB_WORD_STATE] = word_state,
    };
    lua_pushinteger(L, id);
    lua_pushinteger(L, state);
    lua_pushcclosure(L, words[word], 2);
}

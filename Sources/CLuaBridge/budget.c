// Ends calls that use up their budget, and all calls on an interrupt.
//
// A hook that always stands would slow every instruction. So none does: a watchdog thread looks every few
// milliseconds which calls still run, and sends a signal to their threads; the handler sets the hook, which from then
// on counts instructions. Functions in C count their own steps with mlb_charge.
//
// What ends a call is sticky: it is raised again by pcall, by the trampoline of host functions and at every
// instruction, until mlb_revive.
#include "context.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum {
    TICK_NANOSECONDS = 5 * 1000 * 1000,
    IDLE_TICKS = 40,   // after so many ticks in which nothing ran, the watchdog sleeps until something does
    HOOK_PERIOD = 1000, // instructions
    BATCH = 20000      // steps between two looks at the clock
};

// Interrupts a thread that may run Lua; by default it is ignored, and few programs have a use for it.
#define WAKE_SIGNAL SIGURG

static const char stop_mark;

static inline bool get(const bool *flag) { return __atomic_load_n(flag, __ATOMIC_SEQ_CST); }
static inline void set(bool *flag, bool value) { __atomic_store_n(flag, value, __ATOMIC_SEQ_CST); }
// For what may be seen a little later.
static inline bool glance(const bool *flag) { return __atomic_load_n(flag, __ATOMIC_RELAXED); }

static bool interrupted;
// The context whose call from outside runs on this thread.
static _Thread_local mlb_Context *volatile here;

// --- Steps and time -----------------------------------------------------------------------------------

static uint64_t thread_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void on_instruction(lua_State *L, lua_Debug *activation);

// lua_sethook goes over all functions that are being called, so what is set already stays.
static void watch_instructions(lua_State *L, int period) {
    // A signal may have come while the hook was being taken away, and left it without its mask.
    if (lua_gethookmask(L) == 0 || lua_gethookcount(L) > period)
        lua_sethook(L, on_instruction, LUA_MASKCOUNT, period);
}

// At once where the call is to end, so that no code on its way out gets far.
static int hook_period(const mlb_Context *context) {
    bool ends = context->stopped != MLB_RUNNING || glance(&interrupted);
    return ends ? 1 : HOOK_PERIOD;
}

static int raise_stop(lua_State *L) {
    // Whatever script code still runs on the way out ends at its first instruction.
    watch_instructions(L, 1);
    mlb_context(L)->is_watched = true;
    lua_pushlightuserdata(L, (void *)&stop_mark);
    return lua_error(L);
}

static void stop(lua_State *L, int reason) {
    mlb_Context *context = mlb_context(L);
    if (context->stopped == MLB_RUNNING) {
        context->stopped = reason;
        mlb_note_trace(L);
    }
    raise_stop(L);
}

// The fuel is used up: has the call a right to more?
static void look(lua_State *L, mlb_Context *context) {
    context->steps += (uint64_t)(context->batch - context->fuel);
    context->batch = context->fuel = 0;
    if (context->stopped != MLB_RUNNING) raise_stop(L);
    if (glance(&interrupted)) stop(L, MLB_INTERRUPTED);
    if (context->call_depth > 0 && context->is_limited) {
        // The signal handler sets it too: read once, it lies before the time that is read after it.
        uint64_t since = context->looked_at;
        if (since == 0) context->looked_at = since = thread_time();
        uint64_t spent = thread_time() - since;
        if (context->steps > context->limits.steps) stop(L, MLB_OUT_OF_STEPS);
        if (spent > context->limits.nanoseconds) stop(L, MLB_OUT_OF_TIME);
    }
    context->batch = context->fuel = BATCH;
}

void mlb_charge(lua_State *L, size_t steps) {
    mlb_Context *context = mlb_context(L);
    context->fuel -= steps < INT32_MAX ? (int64_t)steps : INT32_MAX;
    if (context->fuel < 0) look(L, context);
}

void mlb_look(lua_State *L) { look(L, mlb_context(L)); }

static void on_instruction(lua_State *L, lua_Debug *activation) {
    (void)activation;
    mlb_Context *context = mlb_context(L);
    if (context->stopped != MLB_RUNNING) raise_stop(L);
    if (lua_gethookcount(L) == HOOK_PERIOD) {
        mlb_charge(L, HOOK_PERIOD);
        return;
    }
    look(L, context);
    // What it was to end for is over, such as an interrupt that was taken back.
    lua_sethook(L, on_instruction, LUA_MASKCOUNT, HOOK_PERIOD);
}

void mlb_raise_if_stopped(lua_State *L) {
    if (mlb_context(L)->stopped != MLB_RUNNING) raise_stop(L);
}

int mlb_raise_out_of_memory(lua_State *L) {
    stop(L, MLB_OUT_OF_MEMORY);
    return 0;
}

void mlb_note_status(lua_State *L, int status) {
    mlb_Context *context = mlb_context(L);
    // The trace was noted by the allocator.
    // A script may raise Lua's own text for it, which comes with the same status.
    if (status == LUA_ERRMEM && context->was_refused && context->stopped == MLB_RUNNING)
        context->stopped = MLB_OUT_OF_MEMORY;
}

bool mlb_is_stop(lua_State *L, int index) { return lua_touserdata(L, index) == &stop_mark; }

// --- The watchdog -------------------------------------------------------------------------------------

static pthread_mutex_t watched_lock = PTHREAD_MUTEX_INITIALIZER;
static mlb_Context *watched;
static sem_t work;
static bool is_asleep;

static void on_wake(int signal) {
    (void)signal;
    mlb_Context *context = here;
    if (context == NULL) return;
    lua_State *L = context->running;
    if (L == NULL) return;
    // Instructions that each go over a huge text take seconds for a thousand, so the clock is read here too.
    uint64_t now = thread_time();
    if (context->looked_at == 0) context->looked_at = now;
    bool is_over = context->is_limited && now - context->looked_at > context->limits.nanoseconds;
    context->is_watched = true;
    // lua_sethook is the one function of Lua that a signal handler may call.
    watch_instructions(L, is_over ? 1 : hook_period(context));
}

// Wakes the thread of a call that runs longer than a tick; says whether a call runs.
static bool tick(mlb_Context *context) {
    // While this is set, mlb_end waits: the thread that is sent a signal is alive.
    set(&context->is_signalled, true);
    bool runs = get(&context->is_running);
    if (runs) {
        uint64_t turn = __atomic_load_n(&context->turn, __ATOMIC_RELAXED);
        if (turn == context->turn_seen || get(&interrupted)) pthread_kill(context->thread, WAKE_SIGNAL);
        context->turn_seen = turn;
    }
    set(&context->is_signalled, false);
    return runs;
}

static bool tick_all(void) {
    bool any = false;
    pthread_mutex_lock(&watched_lock);
    for (mlb_Context *context = watched; context != NULL; context = context->next)
        if (tick(context)) any = true;
    pthread_mutex_unlock(&watched_lock);
    return any;
}

static void *watch(void *unused) {
    int idle = 0;
    for (;;) {
        struct timespec pause = {0, TICK_NANOSECONDS};
        nanosleep(&pause, NULL);
        idle = tick_all() ? 0 : idle + 1;
        if (idle < IDLE_TICKS) continue;
        set(&is_asleep, true);
        // A call that began before it saw the sleeper does not wake it.
        if (!tick_all())
            while (sem_wait(&work) != 0 && errno == EINTR) continue;
        set(&is_asleep, false);
        idle = 0;
    }
    return unused;
}

static void start_watchdog(void) {
    sem_init(&work, 0, 0);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_wake;
    action.sa_flags = SA_RESTART | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(WAKE_SIGNAL, &action, NULL);
    // Signals to the program are for its own threads.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    if (pthread_create(&thread, NULL, watch, NULL) == 0) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void mlb_watch(mlb_Context *context) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_watchdog);
    pthread_mutex_lock(&watched_lock);
    context->next = watched;
    watched = context;
    pthread_mutex_unlock(&watched_lock);
}

void mlb_unwatch(mlb_Context *context) {
    pthread_mutex_lock(&watched_lock);
    mlb_Context **link = &watched;
    while (*link != NULL && *link != context) link = &(*link)->next;
    if (*link != NULL) *link = context->next;
    pthread_mutex_unlock(&watched_lock);
}

void mlb_interrupt(void) {
    // The watchdog sees it at its next tick; only a sleeping one needs to be told.
    set(&interrupted, true);
    if (get(&is_asleep)) sem_post(&work);
}

void mlb_clear_interrupt(void) { set(&interrupted, false); }

bool mlb_is_interrupted(void) { return get(&interrupted); }

// --- Calls --------------------------------------------------------------------------------------------

void mlb_renew(mlb_Context *context) {
    __atomic_store_n(&context->turn, context->turn + 1, __ATOMIC_RELAXED);
    context->fuel = context->batch = BATCH;
    context->steps = 0;
    context->looked_at = 0;
    size_t room = context->total_limit - (context->used < context->total_limit ? context->used : context->total_limit);
    context->is_limit_total = room < context->limits.memory;
    context->limit = context->used + (context->is_limit_total ? room : context->limits.memory);
    context->dice.is_seeded = false;
    context->was_refused = false;
    context->has_huge_table = false;
    if (__builtin_expect(context->is_watched, 0) && !mlb_is_interrupted()) {
        context->is_watched = false;
        lua_sethook(context->running, NULL, 0, 0);
    }
}

// Threads of Dispatch, on which Swift's tasks run, block most signals.
static void hear_wake_signal(void) {
    static _Thread_local bool hears;
    if (hears) return;
    hears = true;
    sigset_t wake;
    sigemptyset(&wake);
    sigaddset(&wake, WAKE_SIGNAL);
    pthread_sigmask(SIG_UNBLOCK, &wake, NULL);
}

void mlb_begin(lua_State *L, const mlb_Limits *limits) {
    mlb_Context *context = mlb_context(L);
    if (context->call_depth++ > 0) return;
    context->limits = *limits;
    context->trace_count = 0;
    context->pcall_depth = 0;
    context->running = L;
    mlb_renew(context);
    hear_wake_signal();
    context->outer = here;
    here = context;
    context->thread = pthread_self();
    set(&context->is_running, true);
    if (get(&is_asleep)) sem_post(&work);
    // A request that came before there was a call to interrupt.
    if (glance(&interrupted)) {
        context->is_watched = true;
        watch_instructions(L, 1);
    }
}

void mlb_end(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    if (--context->call_depth > 0) return;
    set(&context->is_running, false);
    while (get(&context->is_signalled)) continue;
    here = context->outer;
    context->running = NULL;
    context->customer = 0;
    context->limit = context->total_limit;
    if (context->is_watched) {
        context->is_watched = false;
        lua_sethook(L, NULL, 0, 0);
    }
}

lua_State *mlb_switch_to(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    lua_State *before = context->running;
    context->running = L;
    // The hook belongs to one thread of Lua; it follows the one that runs.
    if (context->is_watched)
        watch_instructions(L, hook_period(context));
    else
        lua_sethook(L, NULL, 0, 0);
    return before;
}

void mlb_revive(lua_State *L) {
    mlb_Context *context = mlb_context(L);
    context->stopped = MLB_RUNNING;
    context->is_overdrawn = false;
    context->has_huge_table = false;
    lua_sethook(L, NULL, 0, 0);
    lua_gc(L, LUA_GCCOLLECT, 0);
}

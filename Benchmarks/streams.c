// The least that a question about every customer's orders can cost: customers and orders are read once, each in the
// order of customers, and merged; the test is C. No Lua, no sandbox, nothing that survives a bad script.
//
//     streams DATABASE NOW list          customers with three paid orders above 100, then seconds
//     streams DATABASE NOW sum SINCE     customers who spent more than 1,000 since then
//     streams DATABASE NOW last          customers whose last order is above 500
//
// Amounts are stored in hundredths.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *database;

static void fail(const char *what) {
    fprintf(stderr, "streams: %s\n", what);
    exit(1);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) fail(sqlite3_errmsg(database));
    return statement;
}

static int step(sqlite3_stmt *statement) {
    int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail(sqlite3_errmsg(database));
    return code == SQLITE_ROW;
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

enum { LIST, SUM, LAST };

// What one customer's orders come to.
typedef struct Sums {
    int paid;
    sqlite3_int64 spent;
    double last;
} Sums;

static void add(Sums *sums, sqlite3_stmt *order, int test, sqlite3_int64 since) {
    switch (test) {
    case LIST: {
        double amount = (double)sqlite3_column_int64(order, 1) / 100;
        const char *status = (const char *)sqlite3_column_text(order, 2);
        if (amount > 100 && strcmp(status, "paid") == 0) sums->paid++;
        break;
    }
    case SUM:
        if (sqlite3_column_int64(order, 2) >= since) sums->spent += sqlite3_column_int64(order, 1);
        break;
    default: sums->last = (double)sqlite3_column_int64(order, 1) / 100;
    }
}

static int holds(const Sums *sums, int test) {
    switch (test) {
    case LIST: return sums->paid >= 3;
    case SUM: return (double)sums->spent / 100 > 1000;
    default: return sums->last > 500;
    }
}

int main(int count, char **words) {
    if (count < 4) fail("usage: streams DATABASE NOW list|sum|last [SINCE]");
    int test = strcmp(words[3], "list") == 0 ? LIST : strcmp(words[3], "sum") == 0 ? SUM : LAST;
    if (test == SUM && count < 5) fail("sum takes an instant");
    sqlite3_int64 now = atoll(words[2]), since = test == SUM ? atoll(words[4]) : 0;
    if (sqlite3_open_v2(words[1], &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        fail("cannot open");
    // As Moonletter opens it.
    if (sqlite3_exec(database, "PRAGMA cache_size = -65536; PRAGMA mmap_size = 1099511627776", NULL, NULL, NULL) != SQLITE_OK)
        fail("cannot set the cache");
    static const char *const columns[] = {"amount, status", "amount, placed_at", "amount"};
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT customer_id, %s FROM orders WHERE placed_at <= ?1 ORDER BY customer_id, placed_at, id",
             columns[test]);
    sqlite3_stmt *orders = prepare(sql), *customers = prepare("SELECT id FROM customers ORDER BY id");
    sqlite3_bind_int64(orders, 1, now);

    double started = seconds();
    long found = 0;
    int more = step(orders);
    while (step(customers)) {
        sqlite3_int64 id = sqlite3_column_int64(customers, 0);
        Sums sums = {0};
        for (; more && sqlite3_column_int64(orders, 0) <= id; more = step(orders))
            if (sqlite3_column_int64(orders, 0) == id) add(&sums, orders, test, since);
        found += holds(&sums, test);
    }
    printf("%ld %.6f\n", found, seconds() - started);
    return 0;
}

// A question in SQL through the C API: steps over the rows and counts them.
//
//     sql DATABASE QUERY.sql NOW    the number of rows
//
// The query may use :now, in Unix seconds.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3 *database;

static void check(int code) {
    if (code == SQLITE_OK) return;
    fprintf(stderr, "sql: %s\n", sqlite3_errmsg(database));
    exit(1);
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "sql: takes a database, a file with a query, and the time\n");
        return 2;
    }
    static char query[1 << 16];
    FILE *file = fopen(arguments[2], "r");
    if (file == NULL || fread(query, 1, sizeof query - 1, file) == 0) {
        fprintf(stderr, "sql: cannot read %s\n", arguments[2]);
        return 1;
    }
    fclose(file);
    check(sqlite3_open_v2(arguments[1], &database, SQLITE_OPEN_READWRITE, NULL));
    // What Moonletter sets too.
    check(sqlite3_exec(database, "PRAGMA cache_size = -65536; PRAGMA mmap_size = 1099511627776", NULL, NULL, NULL));
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v2(database, query, -1, &statement, NULL));
    int now = sqlite3_bind_parameter_index(statement, ":now");
    if (now) check(sqlite3_bind_int64(statement, now, atoll(arguments[3])));
    long long rows = 0;
    sqlite3_int64 ids = 0;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        rows++;
        ids ^= sqlite3_column_int64(statement, 0);
    }
    if (code != SQLITE_DONE) check(code);
    printf("%lld %lld\n", rows, (long long)ids);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return 0;
}

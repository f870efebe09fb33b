#include "CStore.h"

#include <sqlite3.h>

void mls_forget_memory_statistics(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// What Swift cannot call of SQLite: functions with any number of arguments.
#ifndef MOONLETTER_STORE_H
#define MOONLETTER_STORE_H

// Turns SQLite's statistics of its memory off, which cost a lock of the whole process for each allocation
// (sqlite.org/malloc.html#memory_statistics). Counts before SQLite is used for the first time; later it changes nothing.
void mls_forget_memory_statistics(void);

#endif

// The plugins that come with the program, as bytes of it.
#ifndef MOONLETTER_SHIPPED_H
#define MOONLETTER_SHIPPED_H

#include <stddef.h>

// One file: its path below plugins/, and what it holds.
typedef struct mlp_File {
    const char *path;
    const unsigned char *bytes;
    size_t size;
} mlp_File;

// The files, sorted by path; the last has no path.
const mlp_File *mlp_shipped_files(void);

#endif
